import type { IncomingMessage } from 'node:http';
import type { LookupFunction } from 'node:net';
import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { isPublicAddress } from '../../calendar/public-address.ts';
import { fetchCalendar, type Get } from './fetch-calendar.ts';

const PUBLIC = '93.184.215.14';

/** What a server answers, once the name was looked up as the connection would. */
function server(answers: Record<string, { status?: number; location?: string; body?: string | Buffer[] }>) {
  const asked: string[] = [];
  const get: Get = async (url, lookup) => {
    await connect(lookup, url.hostname);
    asked.push(url.href);
    const { status = 200, location, body = 'BEGIN:VCALENDAR' } = answers[url.href] ?? { status: 404 };
    const stream = Readable.from(typeof body === 'string' ? [Buffer.from(body)] : body);
    // Only what the reader looks at is there.
    return Object.assign(stream, {
      statusCode: status,
      headers: location ? { location } : {},
    }) as unknown as IncomingMessage;
  };
  return { asked, get };
}
const connect = (lookup: LookupFunction, host: string) =>
  new Promise<void>((done, failed) => {
    lookup(host, { all: true }, (error) => (error ? failed(error) : done()));
  });
const names = (map: Record<string, string[]>) => async (host: string) => {
  const found = map[host];
  if (!found) throw new Error('ENOTFOUND');
  return found.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
};
const resolveHost = names({
  'a.example': [PUBLIC],
  'b.example': [PUBLIC],
  'inside.example': ['10.0.0.7'],
  'mixed.example': [PUBLIC, '169.254.169.254'],
  'mapped.example': ['::ffff:127.0.0.1'],
});

const ADDRESS = 'https://a.example/c.ics';
/** What comes of asking for an address where servers answer like that, and which were asked. */
function fetched(answers: Parameters<typeof server>[0], address = ADDRESS) {
  const { get, asked } = server(answers);
  return { asked, calendar: fetchCalendar(address, { resolveHost, get }) };
}

describe('a calendar from the internet', () => {
  test('is read over https, and webcal is the same', async () => {
    const body = 'BEGIN:VCALENDAR\r\n';
    const { calendar, asked } = fetched({ [ADDRESS]: { body } }, ' webcal://a.example/c.ics ');
    expect(await calendar).toBe(body);
    expect(asked).toEqual([ADDRESS]);
  });

  test.each([
    'http://a.example/c.ics',
    'file:///etc/passwd',
    'ftp://a.example/c.ics',
    'https://user:secret@a.example/c.ics',
    'https://a.example:8443/c.ics',
    'https://127.0.0.1/c.ics',
    'https://2130706433/c.ics',
    'https://0x7f.1/c.ics',
    'https://[::1]/c.ics',
    'https://[::ffff:10.0.0.1]/c.ics',
    'https://inside.example/c.ics',
    'https://mixed.example/c.ics',
    'https://mapped.example/c.ics',
    'https://nowhere.example/c.ics',
    'not an address',
  ])('is not asked for at %s', async (address) => {
    const { calendar, asked } = fetched({}, address);
    await expect(calendar).rejects.toMatchObject({ code: 'invalid_request' });
    expect(asked).toEqual([]);
  });

  test.each([
    'http://b.example/',
    'https://127.0.0.1/',
    'https://inside.example/',
    '//169.254.169.254/latest/',
  ])('is not followed to %s', async (location) => {
    const { calendar, asked } = fetched({ [ADDRESS]: { status: 302, location } });
    await expect(calendar).rejects.toMatchObject({ code: 'invalid_request' });
    expect(asked).toEqual([ADDRESS]);
  });

  test('is followed to a public place, but not for ever', async () => {
    const there = { 'https://b.example/d.ics': { body: 'BEGIN:VCALENDAR' } };
    const good = fetched({ [ADDRESS]: { status: 301, location: 'https://b.example/d.ics' }, ...there });
    expect(await good.calendar).toBe('BEGIN:VCALENDAR');
    const round = fetched({ [ADDRESS]: { status: 302, location: '/c.ics' } });
    await expect(round.calendar).rejects.toThrow(/one server to the next/);
    expect(round.asked.length).toBeLessThanOrEqual(4);
  });

  test('is left when it grows past a megabyte, however it is sent', async () => {
    const body = Array.from({ length: 20 }, () => Buffer.alloc(100_000));
    await expect(fetched({ [ADDRESS]: { body } }).calendar).rejects.toMatchObject({
      code: 'payload_too_large',
    });
  });

  test('is left when it takes too long', async () => {
    const get: Get = (_url, _lookup, signal) =>
      new Promise((_done, failed) => signal.addEventListener('abort', () => failed(new Error('aborted'))));
    const calendar = fetchCalendar(ADDRESS, { resolveHost, get, timeoutMs: 20 });
    await expect(calendar).rejects.toMatchObject({ code: 'timeout' });
  });

  test('that is not there is said to be so', async () => {
    await expect(fetched({}, 'https://a.example/gone.ics').calendar).rejects.toThrow(/answers 404/);
  });
});

describe('an address', () => {
  test.each(['93.184.215.14', '8.8.8.8', '172.32.0.1', '2606:2800:21f:cb07:6820:80da:af6b:8b2c'])(
    '%s is public',
    (address) => {
      expect(isPublicAddress(address)).toBe(true);
    },
  );
  test.each([
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '127.0.0.1',
    '127.255.0.1',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '192.0.2.1',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:8.8.8.8',
    'fe80::1',
    'fc00::1',
    'fd00:ec2::254',
    'ff02::1',
    '64:ff9b::a00:1',
    '2002:7f00:1::',
    '2001::1',
    '2001:db8::1',
    '',
    'localhost',
  ])('%s is not', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
});
