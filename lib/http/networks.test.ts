import { describe, expect, test } from 'vitest';
import { clientOf, countedAddress, isThisMachine, isWithin, parseNetworks } from './networks.ts';

test.each([
  ['10.0.0.0/8', '10.255.1.1', true],
  ['10.0.0.0/8', '11.0.0.1', false],
  ['10.0.0.0/8', '::ffff:10.1.2.3', true],
  ['::ffff:10.0.0.0/104', '10.9.9.9', true],
  ['203.0.113.7', '203.0.113.7', true],
  ['203.0.113.7', '203.0.113.8', false],
  ['2001:db8::/32', '2001:db8:1::9', true],
  ['2001:db8::/32', '2001:db9::1', false],
  ['2001:db8::/32', '10.0.0.1', false],
  ['fe80::/10', 'fe80::1%eth0', true],
  ['192.168.0.0/16, 2001:db8::1', '2001:db8::1', true],
  ['0.0.0.0/0', '8.8.8.8', true],
  ['0.0.0.0/0', '::1', false],
  ['10.0.0.0/8', '10.1', false],
  ['10.0.0.0/8', 'nonsense', false],
])('the networks %s hold %s: %s', (list, address, holds) => {
  expect(isWithin(address, parseNetworks(list))).toBe(holds);
});

test.each([
  '10.0.0.0/33',
  '10.0.0.0/x',
  '10.0.0.0/',
  'localhost',
  '2001:db8::/129',
  '*',
  '10.0.0.0-10.0.0.9',
])('%s is no network', (list) => {
  expect(() => parseNetworks(list)).toThrow();
});

describe('whose request it is', () => {
  const PROXIES = '10.0.0.0/8,2001:db8::/32';
  test.each<[string, string | undefined, string, string]>([
    ['198.51.100.9', undefined, '', '198.51.100.9'],
    // Anybody may write the header: a peer that is no proxy of ours is who asks.
    ['198.51.100.9', '1.1.1.1', '', '198.51.100.9'],
    ['198.51.100.9', '1.1.1.1', PROXIES, '198.51.100.9'],
    ['::ffff:198.51.100.9', '1.1.1.1', PROXIES, '198.51.100.9'],
    ['10.0.0.1', '203.0.113.5', PROXIES, '203.0.113.5'],
    // What the client wrote stands left of what the proxy added.
    ['10.0.0.1', '1.1.1.1, 203.0.113.5', PROXIES, '203.0.113.5'],
    ['10.0.0.1', '1.1.1.1, 203.0.113.5, 10.9.9.9', PROXIES, '203.0.113.5'],
    ['2001:db8::1', '203.0.113.5:4711, 2001:db8::2', PROXIES, '203.0.113.5'],
    ['10.0.0.1', '[2001:470::5]:4711', PROXIES, '2001:470::5'],
    ['10.0.0.1', 'unknown', PROXIES, '10.0.0.1'],
    ['10.0.0.1', '', PROXIES, '10.0.0.1'],
    ['10.0.0.1', '1.1.1.1, , 10.0.0.2', PROXIES, '10.0.0.2'],
    ['10.0.0.1', '10.0.0.2, 10.0.0.3', PROXIES, '10.0.0.2'],
  ])('peer %s, forwarded for %s, behind %s: %s', (peer, forwarded, proxies, client) => {
    expect(clientOf(peer, forwarded, parseNetworks(proxies))).toBe(client);
  });
});

test('a household with IPv6 is counted once, and this machine is known by any name', () => {
  expect(countedAddress('2001:db8:1:2:aaaa::1')).toBe(countedAddress('2001:db8:1:2:bbbb::1'));
  expect(countedAddress('2001:db8:1:3::1')).not.toBe(countedAddress('2001:db8:1:2::1'));
  expect(countedAddress('203.0.113.5')).toBe('203.0.113.5');
  expect(['127.0.0.1', '::1', '::ffff:127.0.0.1', '8.8.8.8'].map(isThisMachine)).toEqual([
    true,
    true,
    true,
    false,
  ]);
});
