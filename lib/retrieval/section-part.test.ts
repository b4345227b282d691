import { describe, expect, it } from 'vitest';
import type { RetrievedChunk } from './search.ts';
import { restOf, withinSection } from './section-part.ts';

function chunk(ord: number, text: string, docId = 'a'): RetrievedChunk {
  const locator = { kind: 'section', index: 1, total: 1, label: null } as const;
  const place = {
    page: null,
    pageEnd: null,
    locator,
    charStart: 1000 * ord,
    charEnd: 1000 * ord + text.length,
  };
  const found = { similarity: 0, score: 0, course: null, title: 'notes.md', headingPath: [] };
  return { ...found, ...place, ord, chunkId: ord, docId, text };
}

const TIDES = '## Tides\nThe Moon pulls.\n\n';
const WAVES = '## Waves\nWind drives them.\n### Swell\nSwell is long.\n\n';
const CURRENTS = '## Currents\nThey turn.';
const within = (...chunks: RetrievedChunk[]) => withinSection(chunks, (title) => title === 'Waves');

describe('passages of a section', () => {
  it('leave out its neighbours in the same chunk and keep the parts below it, where they stand in the document', () => {
    const whole = chunk(1, TIDES + WAVES + CURRENTS);
    const [part, ...others] = within(whole);
    expect(others).toEqual([]);
    expect(part?.text).toBe(WAVES);
    expect(whole.text.slice((part?.charStart ?? 0) - 1000, (part?.charEnd ?? 0) - 1000)).toBe(WAVES);
    expect(part && restOf(whole, part).map(({ text }) => text)).toEqual([TIDES, CURRENTS]);
  });

  it('go on into the next chunk up to a heading of their own rank', () => {
    const parts = within(
      chunk(1, TIDES + WAVES),
      chunk(2, `More of them.\n### Surf\nIt breaks.\n${CURRENTS}`),
    );
    expect(parts.map(({ text }) => text)).toEqual([WAVES, 'More of them.\n### Surf\nIt breaks.\n']);
  });

  it.each([
    ['no chunk has the heading', TIDES + CURRENTS],
    ['only code has it', `${TIDES}\`\`\`\n## Waves\n\`\`\`\n${CURRENTS}`],
  ])('are whole chunks where %s', (_, text) => {
    expect(within(chunk(1, text)).map((part) => part.text)).toEqual([text]);
  });

  it('are whole chunks of a document that has no such heading, beside one that has', () => {
    expect(within(chunk(1, WAVES + CURRENTS), chunk(2, TIDES, 'b')).map(({ text }) => text)).toEqual([
      WAVES,
      TIDES,
    ]);
  });
});
