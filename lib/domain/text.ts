import { z } from 'zod';

/** The longest name of a document, a conversation, a plan, a task, a goal or a topic. */
export const MAX_TITLE_CHARACTERS = 200;
/** The longest name of a course or a deck. */
export const MAX_LABEL_CHARACTERS = 120;
/** The longest text that is searched for by its words. */
export const MAX_QUERY_CHARACTERS = 200;

/** One typed line that has to say something. */
export const line = (maxCharacters: number) => z.string().trim().min(1).max(maxCharacters);
export const title = line(MAX_TITLE_CHARACTERS);

/** A change that names nothing is a mistake of whoever sends it. */
export const namesAField = (fields: object): boolean => Object.keys(fields).length > 0;
