import { expect, it } from 'vitest';
import { addressKey } from './address-key.ts';

it.each([
  ['an IPv4 address', ['192.0.2.1', ' 192.0.2.1 ']],
  [
    'an IPv4 address in IPv6 clothes',
    [
      '192.0.2.1',
      '::ffff:192.0.2.1',
      '::FFFF:192.0.2.1',
      '::ffff:c000:201',
      '0:0:0:0:0:ffff:c000:0201',
      '::ffff:192.0.2.1%eth0',
    ],
  ],
  [
    'a network of IPv6 addresses',
    [
      '2001:db8:0:7::1',
      '2001:DB8:0:7::1',
      '2001:0db8:0000:0007:0000:0000:0000:0001',
      '2001:db8::7:ffff:ffff:ffff:ffff',
      '2001:db8::7:1:2:192.0.2.1',
      '2001:db8:0:7::%7',
    ],
  ],
  ['a link', ['fe80::1', 'fe80::2%eth0', 'FE80:0:0:0:1:2:3:4%en1']],
  ['this machine', ['::1', '0:0:0:0:0:0:0:1', '::']],
])('%s is one, however it is spelled', (_, spellings) => {
  expect(new Set(spellings.map(addressKey)).size).toBe(1);
});

it('other networks and other addresses are others', () => {
  const addresses = [
    '192.0.2.1',
    '192.0.2.2',
    '2001:db8:0:7::1',
    '2001:db8:0:8::1',
    '2001:db8:1:7::1',
    '::1',
  ];
  const keys = addresses.map(addressKey);
  expect(keys).toEqual([
    '192.0.2.1',
    '192.0.2.2',
    '2001:db8:0:7::/64',
    '2001:db8:0:8::/64',
    '2001:db8:1:7::/64',
    '0:0:0:0::/64',
  ]);
  // IPv4's own old form, without the mark, is no IPv4 address any more.
  expect(addressKey('::192.0.2.1')).toBe('0:0:0:0::/64');
});

it.each(['', 'unknown', '1.2.3', '1.2.3.4.5', '2001:db8::7::1', ':::', 'g::1'])(
  'what is no address stays as it is: %j',
  (text) => {
    expect(addressKey(text)).toBe(text);
  },
);

it('every address of a network is in it, and no other', () => {
  for (let i = 0; i < 500; i++) {
    const groups = Array.from({ length: 8 }, () => Math.floor(Math.random() ** 3 * 0x10000));
    const full = groups.map((group) => group.toString(16)).join(':');
    // The platform's own shortest form.
    const short = new URL(`http://[${full}]`).hostname.slice(1, -1);
    expect(addressKey(short)).toBe(addressKey(full));
    const outside = groups.with(3, (groups[3] ?? 0) ^ 1).map((group) => group.toString(16));
    expect(addressKey(outside.join(':'))).not.toBe(addressKey(full));
  }
});
