import type { SupabaseClient } from '@supabase/supabase-js';
import { z } from 'zod';
import type { Database } from '../db/types.gen.ts';
import { AppError } from '../errors.ts';
import { termId } from './sparse-bm25.ts';
import { termOfWord } from './tokenizer.ts';

/** A word of the question that the notes do not know, and the word of the notes it was read as. */
export const mendedSchema = z.object({ from: z.string(), to: z.string() });
export type Mended = z.output<typeof mendedSchema>;

const ONE_EDIT_LETTERS = 5;
const TWO_EDIT_LETTERS = 9;
const MAX_LETTERS = 24;
const MAX_WORDS = 4;

const ALPHABETS = [
  'abcdefghijklmnopqrstuvwxyz',
  'абвгдежзийклмнопрстуфхцчшщъыьэюя',
  'αβγδεζηθικλμνξοπρστυφχψω',
  'ابتثجحخدذرزسشصضطظعغفقكلمنهوي',
];
const VOWELS = 'aeiouyаеиоуыэюяαεηιουω';
/** Left out most often together with another slip. */
const OFTEN_LEFT_OUT = 'aeiouyhlnrst';

type Edits = { drops: string[]; swaps: string[]; inserts: string[]; changes: string[] };

/**
 * One slip away. The first letter is kept, since slips rarely fall on it and other words often differ by it alone; the
 * last is not taken off or changed, since that makes another form of the word (poorer, poore).
 */
function editsOf(word: string, alphabet: string): Edits {
  const edits: Edits = { drops: [], swaps: [], inserts: [], changes: [] };
  for (let at = 0; at <= word.length; at++) {
    const [head, letter, next] = [word.slice(0, at), word[at] ?? '', word[at + 1]];
    if (next) edits.swaps.push(head + next + letter + word.slice(at + 2));
    if (at === 0) continue;
    if (next || letter === word[at - 1]) edits.drops.push(head + word.slice(at + 1));
    for (const other of alphabet) {
      edits.inserts.push(head + other + word.slice(at));
      if (next && letter !== other) edits.changes.push(head + other + word.slice(at + 1));
    }
  }
  return edits;
}

function vowelChanges(word: string): string[] {
  return [...word].flatMap((letter, at) =>
    at > 0 && VOWELS.includes(letter)
      ? [...VOWELS].flatMap((other) =>
          other === letter ? [] : [word.slice(0, at) + other + word.slice(at + 1)],
        )
      : [],
  );
}

/** The second slip is only looked for among the common ones: every pair of edits would be a hundred thousand words. */
function twoEditsOf(word: string): string[] {
  const common = (of: string) => {
    const { drops, swaps } = editsOf(of, '');
    return [...drops, ...swaps, ...vowelChanges(of)];
  };
  return common(word).flatMap((first) => [...common(first), ...editsOf(first, OFTEN_LEFT_OUT).inserts]);
}

/** What may have been meant: words one slip away, and two for long words. None for a number, a name of few letters or a code. */
function guessesFor(given: string): { near: string[]; far: () => string[] } {
  const word = given.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '');
  const alphabet = ALPHABETS.find((known) => [...word].every((letter) => known.includes(letter)));
  if (!alphabet || word.length < ONE_EDIT_LETTERS || word.length > MAX_LETTERS)
    return { near: [], far: () => [] };
  const far = () =>
    word.length < TWO_EDIT_LETTERS ? [] : twoEditsOf(word).filter((guess) => guess[0] === word[0]);
  return { near: Object.values(editsOf(word, alphabet)).flat(), far };
}

type Guess = { guess: string; id: number };

const toGuesses = (words: readonly string[]): Guess[] =>
  [...new Set(words)].flatMap((guess) => {
    const term = termOfWord(guess);
    return term === undefined ? [] : [{ guess, id: termId(term) }];
  });

