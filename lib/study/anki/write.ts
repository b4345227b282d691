import { DatabaseSync } from 'node:sqlite';
import { strToU8, zipSync } from 'fflate';
import { PHASE } from '../../domain/card.ts';
import { checksum, FIELD_SEPARATOR, fieldOfText, sidesForAnki, sortKey, tagsFor } from './fields.ts';
import { revlogOf } from './history.ts';
import {
  BASIC_MODEL,
  CLOZE_MODEL,
  collectionConfig,
  deckJson,
  deckOptions,
  models,
  SCHEMA,
  SCHEMA_VERSION,
} from './schema.ts';
import type { ExportedCard } from './types.ts';

const DAY_SECONDS = 86_400;
const FIRST_HOUR_SECONDS = 4 * 3_600;
const EASE = 2_500;
const USN = -1;

/** The collection begins at four in the morning of the day before anything in it, so that no day is negative. */
function createdSeconds(cards: readonly ExportedCard[], now: Date): number {
  let earliestMs = now.getTime();
  for (const { state, reviews } of cards) {
    earliestMs = Math.min(earliestMs, Date.parse(state.due), Date.parse(reviews[0]?.reviewedAt ?? state.due));
  }
  const day = Math.floor(earliestMs / 1_000 / DAY_SECONDS) - 1;
  return Math.max(0, day * DAY_SECONDS + FIRST_HOUR_SECONDS);
}

const daysSince = (createdAtSeconds: number, instant: string) =>
  Math.floor((Date.parse(instant) / 1_000 - createdAtSeconds) / DAY_SECONDS);

/** What Anki keeps of a card's schedule, in the order of its columns: from its type to the steps that are left. */
function scheduleOf({ state, suspended }: ExportedCard, position: number, created: number): number[] {
  const isStep = state.state === PHASE.learning || state.state === PHASE.relearning;
  const due =
    state.state === PHASE.unseen
      ? position
      : isStep
        ? Math.round(Date.parse(state.due) / 1_000)
        : daysSince(created, state.due);
  const steps = state.state === PHASE.relearning ? 1 : 2;
  const queue = suspended ? -1 : state.state === PHASE.relearning ? 1 : state.state;
  const ivl = state.state === PHASE.unseen ? 0 : Math.max(isStep ? 0 : 1, state.scheduledDays);
  const factor = state.state === PHASE.unseen ? 0 : EASE;
  const left = isStep ? Math.max(1, steps - state.learningSteps) * 1_001 : 0;
  return [state.state, queue, due, ivl, factor, state.reps, state.lapses, left];
}

/** FSRS memory as Anki keeps it beside a card. */
const memoryOf = ({ state, desiredRetention }: ExportedCard): string =>
  state.state === PHASE.unseen
    ? '{}'
    : JSON.stringify({
        s: state.stability,
        d: state.difficulty,
        dr: desiredRetention,
        ...(state.lastReview === null ? {} : { lrt: Math.floor(Date.parse(state.lastReview) / 1_000) }),
      });

/** Cards of one cloze text are one note; every other card has a note of its own. */
function notesOf(cards: readonly ExportedCard[]): ExportedCard[][] {
  const noteOf = ({ kind, guid, clozeIndex }: ExportedCard) =>
    kind === 'cloze' ? `cloze ${guid}` : `basic ${guid} ${clozeIndex}`;
  return [...Map.groupBy(cards, noteOf).values()];
}

/** Writes cards with their schedule, history and pictures as the file every Anki opens: schema 11 in `collection.anki2`. */
export function writeAnkiPackage(
  cards: readonly ExportedCard[],
  now: Date,
  pictures: ReadonlyMap<string, Uint8Array> = new Map(),
): Uint8Array<ArrayBuffer> {
  const media = [...pictures];
  const named = JSON.stringify(Object.fromEntries(media.map(([name], index) => [index, name])));
  const files = media.map(([, bytes], index) => [index, [bytes, { level: 0 }]] as const);
  return zipSync(
    { 'collection.anki2': writeCollection(cards, now), media: strToU8(named), ...Object.fromEntries(files) },
    { level: 6, mtime: now },
  );
}

