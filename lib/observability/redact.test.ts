import { globSync } from 'node:fs';
import type { ErrorEvent } from '@sentry/nextjs';
import { describe, expect, test } from 'vitest';
import { MADE } from '../../tests/privacy/made-numbers.ts';
import { seeded } from '../test-random.ts';
import { redact, routeName } from './redact.ts';
import { scrubEvent } from './scrub-event.ts';

const random = seeded(20_261_130);
const below = (most: number) => Math.floor(random() * most);
const pick = (list: readonly string[]) => list[below(list.length)] ?? '';
const of = (alphabet: string, length: number) =>
  Array.from({ length }, () => alphabet[below(alphabet.length)]).join('');
const DIGITS = '0123456789';
const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
const BASE64 = `${LETTERS}${LETTERS.toUpperCase()}${DIGITS}-_`;
const digits = (length: number) => of(DIGITS, length);
const jwt = () => `eyJ${of(BASE64, 20)}.eyJ${of(BASE64, 30)}.${of(BASE64, 40)}`;

const KINDS: Record<string, () => string> = {
  email: () =>
    `${pick(['ada', 'zoë', 'żaneta', 'jürgen', 'li.wei+uni', "o'brien"])}${below(99)}@${pick(['example.org', 'uni-münchen.de', 'mail.例子.cn', 'cs.ox.ac.uk'])}`,
  phone: () =>
    pick([
      `+49 ${digits(3)} ${digits(7)}`,
      `+1 (${digits(3)}) ${digits(3)}-${digits(4)}`,
      `+44${digits(10)}`,
      `+33 1 ${Array.from({ length: 4 }, () => digits(2)).join(' ')}`,
      `+91-${digits(5)}-${digits(5)}`,
      `0049 30 ${digits(7)}`,
      `(${digits(3)}) ${digits(3)}-${digits(4)}`,
      `+358.${digits(9)}`,
    ]),
  card: () => pick([MADE.card16(), MADE.card16s(), MADE.card16d(), MADE.amex()]),
  iban: () => pick([MADE.iban('FR', '23'), MADE.ibans('GB'), MADE.iban('NO', '11'), MADE.ibans()]),
  id: () => pick([MADE.steuers(), MADE.nirs(), MADE.cpf(), MADE.nie()]),
  street: () => pick(['12 Baker Street', 'Hauptstraße 12', '5 rue de la Paix']),
  jwt,
  bearer: () => `Bearer ${of(BASE64, 24)}`,
  basic: () => `Basic ${Buffer.from(`ada:${digits(6)}`).toString('base64')}`,
  key: () =>
    pick([
      'sk-proj-',
      'sk_live_',
      'sb_secret_',
      'ghp_',
      'github_pat_',
      'xoxb-',
      'AKIA',
      'AIza',
      'hf_',
      'signkey-prod-',
    ]) +
    digits(4) +
    of(BASE64, 20),
  connection: () =>
    `${pick(['postgres', 'postgresql', 'redis', 'rediss', 'mongodb+srv', 'amqps', 'https'])}://${pick(['app', '', 'postgres.ref'])}:${of(BASE64, 12)}@db${below(9)}.example.com:5432/app`,
  signed: () =>
    `https://files.example.com/object/sign/notes.pdf?${pick(['token', 'X-Amz-Signature', 'sig', 'access_token'])}=${of(BASE64, 40)}`,
  v4: () => `${11 + below(100)}.${below(256)}.${below(256)}.${1 + below(255)}`,
  v6: () =>
    pick([
      `2001:db8:${digits(3)}::${digits(2)}`,
      `fe80::1ff:fe23:4567:${digits(4)}`,
      Array.from({ length: 8 }, () => of('0123456789abcdef', 4))
        .join(':')
        .replace(/^./, '2'),
    ]),
  row: () => `Key (front)=(${of(LETTERS, 12)} ${digits(3)})`,
};
const secretPart = (kind: string, text: string) =>
  ({ bearer: /\S+$/, basic: /\S+$/, signed: /[^=]+$/, row: /=\((.*)\)$/ })[kind]?.exec(text)?.at(-1) ?? text;

