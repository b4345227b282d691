import { describe, expect, it } from 'vitest';
import { embedText } from './embedding.ts';
import { moderateText } from './index.ts';

const cosine = (a: string, b: string): number => {
  const other = embedText(b);
  return embedText(a).reduce((sum, x, i) => sum + x * (other[i] ?? 0), 0);
};

describe('an embedding', () => {
  it.each([
    [
      'Which organelle makes energy?',
      'Mitochondria are organelles that make the energy of the cell.',
      'The treaty was signed in Paris.',
    ],
    ['光合作用', '植物通过光合作用制造养分。', '这座城市位于河边。'],
    ['การหายใจ', 'การหายใจระดับเซลล์เกิดในไมโทคอนเดรีย', 'เมืองนี้ตั้งอยู่ริมแม่น้ำ'],
    [
      'Fotosynthese',
      'Pflanzen betreiben Fotosynthese im Chloroplasten.',
      'Der Vertrag wurde in Paris unterzeichnet.',
    ],
  ])('is nearer to a text that shares its words: %s', (query, related, unrelated) => {
    expect(cosine(query, related)).toBeGreaterThan(cosine(query, unrelated) + 0.1);
  });

  it.each(['', '   ', '?!', '🙂'])('of a text without words (%j) is still of length one', (text) => {
    expect(Math.hypot(...embedText(text))).toBeCloseTo(1, 6);
  });
});

describe('moderation', () => {
  it('flags a threat and not a history lesson', () => {
    expect(moderateText('I will kill you')['harassment/threatening']).toBeGreaterThan(0.5);
    const history = Object.values(
      moderateText('The Nazis murdered millions; the bombing killed thousands, and suicide rates rose.'),
    );
    expect(Math.max(...history)).toBeLessThan(0.5);
  });
});
