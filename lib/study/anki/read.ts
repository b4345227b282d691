import { z } from 'zod';
import { MAX_SIDE_CHARACTERS } from '../../domain/bounds.ts';
import type { SkipReason } from '../../domain/deck.ts';
import { AppError } from '../../errors.ts';
import { say } from '../../language/said.ts';
import { clozeIndexes } from '../cards/cloze.ts';
import { collectionOf } from './archive.ts';
import { type AnkiDatabase, openCollection } from './database.ts';
import {
  clozeFromAnki,
  FIELD_SEPARATOR,
  mediaIn,
  sidesForAnki,
  tagsIn,
  textOfField,
  topicOf,
} from './fields.ts';
import { revlogRowSchema } from './history.ts';
import { deckNamesOf, type NoteType, noteTypesOf } from './notetypes.ts';
import { type AnkiCard, ankiCardSchema, scheduleOf } from './read-card.ts';
import { BASIC_MODEL, CLOZE_MODEL } from './schema.ts';
import { backTemplate, renderTemplate } from './template.ts';
import type { PortableCard, ReadPackage } from './types.ts';

export const MAX_IMPORT_CARDS = 20_000;

const noteSchema = z.object({
  id: z.number(),
  guid: z.string(),
  mid: z.number(),
  tags: z.string(),
  flds: z.string(),
  data: z.string().catch(''),
});
type Note = z.output<typeof noteSchema>;

/** Reads an Anki package, old or new, with schedule and history. Pictures and sounds are counted and left behind. */
export function readAnkiPackage(bytes: Uint8Array, now: Date): ReadPackage {
  const { bytes: collection } = collectionOf(bytes);
  const database = openCollection(collection);
  try {
    if (!(['col', 'notes', 'cards', 'revlog'] as const).every((table) => database.has(table))) {
      throw new AppError('file_damaged', { message: 'This package holds no cards that could be read.' });
    }
    return readCollection(database, now);
  } finally {
    database.close();
  }
}

function readCollection(database: AnkiDatabase, now: Date): ReadPackage {
  const [count] = database.rows('select count(*) as n from cards');
  if (Number(count?.n) > MAX_IMPORT_CARDS) {
    throw new AppError('file_too_large', {
      message: () =>
        say('This package has {count} cards, and {most} fit at a time. Export one deck at a time.', {
          count: Number(count?.n),
          most: MAX_IMPORT_CARDS,
        }),
    });
  }
  const types = noteTypesOf(database);
  const decks = deckNamesOf(database);
  const [col] = database.rows('select crt from col limit 1');
  const createdSeconds = Number(col?.crt ?? 0);
  const notes = new Map<number, Note>();
  for (const note of readable(
    noteSchema,
    database.rows('select id, guid, mid, tags, flds, data from notes'),
  )) {
    notes.set(note.id, note);
  }
  const reviews = database.rows('select id, cid, ease, ivl, lastIvl, factor, time, type from revlog');
  const revlog = Map.groupBy(readable(revlogRowSchema, reviews), ({ cid }) => cid);

  const read: ReadPackage = { cards: [], skipped: 0, reasons: {}, media: 0 };
  for (const note of notes.values()) read.media += mediaIn(note.flds);
  const columns = 'id, nid, did, ord, type, queue, due, ivl, factor, reps, lapses, left, odue, odid, data';
  for (const row of database.rows(`select ${columns} from cards order by id`)) {
    const card = ankiCardSchema.safeParse(row).data;
    const note = card && notes.get(card.nid);
    const type = note && types.get(note.mid);
    const sides = card && note && type ? sidesOf(card, note, type) : 'unreadable';
    if (!card || !note || typeof sides === 'string') {
      const reason = typeof sides === 'string' ? sides : 'unreadable';
      read.skipped += 1;
      read.reasons[reason] = (read.reasons[reason] ?? 0) + 1;
      continue;
    }
    const deck = decks.get(card.odid === 0 ? card.did : card.odid) ?? 'Anki';
    const schedule = scheduleOf(card, revlog.get(card.id) ?? [], createdSeconds, now);
    revlog.delete(card.id);
    read.cards.push({
      ...sides,
      ...schedule,
      topic: topicOf(note.tags, isOurs(note.mid)),
      tags: tagsIn(note.tags, isOurs(note.mid)),
      deck: deck.slice(0, 120).trim() || 'Anki',
    });
  }
  return read;
}

