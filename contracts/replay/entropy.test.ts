import { expect, test } from 'vitest';
import { ENOUGH_BITS, entropyBits } from './entropy.ts';

test.each([
  ['1', false],
  ['200', false],
  ['true', false],
  ['PENDING', false],
  ['CUSTOMER_RESOURCE_REMINDER', false],
  ['application/json', false],
  ['operator@example.com', false],
  ['ciq-2001', false],
  ['store2001', false],
  ['notification_2026', false],
  ['13800000000', false],
  ['2026-03-01', false],
  ['2026-03-01 08:00:00', false],
  ['2026-03-01T08:00:00.123+08:00', false],
  ['1766361600000', false],
  ['1766361600', false],
  ['人民广场店的会员名单', false],
  ['two words and 12345678901', false],
  ['3f2b8c1a-9d4e-4f6a-8b7c-2e1d0f9a8b7c', true],
  ['9f86d081884c7d659a2feaa0c55ad015', true],
  ['7205759403792793601', true],
  ['eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI0MiJ9.c2lnbmF0dXJl', true],
  ['V1StGXR8_Z5jdHi6B-myT', true],
  ['order-8f3a9c2d71', true],
])('%s says enough: %s', (text, want) => {
  expect(entropyBits(text) >= ENOUGH_BITS).toBe(want);
});
