const COMPOUND =
  /^((?:what|who|where|when|how|why|which|define|explain)\b.*?\S),?\s+and\s+((?:when|where|why|how|who)\b.+)$/i;
const ASKS_WHAT = /^(?:(?:what|who|where) (?:is|are|was|were)|define|explain)\s+(?:(?:an?|the)\s+)?/i;
const PRONOUN = /\b(?:it|they|this|these|he|she)\b/i;

/** "What is X and when does it happen?" are two questions; the second speaks of what the first named. */
export function partsOf(question: string): [string, string] | null {
  const [, first, second] = COMPOUND.exec(question.trim()) ?? [];
  if (!first || !second || !ASKS_WHAT.test(first) || !PRONOUN.test(second)) return null;
  const subject = first.replace(ASKS_WHAT, '');
  return [first, second.replace(PRONOUN, () => subject)];
}
