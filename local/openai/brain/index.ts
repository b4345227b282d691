import type { Brain } from '../wire/types.ts';
import { decide } from './decide.ts';
import { embedText } from './embedding.ts';
import { moderateText } from './moderation.ts';
import { writeQuizItems } from './quiz/index.ts';

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
