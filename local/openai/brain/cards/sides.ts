import { namesItself } from '../facts/clause.ts';
import type { Knowledge } from '../facts/types.ts';
import { FORMULA } from '../text/plain.ts';
import type { Inside } from './inside.ts';
import type { Draft } from './types.ts';

/** What a card shows, without the place it comes from. */
export type Sides = Pick<Draft, 'kind' | 'form' | 'front' | 'back' | 'weight'>;

/** What a sentence is read against: the terms of all the notes, and how they write them. */
export type Notes = { terms: Knowledge['terms']; inside: Inside };

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** A formula counts as one word. */
export const wordsIn = (text: string): number =>
  text.replace(FORMULA, 'x').split(/\s+/).filter(Boolean).length;

export const isNamed = (subject: string): boolean => namesItself(subject) && !subject.includes(',');

export const question = (front: string, back: string, weight: number): Sides => ({
  kind: 'basic',
  form: 'question',
  front,
  back: capital(back),
  weight,
});

export const term = (front: string, back: string, weight: number): Sides => ({
  kind: 'basic',
  form: 'term',
  front: capital(front),
  back: capital(back),
  weight,
});
