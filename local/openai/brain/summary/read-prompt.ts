/** What is to be summarised. `isTalk` is true for a conversation with speakers, false for a text. */
export type Material = { text: string; isTalk: boolean };

const LABEL = /^\s*Transcript:[ \t]*\n?/;
const NOTES = /\n\n+Notes:[ \t]*\n/;
const PASSAGE_TAG = /^[ \t]*<\/?passage\b[^\n>]*>[ \t]*$/gim;

const CLOCK = String.raw`(?:\[?\(?\d{1,2}:\d\d(?::\d\d)?\)?\]?\s*[-–]?\s*)`;
const ROLE =
  '(?:student|tutor|teacher|instructor|lecturer|user|assistant|clerva|professor|prof|speaker|host|guest|me|you|q|a)';
/** "Tutor:", "[12:30] Maya:", "Speaker 2:" at the start of a line. */
const SPEAKER = new RegExp(
  String.raw`^[ \t]*(?:${CLOCK}?(?:${ROLE}(?: ?\d)?|(?:(?:Dr|Mr|Mrs|Ms|Prof)\. )?\p{Lu}[\p{L}'’.-]{1,15}(?: \p{Lu}[\p{L}'’.-]{0,15})?)[ \t]*:[ \t]+|${CLOCK}(?=\S))`,
  'gimu',
);
const FEWEST_TURNS = 2;

/** Reads `Transcript:` and `Notes:` of a request. Speakers' names go: they are no part of what was said. */
export function readPrompt(prompt: string): Material {
  const [spoken = '', ...notes] = prompt.replace(LABEL, '').replace(PASSAGE_TAG, '').split(NOTES);
  const isTalk = (spoken.match(SPEAKER)?.length ?? 0) >= FEWEST_TURNS;
  const talk = isTalk ? spoken.replace(SPEAKER, '\n') : spoken;
  return { text: [talk, ...notes].join('\n\n').trim(), isTalk };
}
