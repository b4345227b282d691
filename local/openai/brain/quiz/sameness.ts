import { isGeneral } from '../facts/term-form.ts';
import type { Term } from '../facts/types.ts';
import { rootOf, rootsOf, shared, wordsOf } from '../facts/words.ts';

/** Of the shorter text: things of different kinds that share so many words may be one thing said twice. */
const SAME_WORDS = 0.45;
/** Of both texts: beyond this they are one. */
const NEARLY_ALL = 0.85;

/** Says nothing by itself. "After" and "prior to", "with" and "without" do. */
const EMPTY = /^(?:the|an?|of|is|are|was|were|to|that|which|and|or|in|for|be|can|by|it|its|as|at|on|from)$/i;

/** Whether a text has a word of its own beside another, and not only "information" or "process". */
function addsAWord(text: string, other: string): boolean {
  const held = new Set(wordsOf(other).map(rootOf));
  return wordsOf(text).some((word) => !EMPTY.test(word) && !isGeneral(word) && !held.has(rootOf(word)));
}

/**
 * Whether two explanations may hold for one thing. "A legal minimum on the price …" and "a legal maximum on the price …"
 * are of one kind and each has a word of its own; "chain of amino acids" and "macromolecule of amino acids" may be one.
 */
export function saySame(a: Term, b: Term, { said, text }: { said: string; text: string }): boolean {
  const left = new Set(rootsOf(said));
  const right = new Set(rootsOf(text));
  if (left.size === 0 || right.size === 0) return true;
  if (!addsAWord(said, text) || !addsAWord(text, said)) return true;
  if (shared(a.genus, b.genus) > 0) return false;
  const both = shared(left, right);
  if (both / (left.size + right.size - both) >= NEARLY_ALL) return true;
  return both / Math.min(left.size, right.size) >= SAME_WORDS;
}
