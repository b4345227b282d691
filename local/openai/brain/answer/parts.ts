const COMPOUND =
  /^((?:what|who|where|when|how|why|which|define|explain)\b.*?\S),?\s+and\s+((?:when|where|why|how|who|what|is|are|was|were|does|do|can)\b.+)$/i;
const ASKS_WHAT =
  /^(?:(?:what|who|where) (?:is|are|was|were)|define|explain|how (?:does|do))\s+(?:(?:an?|the)\s+)?(.+?)(?: works?)?$/i;
const PRONOUN = /\b(?:it|they|this|these|he|she)\b/i;

/** "What is X and when does it happen?" are two questions; the second speaks of what the first named. */
export function partsOf(question: string): [string, string] | null {
  const [, first, second] = COMPOUND.exec(question.trim()) ?? [];
  const subject = ASKS_WHAT.exec(first ?? '')?.[1];
  if (!first || !second || !subject || !PRONOUN.test(second)) return null;
  return [first, second.replace(PRONOUN, () => subject)];
}
