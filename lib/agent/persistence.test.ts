import { describe, expect, it } from 'vitest';
import type { ClervaPart } from './messages.ts';
import { storedParts } from './persistence.ts';

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
