import { InvalidArgumentError } from 'commander';
import { describe, expect, test } from 'vitest';
import { forwardRule } from './option-values.ts';

describe('--forward', () => {
  const read = forwardRule('en');

  test('several rules stand one after the other', () => {
    expect(read('auth.createToken = https://stage.example.com/base', read('tie=localhost:8080'))).toEqual([
      { what: 'tie', url: 'localhost:8080' },
      { what: 'auth.createToken', url: 'https://stage.example.com/base' },
    ]);
  });

  test.each(['tie', '=http://x', 'tie=', 'tie=ftp://x', 'tie=http://u:p@x', 'tie=http://x?a=1', 'tie=http://x#a'])(
    '"%s" is no rule',
    (text) => {
      expect(() => read(text)).toThrow(InvalidArgumentError);
    },
  );
});
