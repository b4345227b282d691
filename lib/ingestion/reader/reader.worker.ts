import { busyTimes } from '../../calendar/busy-times.ts';
import { parseCalendar } from '../../calendar/parse-calendar.ts';
import { weeklyBusy } from '../../calendar/weekly-busy.ts';
import type { ImportKind } from '../../domain/deck.ts';
import { type AnchoredPage, placesIn, type TextQuote } from '../../retrieval/anchor.ts';
import { chunkWeights, indexedText } from '../../retrieval/sparse-bm25.ts';
import { isEnglishDocument } from '../../retrieval/tokenizer.ts';
import { type CardParcels, parcelsOf } from '../../study/anki/parcels.ts';
import { readAnkiPackage } from '../../study/anki/read.ts';
import { type Decks, sheetCards, textCards } from '../../study/cards/text-cards.ts';
import { chunkDocument, documentText } from '../chunk.ts';
import { compareQuotes } from '../compare.ts';
import { cleanText } from '../extract/clean.ts';
import { decodeText } from '../extract/encoding.ts';
import { extractDocument } from '../extract/index.ts';
import { odpDrawing } from '../extract/odp-drawing.ts';
import { pptxDrawing } from '../extract/pptx-drawing.ts';
import { toSections } from '../extract/sections.ts';
import { firstSheet } from '../extract/xlsx.ts';
import { cutRecording, planRecording } from '../recording/index.ts';
import { sketchOf } from '../sketch.ts';
import { readVault } from '../vault.ts';
import { serveWorks } from './serve.ts';

/** Of a picture in a note its description is read, and of its settings nothing. */
const withoutAddresses = (note: string): string =>
  note.replace(/^---\r?\n[\s\S]*?\r?\n---\r?\n/, '').replace(/!\[([^\]\n]*)\]\([^)\n]*\)/g, '$1');

type TextFile = { bytes: Uint8Array; kind: Exclude<ImportKind, 'apkg'>; now: Date } & Decks;

/** Everything that is done to what a stranger made: from their bytes or text to what the app keeps of it. */
const works = {
  document: extractDocument,
  planRecording,
  cutRecording,
  vault: ({ bytes }: { bytes: Uint8Array }) => readVault(bytes),
  notes(texts: readonly string[]) {
    return texts.map((text) => {
      const pages = toSections(cleanText(withoutAddresses(text)));
      return { pages, ...works.chunks(pages) };
    });
  },
  chunks(pages: readonly { page: number; content: string }[]) {
    const text = documentText(pages);
    const isEnglish = isEnglishDocument(text);
    const chunks = chunkDocument(pages).map((chunk) => ({
      ...chunk,
      weights: chunkWeights(indexedText(chunk.headingPath, chunk.content), isEnglish),
    }));
    return { isEnglish, chunks, sketch: sketchOf(text) };
  },
  versions: compareQuotes,
  slide: ({ bytes, reader, page }: { bytes: Uint8Array; reader: 'pptx' | 'odp'; page: number }) => ({
    slide: reader === 'pptx' ? pptxDrawing(bytes, page) : odpDrawing(bytes, page),
  }),
  places: ({ pages, sought }: { pages: readonly AnchoredPage[]; sought: readonly TextQuote[] }) =>
    sought.map(placesIn(pages, { isOtherVersion: true })),
  anki({ bytes, now }: { bytes: Uint8Array; now: Date }) {
    const { cards, ...read } = readAnkiPackage(bytes, now);
    return { ...read, skippedLines: [], ...parcelsOf(cards) };
  },
  cards({ bytes, kind, now, ...decks }: TextFile) {
    const { cards, ...read } =
      kind === 'xlsx'
        ? sheetCards(firstSheet(bytes), decks, now)
        : textCards(decodeText(bytes).text, kind, decks, now);
    return { ...read, ...parcelsOf(cards) };
  },
  calendar({ text, now, timezone }: { text: string; now: Date; timezone: string }) {
    const { busy, events, skipped } = busyTimes(parseCalendar(text), now, timezone);
    return { busy: weeklyBusy(busy, now, timezone), events, skipped, timezone };
  },
  async calculate({ expression }: { expression: string }) {
    // The library is large, and few threads ever calculate.
    const { calculate } = await import('../../study/calculate.ts');
    return calculate(expression);
  },
};
export type Works = typeof works;

serveWorks(works, ({ parcels }: Partial<CardParcels>) => parcels?.map(({ buffer }) => buffer) ?? []);
