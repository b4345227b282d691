import type { Passage } from './answer/passages.ts';
import type { Conversation } from './conversation.ts';
import { type Language, say } from './phrases.ts';
import { type Route, searchFor } from './routing/types.ts';
import { sentences } from './text/sentences.ts';

/** How far a problem is to be opened, as the instructions say it; null where they say nothing. */
export function rungOf(instructions: string): number | null {
  const rung = /^Hint: (\d) of \d/m.exec(instructions)?.[1];
  return rung === undefined ? null : Number(rung);
}

const LAST = 4;

/** A problem is looked for in the notes, and so is every hint on it, which by itself names nothing. */
export function hinted(routed: Route, said: string, { instructions, state }: Conversation): Route {
  const rung = rungOf(instructions);
  const isSearch = routed.kind === 'call' && routed.calls.some(({ tool }) => tool === 'searchNotes');
  if (rung === null || (rung === 1 && isSearch)) return routed;
  return searchFor(rung === 1 ? said : (state.lastQuery ?? said));
}

const EXAMPLE = /\b(?:example|e\.g\.|for instance|beispiel|zum beispiel|exemple|par exemple|ejemplo)\b/iu;

/** As much of an answer as a hint gives. */
export function hintOf(
  rung: number,
  passages: readonly Passage[],
  answer: string,
  language: Language,
): string {
  const [best] = passages;
  if (rung >= LAST || !best) return answer;
  const spoken = passages.flatMap(({ n, text }) =>
    sentences(text)
      .filter(({ kind }) => kind === 'prose')
      .map((sentence) => ({ n, text: sentence.text.replace(/[.]$/, '') })),
  );
  const shown = [undefined, spoken[0], spoken.find(({ text }) => EXAMPLE.test(text))][rung - 1];
  const key = shown ? `hint.${rung}` : rung === 3 ? 'hint.none' : 'hint.1';
  const quote = shown && `“${shown.text.replace(/\s+/g, ' ').trim()}” [${shown.n}].`;
  const hint = say(key, { quote, place: best.heading || best.title }, language);
  return `${hint} ${say('hint.tell', {}, language)}`;
}
