import { z } from 'zod';
import { MAX_SIDE_CHARACTERS } from '../../domain/bounds.ts';
import { AppError } from '../../errors.ts';
import { clozeIndexes } from '../cards/cloze.ts';
import { collectionOf } from './archive.ts';
import { type AnkiDatabase, openCollection } from './database.ts';
import { clozeFromAnki, mediaIn, textOfField } from './fields.ts';
import { revlogRowSchema } from './history.ts';
import { deckNamesOf, type NoteType, noteTypesOf } from './notetypes.ts';
import { type AnkiCard, ankiCardSchema, scheduleOf } from './read-card.ts';
import { BASIC_MODEL, CLOZE_MODEL } from './schema.ts';
import { backTemplate, renderTemplate } from './template.ts';
import type { PortableCard, ReadPackage } from './types.ts';

export const MAX_IMPORT_CARDS = 20_000;
const FIELD_SEPARATOR = '\u001f';

const noteSchema = z.object({
  id: z.number(),
  guid: z.string(),
  mid: z.number(),
  tags: z.string(),
  flds: z.string(),
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
      message: `This package has ${count?.n} cards, and ${MAX_IMPORT_CARDS} fit at a time. Export one deck at a time.`,
    });
  }
  const types = noteTypesOf(database);
  const decks = deckNamesOf(database);
  const [col] = database.rows('select crt from col limit 1');
  const createdSeconds = Number(col?.crt ?? 0);
  const notes = new Map<number, Note>();
  for (const note of readable(noteSchema, database.rows('select id, guid, mid, tags, flds from notes'))) {
    notes.set(note.id, note);
  }
  const reviews = database.rows('select id, cid, ease, ivl, lastIvl, factor, time, type from revlog');
  const revlog = Map.groupBy(readable(revlogRowSchema, reviews), ({ cid }) => cid);

  const read: ReadPackage = { cards: [], skipped: 0, media: 0 };
  for (const note of notes.values()) read.media += mediaIn(note.flds);
  const columns = 'id, nid, did, ord, type, queue, due, ivl, factor, reps, lapses, left, odue, odid, data';
  for (const row of database.rows(`select ${columns} from cards order by id`)) {
    const card = ankiCardSchema.safeParse(row).data;
    const note = card && notes.get(card.nid);
    const type = note && types.get(note.mid);
    const sides = card && note && type ? sidesOf(card, note, type) : null;
    if (!card || !note || !sides) {
      read.skipped += 1;
      continue;
    }
    const deck = decks.get(card.odid === 0 ? card.did : card.odid) ?? 'Anki';
    const schedule = scheduleOf(card, revlog.get(card.id) ?? [], createdSeconds, now);
    revlog.delete(card.id);
    read.cards.push({
      ...sides,
      ...schedule,
      topic: topicOf(note.tags),
      deck: deck.slice(0, 120).trim() || 'Anki',
    });
  }
  return read;
}

function* readable<T>(schema: z.ZodType<T>, rows: Iterable<unknown>): Generator<T> {
  for (const row of rows) {
    const { data } = schema.safeParse(row);
    if (data !== undefined) yield data;
  }
}

type Sides = Pick<PortableCard, 'guid' | 'clozeIndex' | 'kind' | 'front' | 'back'>;

/** What stands on both sides of a card; null when a side is empty without its pictures, or too long. */
function sidesOf(card: AnkiCard, note: Note, type: NoteType): Sides | null {
  const values = note.flds.split(FIELD_SEPARATOR);
  const fits = (text: string) => text.length > 0 && text.length <= MAX_SIDE_CHARACTERS;
  if (type.isCloze) {
    const [text = '', ...others] = values.map(textOfField);
    const front = note.mid === CLOZE_MODEL ? clozeFromAnki(text) : text;
    const clozeIndex = card.ord + 1;
    const back = (note.mid === CLOZE_MODEL ? [others[0] ?? ''] : others).filter(Boolean).join('\n\n');
    if (!fits(front) || back.length > MAX_SIDE_CHARACTERS || !clozeIndexes(front).includes(clozeIndex))
      return null;
    return { guid: guidOf(note), clozeIndex, kind: 'cloze', front, back };
  }
  const template = type.templates[card.ord];
  if (!template) return null;
  const fields = new Map(type.fields.map((name, index) => [name, values[index] ?? '']));
  const isOurs = note.mid === BASIC_MODEL;
  const front = textOfField(isOurs ? (values[0] ?? '') : renderTemplate(template.question, fields));
  const back = textOfField(
    isOurs ? (values[1] ?? '') : renderTemplate(backTemplate(template.answer), fields),
  );
  if (!fits(front) || !fits(back)) return null;
  // The cards of one note are cards of their own here.
  const guid = card.ord === 0 ? guidOf(note) : `${guidOf(note)}:${card.ord}`;
  return { guid, clozeIndex: 1, kind: 'basic', front, back };
}

const guidOf = ({ guid, id }: Note) => (guid.length > 0 && guid.length <= 100 ? guid : `note-${id}`);

/** The first tag that says something, as words. Anki's own marks say nothing of the subject. */
function topicOf(tags: string): string | null {
  const tag = tags.split(/\s+/).find((one) => one !== '' && !/^(?:leech|marked)$/i.test(one));
  return tag?.split('::').at(-1)?.replaceAll('_', ' ').trim().slice(0, 200) || null;
}
