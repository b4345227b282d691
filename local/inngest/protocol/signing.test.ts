import { expect, test } from 'vitest';
import { canonicalJson, hashSigningKey, isAuthorized, sign, verifySignature } from './signing.ts';

const KEY = 'signkey-test-00ff11ee22dd33cc';

test('canonical JSON orders keys by code unit, writes numbers as RFC 8785 does, and drops what JSON has not', () => {
  const value = {
    '€': 1,
    '\r': 2,
    b: [undefined, 1e21, 0.1, -0],
    a: { z: undefined, y: null },
    '😀': '\u2028"',
  };
  expect(canonicalJson(value)).toBe('{"\\r":2,"a":{"y":null},"b":[null,1e+21,0.1,0],"€":1,"😀":"\u2028\\""}');
});

test('a signature fits its own body and key only, and not for ever', () => {
  const signature = sign('{"a":1}', KEY);
  expect(verifySignature(signature, '{"a":1}', KEY)).toBe(true);
  expect(verifySignature(signature, '{"a":2}', KEY)).toBe(false);
  expect(verifySignature(signature, '{"a":1}', 'signkey-test-00ff')).toBe(false);
  expect(verifySignature(signature.replace(/t=\d+/, 't=1'), '{"a":1}', KEY)).toBe(false);
  expect(verifySignature('', '{"a":1}', KEY)).toBe(false);
});

test('a bearer token is the key or its hash', () => {
  expect(isAuthorized(`Bearer ${KEY}`, KEY)).toBe(true);
  expect(isAuthorized(`Bearer ${hashSigningKey(KEY)}`, KEY)).toBe(true);
  for (const header of [undefined, '', 'Bearer ', 'Bearer undefined', `Basic ${KEY}`]) {
    expect(isAuthorized(header, KEY)).toBe(false);
  }
});
