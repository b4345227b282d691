/** A letter of a script that is written from right to left. */
export const TURNED_LETTER =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;
const LETTER = /\p{L}/u;
/** What belongs to the number it stands in or at. */
const IN_NUMBER = /[\p{Nd}.,:/٫٬%٪+\-−]/u;
const MIRRORED: Readonly<Record<string, string>> = Object.fromEntries(
  ['()', '[]', '{}', '<>', '«»', '‹›'].flatMap(([open = '', close = '']) => [
    [open, close],
    [close, open],
  ]),
);
const LEAST_SHARE = 0.3;

/** Whether the text is mostly written from right to left; what stands in it of other scripts are terms and formulas. */
export function isRightToLeft(text: string): boolean {
  let [turned, all] = [0, 0];
  for (const character of text) {
    if (!LETTER.test(character)) continue;
    all += 1;
    if (TURNED_LETTER.test(character)) turned += 1;
  }
  return turned > LEAST_SHARE * all;
}

type Run = { text: string; kind: 'turned' | 'other' | 'number' | 'neutral' };

/** A line as it stands on the page, from left to right, as it is written and read. */
export function inLogicalOrder(painted: string): string {
  if (!TURNED_LETTER.test(painted)) return painted;
  const runs = runsOf(painted);
  // Between two terms in another script, and between a term and a number, a space or sign goes their way.
  const joined: Run[] = [];
  runs.forEach((run, index) => {
    const last = joined.at(-1);
    const next = runs[index + 1];
    const isForeign = (one: Run | undefined) => one?.kind === 'other' || one?.kind === 'number';
    const goesOn = last?.kind === 'other' && (isForeign(run) || (run.kind === 'neutral' && isForeign(next)));
    const beginsTerm = last?.kind === 'number' && run.kind === 'other';
    // A bracket closes in the term that opened it.
    const closing =
      last?.kind === 'other' && /[([{][^)\]}]*$/.test(last.text) ? /^[)\]}]/.exec(run.text)?.[0] : null;
    if (last && closing) {
      last.text += closing;
      if (run.text.length > 1) joined.push({ ...run, text: run.text.slice(1) });
      return;
    }
    if (last && (goesOn || beginsTerm)) {
      last.text += run.text;
      last.kind = 'other';
    } else joined.push({ ...run });
  });
  const text = joined
    .reverse()
    .map(({ text, kind }) => (kind === 'turned' || kind === 'neutral' ? [...text].reverse().join('') : text))
    .join('');
  return withOpenBrackets(text).normalize('NFKC');
}

function runsOf(text: string): Run[] {
  const characters = [...text];
  const kinds = characters.map((character): Run['kind'] => {
    if (TURNED_LETTER.test(character) || /\p{M}/u.test(character)) return 'turned';
    if (/\p{Nd}/u.test(character)) return 'number';
    return LETTER.test(character) ? 'other' : 'neutral';
  });
  characters.forEach((character, index) => {
    const isWithin = kinds[index - 1] === 'number' && /\p{Nd}/u.test(characters[index + 1] ?? '');
    if (kinds[index] === 'neutral' && IN_NUMBER.test(character) && isWithin) kinds[index] = 'number';
  });
  const runs: Run[] = [];
  characters.forEach((character, index) => {
    const kind = kinds[index] ?? 'neutral';
    const last = runs.at(-1);
    if (last?.kind === kind) last.text += character;
    else runs.push({ text: character, kind });
  });
  return runs;
}

/** Some files name a bracket by its look and others by its sense: it opens before it closes. */
function withOpenBrackets(text: string): string {
  const depth = { right: 0, wrong: 0 };
  let open = 0;
  for (const character of text) {
    if (/[([{«‹]/.test(character)) open += 1;
    if (/[)\]}»›]/.test(character)) {
      if (open > 0) {
        open -= 1;
        depth.right += 1;
      } else depth.wrong += 1;
    }
  }
  if (depth.wrong <= depth.right) return text;
  return text.replace(/[()[\]{}«»‹›]/g, (bracket) => MIRRORED[bracket] ?? bracket);
}