/** Text around it as logs, forms and sentences have it. */
const around = (text: string) =>
  pick([
    text,
    `for ${text}`,
    `failed (${text})`,
    `"${text}"`,
    `value=${text}`,
    `${text}, again`,
    `{"a":"${text}"}`,
    `line one\n${text}\nline three`,
  ]);

/** A report with that text in every place that can hold one. */
function eventWith(text: string): ErrorEvent {
  const frame = { filename: 'app.js', vars: { body: text }, context_line: `call("${text}")` };
  return {
    type: undefined,
    message: text,
    logentry: { message: text, params: [text] },
    transaction: `GET /api/profile/topics/${encodeURIComponent(text)}`,
    server_name: text,
    fingerprint: [text],
    user: { id: text, email: text, username: text, ip_address: text },
    tags: { note: text, [text]: 'x' },
    contexts: {
      runtime: { name: text },
      culture: { timezone: text },
      trace: { trace_id: 'a', span_id: 'b', data: { deep: [text] } },
    },
    extra: { body: text },
    breadcrumbs: [{ message: text, data: { url: text } }],
    request: {
      url: `https://clerva.app/ask/${encodeURIComponent(text)}?q=${text}`,
      method: 'POST',
      query_string: text,
      data: text,
      cookies: { a: text },
      headers: { cookie: text, 'x-note': text },
    },
    exception: {
      values: [
        {
          type: 'Error',
          value: text,
          mechanism: { type: 'generic', data: { detail: text } },
          stacktrace: { frames: [frame] },
        },
      ],
    },
  };
}

test.each(Object.keys(KINDS))('%s: nothing of it is left in any text of a report', (kind) => {
  for (let round = 0; round < 200; round += 1) {
    const original = KINDS[kind]?.() ?? '';
    const left = JSON.stringify(scrubEvent(eventWith(around(original))));
    const secret = secretPart(kind, original);
    expect(left, original).not.toContain(JSON.stringify(secret).slice(1, -1));
    expect(left, original).not.toContain(encodeURIComponent(secret));
  }
});

test('what is nobody’s stays as it was written', () => {
  for (const text of [
    'ISBN 978-3-16-148410-0 and 0-306-40615-2',
    'on 2026-11-30 at 10:15:30.123Z, 30.11.2026, 11/30/2026',
    'DOI 10.1000/xyz123, version 1.2.3.4 and § 1.2.3.4',
    '6.022e+23 and +6.02214076, x+12345678, 3.14159265358979, 1 000 000 000',
    '01a22a23-1349-76ab-b5fa-16fef5e760de 12345678-1234-4234-8234-123456789012',
    'trace 1eb508b140354981a362132c36cbb11e took 1796004090000',
    'Basic electronics, Bearer of bad news, token: what is it, std::vector and f :: Int, a::b',
    'connect ECONNREFUSED 127.0.0.1:5432, http://localhost:3000/ask?from=today',
    'ratio 4:3:2, H2O, DE12 is a room, E. coli K-12, 1789-1799, population 8100000000',
    'f(x) = 2x + 30000000, 10^-19, 4 5 6 7 8 9 10 11 12 13 14 15',
    'the password is what you know, the secret of life',
  ]) {
    expect(redact(text)).toBe(text);
  }
});

test('a long text costs little', () => {
  for (const piece of ['a', '1', '+', ':', 'a:', '1 ', '.', 'é.', '1.', 'https://', 'eyJ']) {
    const startedAt = performance.now();
    redact(piece.repeat(50_000 / piece.length));
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  }
});

describe('a route', () => {
  test('keeps every fixed word of our addresses', () => {
    const fixed = globSync('app/**/{page,route}.{ts,tsx}').flatMap((file) =>
      file
        .split('/')
        .slice(1, -1)
        .filter((word) => !/^[([]/.test(word) && word !== 'security.txt'),
    );
    expect([...new Set(fixed)].filter((word) => routeName(word) !== word)).toEqual([]);
  });

  test.each([
    ['/api/profile/topics/Marker%20Depression', '/api/profile/topics/[id]'],
    ['/api/documents/01a22a23-1349-76ab-b5fa-16fef5e760de/pages/3?x=1', '/api/documents/[id]/pages/[id]'],
    ['/ask?q=what+is+love', '/ask'],
    ['/', '/'],
  ])('%s is named %s', (path, name) => {
    expect(routeName(path)).toBe(name);
  });
});
