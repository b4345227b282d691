import { describe, expect, test } from 'vitest';
import type { MessageRow } from '../db/queries/message.ts';
import type { SearchNotesPassage } from '../tools/search-notes.ts';
import { buildHistory } from './context.ts';
import { passageOf } from './test-passage.ts';

const row = (role: MessageRow['role'], parts: unknown[]): MessageRow => ({
  id: crypto.randomUUID(),
  role,
  parts,
  metadata: {},
  status: 'done',
  createdAt: '2026-11-20T00:00:00Z',
});

const text = (value: string) => ({ type: 'text', text: value });
const search = (...chunks: SearchNotesPassage[]) => ({
  type: 'tool-searchNotes',
  state: 'output-available',
  toolCallId: 'call-1',
  input: { query: 'memory' },
  output: { chunks, evidence: { score: 1, band: 'strong', missing: [] }, documents: 1 },
});

const citation = (n: number, passageNumber: number) => {
  const { ord: chunkOrd, source: title, ...place } = passageOf(passageNumber, 'q');
  const proof = { title, chunkOrd, quote: 'q', quoteStart: 0, quoteEnd: 1, verdict: 'verified' };
  return { type: 'data-citation', data: { ...place, ...proof, n } };
};

const count = (words: string) => Math.ceil(words.length / 4);
const built = (history: MessageRow[], budget = 8_000, coversSeq = 0) =>
  buildHistory(history, { count, budget, coversSeq });

const contents = async (history: MessageRow[], budget?: number) => {
  const { messages } = await built(history, budget);
  return JSON.stringify(messages.map(({ role, content }) => ({ role, content })));
};

describe('the history a model reads', () => {
  test('names passages by their numbers in the thread, whatever the message displayed', async () => {
    const history = [
      row('user', [text('How many?')]),
      row('assistant', [
        search(passageOf(5, 'Four items.'), passageOf(7, 'Twenty seconds.')),
        text('Four items [1]. For twenty seconds [2] [1]. Not mine: [9].'),
        citation(1, 7),
        citation(2, 5),
      ]),
    ];
    expect(await contents(history)).toContain('Four items [7]. For twenty seconds [5] [7]. Not mine: [9].');
  });

  test('gives numbers on from the last one used', async () => {
    const { passages } = await built([row('assistant', [search(passageOf(5, 'Four items.'))])]);
    const chunk = { ...passageOf(0, 'New.'), docId: 'new', chunkId: 1, title: 'T', pageEnd: null, score: 1 };
    expect(passages.numberOf(chunk)).toBe(6);
    expect(passages.get(5)?.text).toBe('Four items.');
  });

  test('a marker whose passage is no longer known is left out', async () => {
    const history = [row('user', [text('Q')]), row('assistant', [text('Four items [1].'), citation(1, 5)])];
    expect(await contents(history)).toContain('Four items.');
  });

  test('keeps of a search what its answer stands on', async () => {
    const history = [
      row('user', [text('Question')]),
      row('assistant', [
        search(passageOf(1, 'Cited words'), passageOf(2, 'Other words')),
        text('So [1].'),
        citation(1, 1),
      ]),
    ];
    const shown = await contents(history);
    expect(shown).toContain('Cited words');
    expect(shown).not.toContain('Other words');
  });

  test('reads the same of a message in every later turn', async () => {
    const turn = (n: number) => [
      row('user', [text(`Question ${n}`)]),
      row('assistant', [search(passageOf(n, `Passage ${n}`)), text(`Answer ${n} [1].`), citation(1, n)]),
    ];
    const turns = [1, 2, 3, 4].flatMap(turn);
    const { messages: before } = await built(turns.slice(0, 6));
    const { messages: after } = await built(turns);
    expect(after.slice(0, before.length)).toEqual(before);
  });

  test('leaves out what a summary covers, but never the last exchange', async () => {
    const history = [1, 2, 3].flatMap((n) => [
      { ...row('user', [text(`Question ${n}`)]), seq: n * 2 },
      { ...row('assistant', [text(`Answer ${n}`)]), seq: n * 2 + 1 },
    ]);
    const shown = JSON.stringify((await built(history, 8_000, 5)).messages);
    expect(shown).not.toContain('Question 2');
    expect(shown).toContain('Question 3');
    expect(JSON.stringify((await built(history, 0, 99)).messages)).toContain('Answer 3');
  });

  test('within a budget it is the newest that stays, beginning with a question', async () => {
    const long = 'word '.repeat(400);
    const history = Array.from({ length: 10 }, (_, index) => [
      row('user', [text(`Question ${index} ${long}`)]),
      row('assistant', [text(`Answer ${index} ${long}`)]),
    ]).flat();
    const { messages } = await built(history, 2_500);
    const shown = JSON.stringify(messages);
    expect(shown).toContain('Answer 9');
    expect(shown).not.toContain('Answer 3');
    expect(messages[0]?.role).toBe('user');
    expect(shown.length / 4).toBeLessThan(2_600);
  });

  test('a search too large for the budget goes before its answer does', async () => {
    const history = [
      row('user', [text('Question')]),
      row('assistant', [search(passageOf(1, 'x'.repeat(40_000))), text('The answer [1].'), citation(1, 1)]),
    ];
    const shown = await contents(history, 500);
    expect(shown).toContain('The answer');
    expect(shown).not.toContain('xxx');
  });

  test('parts of another time or broken ones are left out, and the text survives', async () => {
    const history = [
      row('user', [text('Question'), { type: 'file', url: 'data:…' }, null, 7, 'text']),
      row('assistant', [
        { ...search(passageOf(1, 'A passage')), output: { hits: ['of an old version'] } },
        { type: 'tool-removedTool', state: 'output-available', toolCallId: 'x', input: {}, output: {} },
        { type: 'tool-searchNotes', state: 'input-available', toolCallId: 'y', input: {} },
        { type: 'data-citation', data: { n: 'one' } },
        { type: 'text' },
        text('The answer.'),
      ]),
    ];
    const { messages } = await built(history);
    expect(messages).toEqual([
      { role: 'user', content: 'Question' },
      { role: 'assistant', content: 'The answer.' },
    ]);
  });

  test('an answer that never came leaves no empty message', async () => {
    const history = [row('user', [text('Question')]), row('assistant', [])];
    expect((await built(history)).messages).toEqual([{ role: 'user', content: 'Question' }]);
  });
});
