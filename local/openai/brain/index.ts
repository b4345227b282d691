import type { Brain } from '../wire/types.ts';
import { decide } from './decide.ts';
import { embedText } from './embedding.ts';
import { writeQuizItems } from './quiz/index.ts';
import { patterns } from './words.ts';

/** The deterministic stand-in for a model: the same request gives the same reply, from rules and the notes alone. */
export const createStudyBrain = (): Brain => ({ decide, embed: embedText, moderate: moderateText, warmUp });

/** Patterns are compiled and the router is taught when they are first used; a rehearsal does that before the first student comes. */
async function warmUp(): Promise<void> {
  const text = 'What is rehearsal? Make a plan for the exam on 12 December, 30 minutes a day.';
  decide({ model: '', turns: [{ role: 'user', text }], tools: [], toolChoice: 'auto' });
  writeQuizItems(`Topic: Memory
Questions: 3

<passage n="1" title="a" where="page 1">
Rehearsal is the conscious repetition of information. Hermann Ebbinghaus published a book on memory in 1885. Short-term
memory holds about seven items. Notes help because writing takes attention.
</passage>`);
}

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
