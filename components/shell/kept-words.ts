'use client';

import { useEffect } from 'react';
import { useLive } from '@/components/live/live-provider';

/** Fields of words. A password is kept nowhere; what keeps its words itself, or must not be filled in again, says so. */
const FIELDS = ['textarea', 'input:not([type])', 'input[type=text]']
  .map((field) => `${field}:not([data-unkept], [data-unkept] *)`)
  .join();
type Field = HTMLTextAreaElement | HTMLInputElement;

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

/**
 * Words that are typed and not sent outlive a reload of this tab, in every field of the app. A field that goes away, as
 * when a form is saved or left, takes its words along.
 */
export function useKeptWords(): void {
  const { userId } = useLive();
  useEffect(() => {
    const key = `clerva-words:${userId}`;
    const left = wordsIn(key);
    const typed = new Map<Field, string>();
    const keep = () => {
      // A field that is empty again was sent, by whichever key.
      for (const field of typed.keys()) if (field.value === '' || !field.isConnected) typed.delete(field);
      const words = [...left, ...[...typed].map(([field, place]) => [place, field.value])];
      try {
        window.sessionStorage.setItem(key, JSON.stringify(words));
      } catch {
        // They stay on the page alone.
      }
    };
    const look = () => {
      if (typed.size > 0) keep();
      if (left.size === 0) return;
      for (const field of fieldsOfPage()) {
        const words = left.get(placeOf(field));
        if (words === undefined || typed.has(field)) continue;
        left.delete(placeOf(field));
        write(field, words);
      }
    };
    const onInput = ({ target }: Event) => {
      if (!(target instanceof Element) || !target.matches(FIELDS)) return;
      typed.set(target as Field, placeOf(target as Field));
      keep();
    };
    // What is sent is where it belongs; a form that stays with the same words would bring them back over newer ones.
    const onSubmit = ({ target }: Event) => {
      for (const field of typed.keys()) if ((target as Node).contains(field)) typed.delete(field);
      keep();
    };
    document.addEventListener('input', onInput);
    document.addEventListener('submit', onSubmit);
    window.addEventListener('pagehide', keep);
    const watch = new MutationObserver(look);
    watch.observe(document.body, { childList: true, subtree: true });
    look();
    return () => {
      watch.disconnect();
      document.removeEventListener('input', onInput);
      document.removeEventListener('submit', onSubmit);
      window.removeEventListener('pagehide', keep);
    };
  }, [userId]);
}
