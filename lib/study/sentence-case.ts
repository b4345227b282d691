/** Words that are no abbreviation, however short. */
const SMALL =
  /^(?:a|an|and|are|as|at|be|but|by|can|do|for|from|has|how|if|in|into|is|it|its|new|no|not|of|off|old|on|one|or|our|out|per|so|than|the|to|two|up|via|vs|was|we|who|why|with|you)$/i;
/** Short words of other scripts are hardly ever letters for something. */
const LATIN = /^\p{Script=Latin}/u;
const WORD = /[\p{L}\p{N}][\p{L}\p{M}\p{N}'’]*/gu;

export type CasedWord = { start: number; end: number; isFirst: boolean };

/** Whether a heading is set in capitals alone: "MEMORY AND ENCODING", but neither "DNA" nor "Memory". */
export const isShouted = (text: string): boolean => /\p{Lu}{4}/u.test(text) && !/\p{Ll}/u.test(text);

/** The words of a heading in capitals that are read as others are; abbreviations and numbers stay as they are. */
export const shoutedWords = (text: string): CasedWord[] =>
  [...text.matchAll(WORD)]
    .map((match) => ({
      start: match.index,
      end: match.index + match[0].length,
      isFirst: !/\p{L}/u.test(text.slice(0, match.index)) || /[:.?!]\s*$/.test(text.slice(0, match.index)),
      word: match[0],
    }))
    .filter(({ word }) => !/\p{N}/u.test(word) && (word.length > 3 || SMALL.test(word) || !LATIN.test(word)))
    .map(({ word: _, ...place }) => place);

/** "MEMORY AND ENCODING" as "Memory and encoding"; what is written otherwise stays. */
export function sentenceCase(text: string): string {
  if (!isShouted(text)) return text;
  let cased = text;
  for (const { start, end, isFirst } of shoutedWords(text)) {
    const word = text.slice(start, end).toLowerCase();
    cased = `${cased.slice(0, start)}${isFirst ? word.charAt(0).toUpperCase() + word.slice(1) : word}${cased.slice(end)}`;
  }
  return cased;
}
