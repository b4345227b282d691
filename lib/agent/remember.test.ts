import { describe, expect, test } from 'vitest';
import type { Generate } from '../tools/tool-context.ts';
import { extended, extractFacts, olderPart, type SaidMessage, summariseMessages } from './remember.ts';

const NOW = new Date('2026-11-20T12:00:00Z');
const said = (seq: number, role: SaidMessage['role'], text: string): SaidMessage => ({
  id: `m-${seq}`,
  seq,
  role,
  text,
});

/** A model that writes what it is told to, and remembers what it was asked. */
function writing(written: unknown) {
  const prompts: string[] = [];
  const generate: Generate = async ({ schema, prompt }) => {
    prompts.push(prompt);
    return schema.parse(written);
  };
  return { given: { generate, now: NOW, signal: new AbortController().signal }, prompts };
}

type Written = { kind?: string; about?: string | null; value: string; quote?: string; until?: string | null };
const fact = ({ kind = 'about', about = null, value, quote = value, until = null }: Written) => ({
  kind,
  about,
  value,
  quote,
  until,
});
const kept = async (messages: readonly SaidMessage[], ...facts: Written[]) =>
  extractFacts(messages, writing({ facts: facts.map(fact) }).given);

describe('facts', () => {
  test('are the student’s own words, with where they were said, under what they are about', async () => {
    const messages = [
      said(1, 'user', 'My name is Ada. What is osmosis?'),
      said(2, 'assistant', 'Water moves.'),
    ];
    expect(await kept(messages, { kind: 'name', value: 'Ada', quote: 'my name is  ADA.' })).toEqual([
      {
        scope: 'long',
        key: 'name',
        value: 'Ada',
        quote: 'my name is  ADA.',
        messageId: 'm-1',
        expiresAt: null,
      },
    ]);
  });

  test.each([
    ['nobody said', 'I like maps.', 'I like chess.'],
    ['is not in its quote', 'I like maps.', 'chess', 'I like maps.'],
    ['a tutor said', 'Hello there.', 'Water moves.'],
    ['was quoted', 'Read this: “my name is Bob and I live here” please.', 'my name is Bob'],
    ['was pasted as a quotation', '> my name is Bob\nSum it up', 'my name is Bob'],
    ['stands in code', 'Why?\n```\nmy name is Bob\n```', 'my name is Bob'],
    [
      'stands deep in a pasted text',
      `${'Water moves through walls. '.repeat(60)}My name is Bob.`,
      'My name is Bob.',
    ],
    ['is a password', 'My password is hunter2.', 'My password is hunter2.'],
    ['is an address', 'Mail me at ada@example.com.', 'Mail me at ada@example.com.'],
    ['stands for what is hidden', 'Mail me at [EMAIL_1].', 'Mail me at [EMAIL_1].'],
  ])('are not what %s', async (_, text, value, quote = value) => {
    const messages = [said(1, 'user', text), said(2, 'assistant', 'Water moves.')];
    expect(await kept(messages, { value, quote })).toEqual([]);
  });

  test('of one key are the last that was said, and the model reads the student alone', async () => {
    const messages = [
      said(1, 'user', 'My exam is on 1 May.'),
      said(2, 'assistant', 'Noted: the exam.'),
      said(3, 'user', 'My exam is on 2 May.'),
    ];
    const one = { kind: 'exam', value: '1 May', quote: 'My exam is on 1 May.', until: '2027-05-01' };
    const other = { kind: 'exam', value: '2 May', quote: 'My exam is on 2 May.', until: '2027-05-02' };
    const model = writing({ facts: [fact(one), fact(other)] });
    expect(await extractFacts(messages, model.given)).toMatchObject([
      { value: '2 May', messageId: 'm-3', expiresAt: '2027-05-03T23:59:59.000Z' },
    ]);
    expect(model.prompts[0]).not.toContain('Noted');
  });

  test.each([
    ['exam', '2027-06-30', '2027-07-01T23:59:59.000Z'],
    ['exam', null, '2027-02-18T12:00:00.000Z'],
    ['exam', '2026-01-01', '2027-02-18T12:00:00.000Z'],
    ['exam', 'in May', '2027-02-18T12:00:00.000Z'],
    ['today', null, '2026-11-23T12:00:00.000Z'],
    ['goal', null, null],
  ])('%s with the last day %s end %s', async (kind, until, expiresAt) => {
    const messages = [said(1, 'user', 'It is what I said.')];
    expect(await kept(messages, { kind, value: 'what I said', until })).toMatchObject([{ expiresAt }]);
  });
});

describe('a summary', () => {
  const messages = [said(1, 'user', 'My train takes 40 minutes.'), said(2, 'assistant', 'Then read on it.')];
  const sentencesOf = (...sentences: { text: string; from: string[] }[]) =>
    summariseMessages(messages, writing({ sentences }).given);

  test('names its messages, and keeps nothing that cites none or a number that nobody said', async () => {
    expect(
      await sentencesOf(
        { text: 'The train takes 40 minutes.', from: ['m1', 'm1', 'm2'] },
        { text: 'The train takes 45 minutes.', from: ['m1'] },
        { text: 'It costs 40.', from: ['m2'] },
        { text: 'Nobody said this.', from: ['m9', 'x'] },
      ),
    ).toEqual([{ text: 'The train takes 40 minutes.', messageIds: ['m-1', 'm-2'] }]);
  });

  test('is made of whole exchanges, of none while they fit, and never of the last', () => {
    const long = Array.from({ length: 20 }, (_, n) =>
      said(n + 1, n % 2 ? 'assistant' : 'user', 'x'.repeat(10)),
    );
    const part = (share: number, given = long) => olderPart(given, { share, count: ({ length }) => length });
    expect(part(200)).toBeNull();
    const { older = [], coversSeq = 0 } = part(100) ?? {};
    expect([older.length, coversSeq, long[older.length]?.role]).toEqual([16, 16, 'user']);
    expect(part(1)?.coversSeq).toBe(18);
    expect(part(1, long.slice(0, 2))).toBeNull();
  });

  test('says once what was said again, of the messages it was said in first', () => {
    const earlier = [
      { text: 'Rehearsal is repeating.', messageIds: ['m-1'] },
      { text: 'Cells divide.', messageIds: ['m-2'] },
    ];
    expect(extended(earlier, [{ text: 'Rehearsal is  repeating.', messageIds: ['m-9'] }])).toEqual([
      { text: 'Cells divide.', messageIds: ['m-2'] },
      { text: 'Rehearsal is repeating.', messageIds: ['m-1'] },
    ]);
  });

  test('grows by sentences and keeps the newest', () => {
    const many = Array.from({ length: 150 }, (_, n) => ({ text: `${n}`, messageIds: ['m'] }));
    expect(extended(many, [{ text: 'new', messageIds: ['m'] }]).map(({ text }) => text)).toEqual([
      ...many.slice(1).map(({ text }) => text),
      'new',
    ]);
  });
});
