import { expect, test } from 'vitest';
import { readBasic } from './basic.ts';

const encode = (text: string): string => Buffer.from(text).toString('base64');

test.each([
  { name: 'name and password', given: `Basic ${encode('demo:secret')}`, want: { name: 'demo', password: 'secret' } },
  { name: 'the scheme in another case', given: `bAsIc  ${encode('demo:secret')} `, want: { name: 'demo', password: 'secret' } },
  { name: 'colons in the password', given: `Basic ${encode('demo:a:b')}`, want: { name: 'demo', password: 'a:b' } },
  { name: 'UTF-8', given: `Basic ${encode('演示:密码')}`, want: { name: '演示', password: '密码' } },
  { name: 'an empty password', given: `Basic ${encode('demo:')}`, want: { name: 'demo', password: '' } },
  { name: 'no colon', given: `Basic ${encode('demo')}`, want: undefined },
  { name: 'another scheme', given: `Bearer ${encode('demo:secret')}`, want: undefined },
  { name: 'not base64', given: 'Basic demo:secret', want: undefined },
  { name: 'no header', given: undefined, want: undefined },
])('$name', ({ given, want }) => {
  expect(readBasic(given)).toEqual(want);
});
