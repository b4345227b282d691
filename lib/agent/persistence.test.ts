import { afterEach, describe, expect, it, vi } from 'vitest';
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

  /** Writes for a minute beside a store that takes this long, and says how often it was saved and the longest silence. */
  async function savesOf(takesMs: number) {
    vi.useFakeTimers();
    const savedAt: number[] = [performance.now()];
    const saver = new AnswerSaver({
      store: {
        save: async () => {
          await new Promise((resolve) => globalThis.setTimeout(resolve, takesMs));
          savedAt.push(performance.now());
          return true;
        },
        finish: async () => undefined,
      },
      parts: () => [],
      metadata: () => ({}) as Metadata,
      onStoppedElsewhere: () => undefined,
    });
    for (let second = 0; second < 60; second += 0.5) {
      saver.touch();
      await vi.advanceTimersByTimeAsync(500);
    }
    const finished = saver.finish(null, [], null);
    await vi.runAllTimersAsync();
    await finished;
    return {
      saves: savedAt.length - 1,
      silence: Math.max(...savedAt.slice(1).map((at, index) => at - (savedAt[index] ?? 0))),
    };
  }

  it.each([
    ['keeps up', 5, 20, 30, 3_000],
    ['is behind', 100, 10, 14, 7_000],
    // Fifteen seconds of silence would count as abandoned.
    ['hardly answers', 1_500, 5, 8, 12_000],
  ])('saves as often as a database that %s can take', async (_word, takesMs, fewest, most, silenceMs) => {
    const { saves, silence } = await savesOf(takesMs);
    expect(saves).toBeGreaterThanOrEqual(fewest);
    expect(saves).toBeLessThanOrEqual(most);
    expect(silence).toBeLessThanOrEqual(silenceMs);
  });
});
