import { afterEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '../errors.ts';
import { AnswerBatch } from './answer-batch.ts';
import type { ClervaPart, Metadata } from './messages.ts';
import { AnswerSaver, storedParts } from './persistence.ts';

// As the stream leaves it; only what the test looks at.
const searched = (text: string) =>
  ({
    type: 'tool-searchNotes',
    toolCallId: 'call-1',
    state: 'output-available',
    input: { query: 'smile\0' },
    output: { chunks: [{ docId: 'a', ord: 1, text }], evidence: { band: 'strong' }, documents: 1 },
  }) as unknown as ClervaPart;

describe('storedParts', () => {
  it('tells no answer to a question of a quiz, which is told once it was answered', () => {
    const item = {
      ...{ id: 'q1', q: 'Why?', answer: 'b', explanation: 'so', source: { quote: 'b it is' } },
      choices: [
        { id: 'a', text: 'A', why: 'not a' },
        { id: 'b', text: 'B', why: null },
      ],
    };
    const part = {
      ...{ type: 'tool-generateQuiz', toolCallId: 'c', state: 'output-available', input: {} },
      output: { quizId: 'z', items: [item] },
    } as unknown as ClervaPart;
    expect(storedParts([part])).toMatchObject([
      {
        output: {
          quizId: 'z',
          items: [
            {
              id: 'q1',
              q: 'Why?',
              choices: [
                { id: 'a', text: 'A' },
                { id: 'b', text: 'B' },
              ],
            },
          ],
        },
      },
    ]);
    expect(JSON.stringify(storedParts([part]))).not.toMatch(/answer"|why|quote|explanation/);
  });

  it('holds nothing the database refuses, so that no answer is lost for one character', () => {
    // The beginning of the passage that is kept ends in the middle of the emoji.
    const stored = JSON.stringify(storedParts([searched(`${'x'.repeat(159)}😀 and on`)]));
    expect(stored).not.toMatch(/\\u0000|\\ud[89a-f]/i);
    expect(stored).toContain('smile\uFFFD');
  });

  it('keeps the length of a text, which offsets count in', () => {
    const text = 'a\0b\ud83d c';
    expect(storedParts([{ type: 'text', text }])).toEqual([{ type: 'text', text: 'a\uFFFDb\uFFFD c' }]);
  });
});

describe('AnswerSaver', () => {
  afterEach(() => void vi.useRealTimers());

  /** Writes for a minute beside a database that takes this long, and says how often it was asked and the longest silence. */
  async function savesOf(takesMs: number, answers = 1) {
    vi.useFakeTimers();
    const savedAt: number[] = [performance.now()];
    let calls = 0;
    const batch = new AnswerBatch(async (given) => {
      calls += 1;
      await new Promise((resolve) => globalThis.setTimeout(resolve, takesMs));
      if (given.some(({ messageId }) => messageId === '0')) savedAt.push(performance.now());
      return new Set();
    });
    const savers = Array.from(
      { length: answers },
      (_, index) =>
        new AnswerSaver({
          store: {
            save: (draft) =>
              batch.save(() => {
                const answer = draft();
                return answer && { messageId: String(index), userId: 'ada', ...answer };
              }),
            finish: async () => undefined,
          },
          parts: () => [],
          metadata: () => ({}) as Metadata,
          onStoppedElsewhere: () => undefined,
        }),
    );
    for (let second = 0; second < 60; second += 0.5) {
      for (const saver of savers) saver.touch();
      await vi.advanceTimersByTimeAsync(500);
    }
    const finished = Promise.all(savers.map((saver) => saver.finish(null, [], null)));
    await vi.runAllTimersAsync();
    await finished;
    return {
      calls,
      saves: savedAt.length - 1,
      silence: Math.max(...savedAt.slice(1).map((at, index) => at - (savedAt[index] ?? 0))),
    };
  }

  it.each([
    ['keeps up', 5, 20, 30, 3_000],
    ['is behind', 500, 10, 30, 6_000],
    // Fifteen seconds of silence would count as abandoned.
    ['hardly answers', 2_000, 5, 12, 12_000],
  ])('saves as often as a database that %s can take', async (_word, takesMs, fewest, most, silenceMs) => {
    const { saves, silence } = await savesOf(takesMs);
    expect(saves).toBeGreaterThanOrEqual(fewest);
    expect(saves).toBeLessThanOrEqual(most);
    expect(silence).toBeLessThanOrEqual(silenceMs);
  });

  it('asks the database as rarely for three hundred answers as for a few', async () => {
    const { calls, saves } = await savesOf(5, 300);
    expect(calls).toBeLessThanOrEqual(60 * 4 + 60);
    expect(saves).toBeGreaterThanOrEqual(20);
  });

  it('an answer that is over is not written again, and does not wait for those that are not', async () => {
    vi.useFakeTimers();
    const given: string[] = [];
    const batch = new AnswerBatch(async (answers) => {
      given.push(...answers.map(({ messageId }) => messageId));
      return new Set(['stopped']);
    });
    const draft = (messageId: string) => () => ({ messageId, userId: 'ada', parts: null, metadata: {} });
    expect(await batch.save(draft('first'))).toBe(true);
    const [over, stopped] = [batch.save(() => null), batch.save(draft('stopped'))];
    await vi.runAllTimersAsync();
    expect([await over, await stopped, given]).toEqual([true, false, ['first', 'stopped']]);
  });

  it('one answer that the database refuses takes no other with it', async () => {
    const batch = new AnswerBatch(async (answers) => {
      if (answers.some(({ messageId }) => messageId === 'odd')) throw new AppError('invalid_request');
      return new Set();
    });
    const draft = (messageId: string) => () => ({ messageId, userId: 'ada', parts: null, metadata: {} });
    const first = batch.save(draft('first'));
    const torn = batch.save(() => {
      throw new Error('not to be put together');
    });
    const [odd, even] = [batch.save(draft('odd')), batch.save(draft('even'))];
    await Promise.all([expect(torn).rejects.toThrow(), expect(odd).rejects.toThrow()]);
    expect([await first, await even]).toEqual([true, true]);
  });
});