function writeCollection(cards: readonly ExportedCard[], now: Date): Uint8Array {
  const nowMs = now.getTime();
  const nowSeconds = Math.floor(nowMs / 1_000);
  const created = createdSeconds(cards, now);
  const deckIds = new Map(
    [...new Set(cards.map(({ deck }) => deck))].map((name, index) => [name, nowMs + index]),
  );
  const decks = {
    1: deckJson(1, 'Default', nowSeconds),
    ...Object.fromEntries([...deckIds].map(([name, id]) => [id, deckJson(id, name, nowSeconds)])),
  };
  const database = new DatabaseSync(':memory:');
  try {
    database.exec(SCHEMA);
    database.exec('begin');
    database
      .prepare(`insert into col values (1, ?, ?, ?, ?, 0, 0, 0, ?, ?, ?, ?, '{}')`)
      .run(
        created,
        nowMs,
        nowMs,
        SCHEMA_VERSION,
        JSON.stringify(collectionConfig(deckIds.values().next().value ?? 1)),
        JSON.stringify(models(nowSeconds)),
        JSON.stringify(decks),
        JSON.stringify(deckOptions),
      );
    writeNotes(database, { notes: notesOf(cards), deckIds, created, nowMs });
    database.exec('commit');
    // A copy: what SQLite gives back belongs to the database that is about to close.
    return new Uint8Array(database.serialize());
  } finally {
    database.close();
  }
}

type Writing = {
  notes: ExportedCard[][];
  deckIds: ReadonlyMap<string, number>;
  created: number;
  nowMs: number;
};

function writeNotes(database: DatabaseSync, { notes, deckIds, created, nowMs }: Writing): void {
  const nowSeconds = Math.floor(nowMs / 1_000);
  const insertNote = database.prepare(`insert into notes values (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?)`);
  const insertCard = database.prepare(
    'insert into cards values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, 0, ?)',
  );
  const insertReview = database.prepare('insert into revlog values (?, ?, ?, ?, ?, ?, ?, ?, ?)');
  const takenTimes = new Set<number>();
  let cardId = nowMs;
  notes.forEach((cards, index) => {
    const [first] = cards;
    if (!first) return;
    const isCloze = first.kind === 'cloze';
    const sides = sidesForAnki(first);
    const [front = ''] = sides;
    const fields = [...sides, fieldOfText(first.sourceLine ?? '')].join(FIELD_SEPARATOR);
    const tags = ` ${tagsFor(first)} `.replace(/^ {2}$/, '');
    const words = JSON.stringify(cards.map((card) => [card.clozeIndex, card.front, card.back]));
    const noteId = nowMs + index;
    const model = isCloze ? CLOZE_MODEL : BASIC_MODEL;
    const [key, sum] = [sortKey(front), checksum(front)];
    insertNote.run(noteId, first.guid, model, nowSeconds, USN, tags, fields, key, sum, words);
    for (const card of cards) {
      const deckId = deckIds.get(card.deck) ?? 1;
      const ord = isCloze ? card.clozeIndex - 1 : 0;
      const schedule = scheduleOf(card, index + 1, created);
      cardId += 1;
      insertCard.run(cardId, noteId, deckId, ord, nowSeconds, USN, ...schedule, memoryOf(card));
      for (const row of revlogOf(card.reviews, card.state)) {
        // The time of a review is its id, and two cards may have been reviewed by two devices at the same instant.
        let id = row.id;
        while (takenTimes.has(id)) id += 1;
        takenTimes.add(id);
        insertReview.run(id, cardId, USN, row.ease, row.ivl, row.lastIvl, row.factor, row.time, row.type);
      }
    }
  });
}
