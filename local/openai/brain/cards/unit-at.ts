import type { Passage } from '../answer/passages.ts';
import type { Unit } from '../facts/types.ts';

/** A place of the notes that the rules of facts did not take up, as they describe one. */
export const unitAt = (passage: Passage, text: string, heading: string): Unit => ({
  passage,
  text,
  clean: text,
  kind: 'prose',
  heading,
  order: 0,
  keys: '',
  opensSection: false,
});
