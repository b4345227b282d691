'use client';

import { useEffect } from 'react';
import { useLive } from '@/components/live/live-provider';

/** Fields of words. A password is kept nowhere; what keeps its words itself, or must not be filled in again, says so. */
const FIELDS = [
  'textarea',
  'input:not([type])',
  ...['text', 'search', 'number', 'date'].map((type) => `input[type=${type}]`),
]
  .map((field) => `${field}:not([data-unkept], [data-unkept] *)`)
  .join();
type Field = HTMLTextAreaElement | HTMLInputElement;
/** Parts of a page begin to listen one after the other, on a busy machine late. */
const AGAIN_EVERY_MS = 300;
const LATEST_MS = 30_000;

const fieldsOfPage = () => [...document.querySelectorAll<Field>(FIELDS)];
const labelOf = (field: Field) => field.labels?.[0]?.textContent ?? field.ariaLabel ?? field.name;

/** The same before and after a reload: the page, what the field is called, and which it is of those called so. */
function placeOf(field: Field): string {
  const label = labelOf(field);
  const place = fieldsOfPage()
    .filter((other) => labelOf(other) === label)
    .indexOf(field);
  return `${window.location.pathname} ${label} ${place}`;
}

/** Writes into a field as a hand does, so that whoever draws it learns of it. */
function write(field: Field, words: string) {
  const { prototype } = field instanceof HTMLTextAreaElement ? HTMLTextAreaElement : HTMLInputElement;
  Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(field, words);
  field.dispatchEvent(new Event('input', { bubbles: true }));
}

function wordsIn(key: string): Map<string, string> {
  try {
    return new Map(JSON.parse(window.sessionStorage.getItem(key) ?? '[]'));
  } catch {
    // Storage is switched off, or holds something else: nothing is kept.
    return new Map();
  }
}

/** What was left behind by the page before this one, and what is being typed on it. */
class KeptWords {
  readonly #key: string;
  readonly #left: Map<string, string>;
  readonly #typed = new Map<Field, string>();
  /** What was filled in while the page around it may not have listened yet, and would draw over it. */
  readonly #given = new Map<Field, string>();

  constructor(userId: string) {
    this.#key = `clerva-words:${userId}`;
    this.#left = wordsIn(this.#key);
  }

  readonly keep = (): void => {
    // A field that is empty again was sent, by whichever key.
    for (const field of this.#typed.keys())
      if (field.value === '' || !field.isConnected) this.#typed.delete(field);
    const words = [...this.#left, ...[...this.#typed].map(([field, place]) => [place, field.value])];
    try {
      window.sessionStorage.setItem(this.#key, JSON.stringify(words));
    } catch {
      // They stay on the page alone.
    }
  };

  /** Fills in the fields that have come, and lets go of those that went. */
  readonly look = (): void => {
    if (this.#typed.size > 0) this.keep();
    if (this.#left.size === 0) return;
    for (const field of fieldsOfPage()) {
      const words = this.#left.get(placeOf(field));
      if (words === undefined || this.#typed.has(field)) continue;
      this.#left.delete(placeOf(field));
      this.#given.set(field, words);
      write(field, words);
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

  readonly onInput = ({ target }: Event): void => {
    if (!(target instanceof Element) || !target.matches(FIELDS)) return;
    this.#typed.set(target as Field, placeOf(target as Field));
    this.keep();
  };

  /** What is sent is where it belongs; a form that stays with the same words would bring them back over newer ones. */
  readonly onSubmit = ({ target }: Event): void => {
    for (const field of this.#typed.keys()) if ((target as Node).contains(field)) this.#typed.delete(field);
    this.keep();
  };
}

/**
 * Words that are typed and not sent outlive a reload of this tab, in every field of the app. A field that goes away, as
 * when a form is saved or left, takes its words along.
 */
export function useKeptWords(): void {
  const { userId } = useLive();
  useEffect(() => {
    const words = new KeptWords(userId);
    const watch = new MutationObserver(words.look);
    watch.observe(document.body, { childList: true, subtree: true });
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
      document.removeEventListener('input', words.onInput);
      document.removeEventListener('submit', words.onSubmit);
      window.removeEventListener('pagehide', words.keep);
    };
  }, [userId]);
}
