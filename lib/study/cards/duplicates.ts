import { clozePlain } from './cloze.ts';

/** Both sides of a card, as far as finding the same one again needs them. */
export type CardSides = { front: string; back: string };

type Fingerprint = {
  front: string;
  back: string;
  frontWords: ReadonlySet<string>;
  backWords: ReadonlySet<string>;
  /** Numbers, signs and negations: cards that differ in one of these ask different things however alike they read. */
  telling: string;
};

const SAME_FRONT = 0.8;
const SAME_BACK = 0.5;
const NEGATION = /^(?:not|no|never|without|nor|neither|cannot|\p{L}+n't)$/u;
/** Words that carry no question; "what is" and "define" ask the same. */
const FILLERS = new Set(
  'a an and are as at be by did do does for from how in is it its of on or that the their this to was what when where which who why with define describe explain name state'.split(
    ' ',
  ),
);
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

const normal = (text: string) =>
  clozePlain(text)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[’‘]/g, "'")
    // A hyphen joins words; a minus stands apart.
    .replace(/(?<=\p{L})-(?=\p{L})/gu, ' ')
    .replace(/[^\p{L}\p{N}\p{M}'+\-*/=<>^%]+/gu, ' ')
    .trim();

const wordsOf = (text: string): string[] =>
  // Where words are not separated, pairs of characters stand for them.
  text
    .split(' ')
    .flatMap((word) =>
      UNSPACED.test(word)
        ? [...word].map((character, index, all) => character + (all[index + 1] ?? ''))
        : [word],
    )
    .filter((word) => word !== '');

/** A plural or a verb's ending makes no other question. */
const stem = (word: string) =>
  word.length > 4 ? word.replace(/(?:'s|ies|es|s|ing|ed)$/, (end) => (end === 'ies' ? 'y' : '')) : word;

function contentWords(text: string): Set<string> {
  const words = wordsOf(text);
  const content = words.filter((word) => !FILLERS.has(word)).map(stem);
  return new Set(content.length > 0 ? content : words);
}

function fingerprint({ front, back }: CardSides): Fingerprint {
  const [normalFront, normalBack] = [normal(front), normal(back)];
  const telling = wordsOf(normalFront)
    .filter((word) => /[\d+\-*/=<>^%]/.test(word) || NEGATION.test(word))
    .sort()
    .join(' ');
  return {
    front: normalFront,
    back: normalBack,
    frontWords: contentWords(normalFront),
    backWords: contentWords(normalBack),
    telling,
  };
}

function sharedWords(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const [small, large] = a.size <= b.size ? [a, b] : [b, a];
  let shared = 0;
  for (const word of small) if (large.has(word)) shared++;
  return shared;
}

function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  if (a.size === 0 || b.size === 0) return a.size === b.size ? 1 : 0;
  const shared = sharedWords(a, b);
  return shared / (a.size + b.size - shared);
}

/** How much of the shorter answer the longer one says. */
function containment(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const least = Math.min(a.size, b.size);
  return least === 0 ? 1 : sharedWords(a, b) / least;
}

/** Cards by what the same question would share with them, so that a new one is compared with few. */
class KnownCards {
  readonly #fronts = new Set<string>();
  readonly #byWord = new Map<string, Fingerprint[]>();

  add(card: Fingerprint): void {
    this.#fronts.add(card.front);
    for (const key of keysOf(card)) {
      const own = this.#byWord.get(key);
      if (own) own.push(card);
      else this.#byWord.set(key, [card]);
    }
  }

  has(card: Fingerprint): boolean {
    if (card.front !== '' && this.#fronts.has(card.front)) return true;
    return keysOf(card).some((key) => this.#byWord.get(key)?.some((other) => isNearly(card, other)));
  }
}

/**
 * Two sets of which nearly all is shared also share one of their first words, in any order both are sorted by: so many
 * as may be missing, and one.
 */
function keysOf({ frontWords, telling }: Fingerprint): string[] {
  const first = frontWords.size - Math.ceil(SAME_FRONT * frontWords.size) + 1;
  return [...frontWords]
    .sort()
    .slice(0, first)
    .map((word) => `${telling}\n${word}`);
}

const isNearly = (a: Fingerprint, b: Fingerprint): boolean =>
  overlap(a.frontWords, b.frontWords) >= SAME_FRONT && containment(a.backWords, b.backWords) >= SAME_BACK;

/**
 * Splits new cards into those to keep and those that ask what the deck, or an earlier card of the same batch, asks
 * already: the same front, or nearly its words with nearly the same answer. A different number or a negation is a
 * different question.
 */
export function withoutDuplicates<Card extends CardSides>(
  cards: readonly Card[],
  existing: readonly CardSides[],
): { fresh: Card[]; duplicates: Card[] } {
  const known = new KnownCards();
  for (const card of existing) known.add(fingerprint(card));
  const fresh: Card[] = [];
  const duplicates: Card[] = [];
  for (const card of cards) {
    const own = fingerprint(card);
    if (known.has(own)) duplicates.push(card);
    else {
      fresh.push(card);
      known.add(own);
    }
  }
  return { fresh, duplicates };
}
