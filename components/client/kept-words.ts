'use client';

import { useEffect } from 'react';
import { readStored, writeStored } from './stored';

/** Fields of words. A password is kept nowhere; what keeps its words itself, or must not be filled in again, says so. */
const FIELDS = [
  'textarea',
  'input:not([type])',
  ...['text', 'email', 'search', 'number', 'date', 'time'].map((type) => `input[type=${type}]`),
]
  .map((field) => `${field}:not([data-unkept], [data-unkept] *)`)
  .join();
type Field = HTMLTextAreaElement | HTMLInputElement;
/** Parts of a page begin to listen one after the other, on a busy machine late. */
const AGAIN_EVERY_MS = 300;
const LATEST_MS = 30_000;

const fieldsOfPage = () => [...document.querySelectorAll<Field>(FIELDS)];
const labelOf = (field: Field) => field.labels?.[0]?.textContent ?? field.ariaLabel ?? '';
/** A name tells apart fields that are called the same, as the lines of different questions are. */
const calledOf = (field: Field) => `${labelOf(field)} ${field.name}`;
const pageOf = (place: string) => place.split(' ', 1)[0];

/** The same before and after a reload: the page, what the field is called, and which it is of those called so. */
function placeOf(field: Field): string {
  const called = calledOf(field);
  const place = fieldsOfPage()
    .filter((other) => calledOf(other) === called)
    .indexOf(field);
  return `${window.location.pathname} ${called} ${place}`;
}

/** Writes into a field as a hand does, so that whoever draws it learns of it. */
function write(field: Field, words: string) {
  const { prototype } = field instanceof HTMLTextAreaElement ? HTMLTextAreaElement : HTMLInputElement;
  Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(field, words);
  field.dispatchEvent(new Event('input', { bubbles: true }));
}

/** What was typed; where it was sent, what else may stand there if it did not arrive. */
type Words = { words: string; sentOver?: string[] };

function wordsIn(key: string): Map<string, Words> {
  try {
    return new Map(JSON.parse(readStored(key, 'sessionStorage') ?? '[]'));
  } catch {
    // Something else is kept there.
    return new Map();
  }
}

/** What was left behind by the page before this one, and what is being typed on it. */
class KeptWords {
  readonly #key: string;
  readonly #left: Map<string, Words>;
  readonly #typed = new Map<Field, { place: string; isSent: boolean }>();
  /** What stood in a field as a hand came to it, and what was sent from it since. */
  readonly #stood = new WeakMap<Field, Set<string>>();
  /** What was filled in while the page around it may not have listened yet, and would draw over it. */
  readonly #given = new Map<Field, string>();

  constructor(userId: string) {
    this.#key = `clerva-words:${userId}`;
    this.#left = wordsIn(this.#key);
  }

  readonly keep = (): void => {
    const words = [...this.#typed].flatMap(([field, { place, isSent }]): [string, Words][] => {
      const others = [...(this.#stood.get(field) ?? [''])].filter((stood) => stood !== field.value);
      const typed = { words: field.value, ...(isSent && { sentOver: others }) };
      // A field that is empty again was sent, by whichever key.
      if (field.value !== '' && field.isConnected) return [[place, typed]];
      this.#typed.delete(field);
      // A form that closes takes its words along. With a page that is left, or drawn anew before a hand came to it, they wait.
      const isLeft =
        !field.isConnected && (this.#given.delete(field) || pageOf(place) !== window.location.pathname);
      if (isLeft && !isSent && field.value !== '') this.#left.set(place, typed);
      return [];
    });
    writeStored(this.#key, JSON.stringify([...this.#left, ...words]), 'sessionStorage');
  };

  /** Fills in the fields that have come, and lets go of those that went. */
  readonly look = (): void => {
    if (this.#typed.size > 0) this.keep();
    if (this.#left.size === 0) return;
    for (const field of fieldsOfPage()) {
      const place = placeOf(field);
      const left = this.#left.get(place);
      if (left === undefined || this.#typed.has(field)) continue;
      this.#left.delete(place);
      // What was sent and arrived stands there by now, or what was written after it.
      if (left.sentOver?.includes(field.value) === false) continue;
      this.#stood.set(field, new Set([field.value]));
      this.#given.set(field, left.words);
      write(field, left.words);
    }
  };

  /** Fills in once more what was drawn over. */
  readonly again = (): void => {
    for (const [field, words] of this.#given) {
      if (!field.isConnected) this.#given.delete(field);
      else if (field.value !== words) write(field, words);
    }
  };

  /** From here on what stands in a field is the student's. */
  readonly leave = (): void => this.#given.clear();

  readonly onFocus = ({ target }: Event): void => {
    if (!(target instanceof Element) || !target.matches(FIELDS)) return;
    const field = target as Field;
    if (!this.#typed.has(field)) this.#stood.set(field, new Set([field.value]));
  };

  readonly onInput = ({ target }: Event): void => {
    if (!(target instanceof Element) || !target.matches(FIELDS)) return;
    this.#typed.set(target as Field, { place: placeOf(target as Field), isSent: false });
    this.keep();
  };

  /** What is sent may not arrive: it is kept for as long as it stands there, and comes back over nothing newer. */
  readonly onSubmit = ({ target }: Event): void => {
    for (const [field, { place }] of this.#typed) {
      if (!(target as Node).contains(field)) continue;
      this.#typed.set(field, { place, isSent: true });
      this.#stood.get(field)?.add(field.value);
    }
    this.keep();
  };
}

/**
 * Words that are typed and have not arrived outlive a reload of this tab, another page and signing in again, in every
 * field of the app. A field that goes away from its page, as when a form is saved or closed, takes its words along.
 */
export function useKeptWords(userId: string): void {
  useEffect(() => {
    const words = new KeptWords(userId);
    const watch = new MutationObserver(words.look);
    watch.observe(document.body, { childList: true, subtree: true });
    document.addEventListener('focusin', words.onFocus);
    document.addEventListener('input', words.onInput);
    document.addEventListener('submit', words.onSubmit);
    const hands = ['keydown', 'pointerdown', 'paste'];
    for (const hand of hands) document.addEventListener(hand, words.leave, true);
    const timer = setInterval(words.again, AGAIN_EVERY_MS);
    const end = setTimeout(() => clearInterval(timer), LATEST_MS);
    window.addEventListener('pagehide', words.keep);
    words.look();
    return () => {
      clearInterval(timer);
      clearTimeout(end);
      for (const hand of hands) document.removeEventListener(hand, words.leave, true);
      watch.disconnect();
      document.removeEventListener('focusin', words.onFocus);
      document.removeEventListener('input', words.onInput);
      document.removeEventListener('submit', words.onSubmit);
      window.removeEventListener('pagehide', words.keep);
    };
  }, [userId]);
}
