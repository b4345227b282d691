import { z } from 'zod';
import { MAX_TITLE_CHARACTERS } from './bounds.ts';

/** One typed line that has to say something. */
export const line = (maxCharacters: number) => z.string().trim().min(1).max(maxCharacters);
export const title = line(MAX_TITLE_CHARACTERS);

export const share = z.number().min(0).max(1);
export const count = z.int().min(0);

/** A change that names nothing is a mistake of whoever sends it. */
export const namesAField = (fields: object): boolean => Object.keys(fields).length > 0;
