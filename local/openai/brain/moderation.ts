import { patterns } from './words.ts';

/** Nothing found is not a proof of anything, so no score is zero. */
const FLOOR = 0.01;
/** A word list, and honest about it: scores say how plain the words are. */
const RULES = patterns('moderation').map(({ value, pattern }) => {
  const [category = '', score] = value.replace('~', '/').split(' ');
  return { category, score: Number(score), pattern };
});

export function moderateText(text: string): Record<string, number> {
  const plain = text.normalize('NFKC').replace(/[’ʼ]/g, "'");
  return Object.fromEntries(
    RULES.map(({ category, score, pattern }) => [category, pattern.test(plain) ? score : FLOOR]),
  );
}
