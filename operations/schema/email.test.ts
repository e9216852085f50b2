import { describe, expect, it } from 'vitest';
import { schemaDocument, validatorOf } from '../document.fixture.ts';

describe('the format email', () => {
  const { isValid } = validatorOf(schemaDocument('3.1', { type: 'string', format: 'email' }));
  it.each([
    ['a plain address', 'joe.bloggs+tag@example.com', true],
    ['signs', "te~st!#$%&'*/=?^_`{|}-x@example.com", true],
    ['a host of one label', 'root@localhost', true],
    ['labels of digits', 'test@255.255.255.255', true],
    ['hyphens in a label', 'a@b--c.org', true],
    ['quotes', '"joe bloggs"@example.com', true],
    ['quotes around two dots', '"joe..bloggs"@example.com', true],
    ['quotes around an at sign', '"joe@bloggs"@example.com', true],
    ['an escaped quote', '"a\\"b"@example.com', true],
    ['the address of a machine', 'joe@[127.0.0.1]', true],
    ['and of version 6', 'joe@[IPv6:2001:db8::1]', true],
    ['nothing', '', false],
    ['no at sign', 'joe', false],
    ['no name', '@example.com', false],
    ['no host', 'joe@', false],
    ['two at signs', 'a@b@example.com', false],
    ['a space', 'a b@example.com', false],
    ['a dot first', '.joe@example.com', false],
    ['a dot last', 'joe.@example.com', false],
    ['two dots', 'joe..bloggs@example.com', false],
    ['two dots in the host', 'joe@example..com', false],
    ['a hyphen first', 'joe@-example.com', false],
    ['a hyphen last', 'joe@example-.com', false],
    ['a quote that is not closed', '"joe@example.com', false],
    ['something beside the quotes', '"joe"b@example.com', false],
    ['an escaped at sign without quotes', 'a\\@b@example.com', false],
    ['brackets before the at sign', '[1.2.3.4]@example.com', false],
    ['no such machine', 'joe@[999.1.1.1]', false],
    ['a bracket that is not closed', 'joe@[127.0.0.1', false],
    ['letters beyond ASCII', 'jö@example.com', false],
  ])('%s', (_name, text, want) => {
    expect(isValid(text)).toBe(want);
  });
});