async function knownTerms(
  db: SupabaseClient<Database>,
  ids: readonly number[],
  { userId, signal }: { userId: string; signal?: AbortSignal | undefined },
): Promise<Map<number, number>> {
  let request = db.rpc('known_terms', { p_terms: [...new Set(ids)], p_user_id: userId });
  if (signal) request = request.abortSignal(signal);
  const { data, error } = await request;
  if (error) throw signal?.aborted ? signal.reason : new AppError('database_unavailable', { cause: error });
  return new Map(data.map(({ term, df }) => [term, df]));
}

/** Of the guesses the word that stands in most passages. */
async function commonest(
  db: SupabaseClient<Database>,
  words: readonly { from: string; guesses: readonly string[] }[],
  params: { userId: string; signal?: AbortSignal | undefined },
): Promise<Mended[]> {
  const asked = words.map(({ from, guesses }) => ({ from, guesses: toGuesses(guesses) }));
  const ids = asked.flatMap(({ guesses }) => guesses.map(({ id }) => id));
  if (ids.length === 0) return [];
  const known = await knownTerms(db, ids, params);
  const frequency = ({ id }: Guess) => known.get(id) ?? 0;
  return asked.flatMap(({ from, guesses }) => {
    const [best] = guesses
      .filter((guess) => frequency(guess) > 0)
      .sort((a, b) => frequency(b) - frequency(a));
    return best ? [{ from, to: best.guess }] : [];
  });
}

/** For each unknown word the nearest word of the notes; of equally near ones that which stands in most passages. */
export async function mend(
  db: SupabaseClient<Database>,
  params: { userId: string; missing: readonly string[]; signal?: AbortSignal | undefined },
): Promise<Mended[]> {
  const words = params.missing.slice(0, MAX_WORDS).map((from) => ({ from, ...guessesFor(from) }));
  const near = await commonest(
    db,
    words.map(({ from, near: guesses }) => ({ from, guesses })),
    params,
  );
  const left = words.filter(({ from }) => !near.some((mended) => mended.from === from));
  const far = await commonest(
    db,
    left.map(({ from, far: guesses }) => ({ from, guesses: guesses() })),
    params,
  );
  return [...near, ...far];
}

/** The question with its mended words in their places. */
export const mendedText = (text: string, mended: readonly Mended[]): string =>
  mended.reduce(
    (read, { from, to }) =>
      read.replace(new RegExp(`(?<![\\p{L}\\p{N}])${from}(?![\\p{L}\\p{N}])`, 'gu'), to),
    text,
  );

/**
 * Whether a guess only puts an ending of English in place of what was typed behind the same letters: treatly for treaty,
 * genes for genus. That is another word of the language, not a slip, unless all that was typed is the ending itself with
 * its letters swapped or doubled, or without its vowel.
 */
function putsOnEnding({ from, to }: Mended): boolean {
  const [ending = ''] = /(?:ly|ing|ed|es|s)$/.exec(to) ?? [];
  const typed = from.toLowerCase();
  const base = to.slice(0, to.length - ending.length);
  if (ending === '' || !typed.startsWith(base)) return false;
  const rest = typed.slice(base.length);
  const lettersOf = (text: string) => [...new Set(text)].sort().join('');
  return /[aeiouy]/.test(rest) && lettersOf(rest) !== lettersOf(ending);
}

/**
 * Only words that the passages found do hold, as they stand or in another form: terms are stored as numbers and stems, and
 * of thousands of guesses one may be the stem of something else, share its number, or be a form that nobody writes.
 */
export function provenIn(mended: readonly Mended[], passages: readonly string[]): Mended[] {
  const words = new Set(passages.flatMap((text) => text.toLowerCase().match(/\p{L}[\p{L}\p{M}]*/gu) ?? []));
  const held = new Set([...words].map(termOfWord));
  const isForm = (to: string) => held.has(termOfWord(to)) && termOfWord(to) !== to;
  return mended.filter((read) => words.has(read.to) || (isForm(read.to) && !putsOnEnding(read)));
}
