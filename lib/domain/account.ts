import { z } from 'zod';
import { saidSchema } from './said.ts';

/** What of a file was not read, or read only as far as it could be: told on the document, and in answers that would need it. */
const pageNumbers = z.array(z.int().positive()).max(1_000);
const tally = z.int().min(0).max(10_000_000);

export const accountSchema = z.object({
  /** Pages with text, of all. */
  pagesRead: tally.default(0),
  pageCount: tally.default(0),
  /** Pages that are pictures. */
  pictures: pageNumbers.default([]),
  /** Pages whose text makes no sense. */
  undecodable: pageNumbers.default([]),
  /** Pages that are pictures and were read all the same: their text may hold errors. */
  fromPictures: pageNumbers.default([]),
  /** Those of them that a model read. */
  byModel: pageNumbers.default([]),
  equations: tally.default(0),
  /** Comments and marks of others, which are no part of the text. */
  annotations: tally.default(0),
  /** Pieces that a person does not see. */
  hiddenText: tally.default(0),
  /** Pictures that stand in the text. */
  droppedPictures: tally.default(0),
  /** The encoding it was read in, where that had to be guessed or was chosen, and one that makes about as much sense of it. */
  encoding: z.string().max(60).nullable().default(null),
  rivalEncoding: z.string().max(60).nullable().default(null),
  /** Other sentences for the student. */
  notes: z.array(z.string().max(300)).max(20).default([]),
  /** What they are made of, and the sentence of a reading that failed. */
  said: saidSchema.default({}),
});
export type Account = z.output<typeof accountSchema>;

const EMPTY: Account = accountSchema.parse({});

/** Parts of one file, read one after the other, as one account. */
export function joinedAccount(parts: readonly Account[]): Account {
  const sum = (key: 'pagesRead' | 'equations' | 'annotations' | 'hiddenText' | 'droppedPictures') =>
    parts.reduce((total, part) => total + part[key], 0);
  return {
    pagesRead: sum('pagesRead'),
    pageCount: Math.max(0, ...parts.map(({ pageCount }) => pageCount)),
    pictures: parts.flatMap(({ pictures }) => pictures).slice(0, 1_000),
    undecodable: parts.flatMap(({ undecodable }) => undecodable).slice(0, 1_000),
    fromPictures: parts.flatMap(({ fromPictures }) => fromPictures).slice(0, 1_000),
    byModel: parts.flatMap(({ byModel }) => byModel).slice(0, 1_000),
    equations: sum('equations'),
    annotations: sum('annotations'),
    hiddenText: sum('hiddenText'),
    droppedPictures: sum('droppedPictures'),
    encoding: parts.find(({ encoding }) => encoding !== null)?.encoding ?? null,
    rivalEncoding: parts.find(({ rivalEncoding }) => rivalEncoding !== null)?.rivalEncoding ?? null,
    notes: [...new Set(parts.flatMap(({ notes }) => notes))].slice(0, 20),
    said: Object.assign({}, ...parts.map(({ said }) => said)),
  };
}

/** What is stored may be of an older shape: what cannot be read says nothing. */
export function accountOf(stored: unknown): Account {
  return accountSchema.safeParse(stored ?? {}).data ?? EMPTY;
}
