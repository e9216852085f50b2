import { expect, it } from 'vitest';
import { schemaDocument, validatorOf } from '../document.fixture.ts';

it.each<{ format: string; takes: readonly string[]; refuses: readonly string[] }>([
  {
    format: 'iri',
    takes: ['http://ƒøø.ßår/?∂éœ=πîx#πîüx', 'https://例え.jp/茶', 'urn:isbn:0451450523', 'http://a/𝒳'],
    refuses: ['/abc', '茶', 'http://a b', 'http://a/\ud800', ''],
  },
  { format: 'iri-reference', takes: ['/âππ', '#ƒrägmênt', 'http://a/茶', '', '../茶'], refuses: ['\\\\WIN\\filëßåré', 'a b'] },
  {
    format: 'idn-email',
    takes: ['실례@실례.테스트', 'joe@example.com', '茶@example.com'],
    refuses: ['2962', '@example.com', 'a@', 'a b@example.com', 'a@b c'],
  },
  {
    format: 'idn-hostname',
    takes: ['실례.테스트', '例え.jp', 'example.com', 'a', '1', `${'a'.repeat(63)}.de`],
    refuses: ['〮실례.테스트', '', 'a..b', '-a', 'a-', 'a b', 'a/b', 'a@b', `${'a'.repeat(64)}.de`, '茶'.repeat(300)],
  },
])('$format', ({ format, takes, refuses }) => {
  const { isValid } = validatorOf(schemaDocument('3.1', { type: 'string', format }));
  expect(takes.filter((text) => !isValid(text))).toEqual([]);
  expect(refuses.filter(isValid)).toEqual([]);
});
