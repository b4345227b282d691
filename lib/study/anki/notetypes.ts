import { z } from 'zod';
import type { AnkiDatabase } from './database.ts';
import { readMessage, textField } from './protobuf.ts';

export type NoteType = {
  isCloze: boolean;
  fields: string[];
  templates: { question: string; answer: string }[];
};

const modelSchema = z.object({
  type: z.coerce.number().catch(0),
  flds: z.array(z.object({ name: z.string() })),
  tmpls: z.array(z.object({ qfmt: z.string().catch(''), afmt: z.string().catch('') })),
});
const deckSchema = z.object({ name: z.string() });

function jsonColumn(value: unknown): Record<string, unknown> {
  try {
    const parsed: unknown = JSON.parse(String(value ?? '{}'));
    return typeof parsed === 'object' && parsed !== null ? { ...parsed } : {};
  } catch {
    // Collections of schema 15 and later leave these columns empty and keep the same in tables.
    return {};
  }
}

const bytesOf = (value: unknown) => (value instanceof Uint8Array ? value : new Uint8Array());
const NOTETYPE_KIND = 1;
const QUESTION_FORMAT = 1;
const ANSWER_FORMAT = 2;
const KIND_CLOZE = 1;

/** The note types of a collection, from JSON in old ones and from tables in new ones. */
export function noteTypesOf(database: AnkiDatabase): Map<number, NoteType> {
  if (!database.has('notetypes')) {
    const [row] = database.rows('select models from col limit 1');
    const types = Object.entries(jsonColumn(row?.models)).flatMap(([id, value]) => {
      const parsed = modelSchema.safeParse(value);
      if (!parsed.success) return [];
      const { type, flds, tmpls } = parsed.data;
      const templates = tmpls.map(({ qfmt, afmt }) => ({ question: qfmt, answer: afmt }));
      return [
        [Number(id), { isCloze: type === 1, fields: flds.map(({ name }) => name), templates }] as const,
      ];
    });
    return new Map(types);
  }
  const types = new Map<number, NoteType>();
  for (const { id, config } of database.rows('select id, config from notetypes')) {
    const isCloze = readMessage(bytesOf(config)).get(NOTETYPE_KIND) === KIND_CLOZE;
    types.set(Number(id), { isCloze, fields: [], templates: [] });
  }
  for (const { ntid, ord, name } of database.rows('select ntid, ord, name from fields')) {
    const type = types.get(Number(ntid));
    if (type) type.fields[Number(ord)] = String(name);
  }
  for (const { ntid, ord, config } of database.rows('select ntid, ord, config from templates')) {
    const fields = readMessage(bytesOf(config));
    const type = types.get(Number(ntid));
    if (!type) continue;
    type.templates[Number(ord)] = {
      question: textField(fields, QUESTION_FORMAT),
      answer: textField(fields, ANSWER_FORMAT),
    };
  }
  return types;
}

/** The decks' names by id; the levels of new collections are parted by a control character. */
export function deckNamesOf(database: AnkiDatabase): Map<number, string> {
  if (database.has('decks')) {
    const rows = [...database.rows('select id, name from decks')];
    return new Map(rows.map(({ id, name }) => [Number(id), String(name).replaceAll('\u001f', '::')]));
  }
  const [row] = database.rows('select decks from col limit 1');
  return new Map(
    Object.entries(jsonColumn(row?.decks)).flatMap(([id, value]) => {
      const deck = deckSchema.safeParse(value);
      return deck.success ? [[Number(id), deck.data.name] as const] : [];
    }),
  );
}
