/** A word inside a sentence: what begins a sentence says nothing about its capital. */
const INSIDE = /(?<![.?!:]["”)]*\s)(?<!^)(?<![\p{L}\p{N}])\p{L}[\p{L}\p{N}’'-]*/gu;
/** Title case, and the capitals of a heading or of a placeholder: "ENCODING", "FILE". Shorter ones are short forms. */
const TITLE_CASE = /^(?:\p{Lu}\p{Ll}*(?:-\p{Lu}?\p{Ll}+)*|\p{Lu}{4,})$/u;

const capitalsIn = (text: string): number => text.match(/(?<!\p{L})\p{Lu}/gu)?.length ?? 0;

/**
 * Writes terms as the notes write them inside sentences: "Long-Term Memory" of a heading becomes "long-term memory", and
 * "Thomas R. Gray" keeps its capitals.
 */
export function casingOf(texts: readonly string[]): (term: string) => string {
  const upper = new Map<string, number>();
  const lower = new Map<string, number>();
  for (const text of texts)
    for (const [word] of text.matchAll(INSIDE)) {
      const plain = word.toLowerCase();
      const counts = word === plain ? lower : upper;
      counts.set(plain, (counts.get(plain) ?? 0) + 1);
    }
  const isCommon = (word: string): boolean => (lower.get(word) ?? 0) >= (upper.get(word) ?? 0);
  const isUnseen = (word: string): boolean => !lower.has(word) && !upper.has(word);

  const lowered = (term: string): string =>
    term.replace(/\p{L}[\p{L}\p{N}’'-]*/gu, (word, at: number) => {
      const plain = word.toLowerCase();
      const next = /^\S+ (\p{Lu}\p{Ll}[\p{L}’'-]*)/u.exec(term.slice(at))?.[1]?.toLowerCase();
      if (isUnseen(plain) && next !== undefined && !isCommon(next)) return word;
      return TITLE_CASE.test(word) && isCommon(plain) ? plain : word;
    });
  return (term) => {
    const result = lowered(term);
    const capitals = capitalsIn(term);
    // A name keeps all of its capitals when it keeps most of them.
    return capitals > 1 && capitalsIn(result) * 2 > capitals ? term : result;
  };
}