const isOurs = (model: number) => model === BASIC_MODEL || model === CLOZE_MODEL;

function* readable<T>(schema: z.ZodType<T>, rows: Iterable<unknown>): Generator<T> {
  for (const row of rows) {
    const { data } = schema.safeParse(row);
    if (data !== undefined) yield data;
  }
}

type Sides = Pick<PortableCard, 'guid' | 'clozeIndex' | 'kind' | 'front' | 'back'>;

const wordsSchema = z.array(z.tuple([z.int(), z.string(), z.string()]));

/**
 * What a note of ours says of its cards word for word, which markup cannot. It holds as long as the fields say the same:
 * somebody may have changed them in Anki.
 */
function wordsOf(note: Note, kind: PortableCard['kind']): z.output<typeof wordsSchema> {
  try {
    const words = wordsSchema.parse(JSON.parse(note.data));
    const [, front, back] = words[0] ?? [0, '', ''];
    const isSame = note.flds.startsWith([...sidesForAnki({ kind, front, back }), ''].join(FIELD_SEPARATOR));
    return isSame ? words : [];
  } catch {
    // Anki leaves this column empty.
    return [];
  }
}

/** What stands on both sides of a card, or why it is none here: a side is empty without its pictures, or too long. */
function sidesOf(card: AnkiCard, note: Note, type: NoteType): Sides | SkipReason {
  const sides = type.isCloze ? clozeSides(card, note) : basicSides(card, note, type);
  if (sides === null) return 'unreadable';
  if (sides.front === '' || (sides.kind === 'basic' && sides.back === '')) return 'empty';
  return Math.max(sides.front.length, sides.back.length) > MAX_SIDE_CHARACTERS ? 'too_long' : sides;
}

function clozeSides(card: AnkiCard, note: Note): Sides | null {
  const isOurs = note.mid === CLOZE_MODEL;
  const clozeIndex = card.ord + 1;
  const guid = guidOf(note);
  const known = isOurs && wordsOf(note, 'cloze').find(([index]) => index === clozeIndex);
  if (known) return { guid, clozeIndex, kind: 'cloze', front: known[1], back: known[2] };
  const [text = '', ...others] = note.flds.split(FIELD_SEPARATOR).map(textOfField);
  const front = isOurs ? clozeFromAnki(text) : text;
  const back = (isOurs ? [others[0] ?? ''] : others).filter(Boolean).join('\n\n');
  if (front !== '' && !clozeIndexes(front).includes(clozeIndex)) return null;
  return { guid, clozeIndex, kind: 'cloze', front, back };
}

function basicSides(card: AnkiCard, note: Note, type: NoteType): Sides | null {
  const template = type.templates[card.ord];
  if (!template) return null;
  const isOurs = note.mid === BASIC_MODEL;
  const [known] = isOurs ? wordsOf(note, 'basic') : [];
  if (known) return { guid: guidOf(note), clozeIndex: 1, kind: 'basic', front: known[1], back: known[2] };
  const values = note.flds.split(FIELD_SEPARATOR);
  const fields = new Map(type.fields.map((name, index) => [name, values[index] ?? '']));
  const front = isOurs ? (values[0] ?? '') : renderTemplate(template.question, fields);
  const back = isOurs ? (values[1] ?? '') : renderTemplate(backTemplate(template.answer), fields);
  // The cards of one note are cards of their own here.
  const guid = card.ord === 0 ? guidOf(note) : `${guidOf(note)}:${card.ord}`;
  return { guid, clozeIndex: 1, kind: 'basic', front: textOfField(front), back: textOfField(back) };
}

/** As much as a name here holds, with room for the number of a card. */
const MAX_GUID_CHARACTERS = 110;
const guidOf = ({ guid, id }: Note) =>
  guid.length > 0 && guid.length <= MAX_GUID_CHARACTERS ? guid : `note-${id}`;
