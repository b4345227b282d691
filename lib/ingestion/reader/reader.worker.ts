import { readlinkSync } from 'node:fs';
import { basename } from 'node:path';
import { parentPort } from 'node:worker_threads';
import { busyTimes } from '../../calendar/busy-times.ts';
import { parseCalendar } from '../../calendar/parse-calendar.ts';
import { weeklyBusy } from '../../calendar/weekly-busy.ts';
import { toAppError } from '../../errors.ts';
import { chunkWeights, indexedText } from '../../retrieval/sparse-bm25.ts';
import { isEnglishDocument } from '../../retrieval/tokenizer.ts';
import { type CardParcels, parcelsOf } from '../../study/anki/parcels.ts';
import { readAnkiPackage } from '../../study/anki/read.ts';
import { textCards } from '../../study/cards/text-cards.ts';
import { chunkDocument, documentText } from '../chunk.ts';
import { decodeText } from '../extract/encoding.ts';
import { extractDocument } from '../extract/index.ts';

type TextFile = { bytes: Uint8Array; kind: 'csv' | 'lines'; deck: string | null; now: Date };

/** Everything that is done to what a stranger made: from their bytes or text to what the app keeps of it. */
const works = {
  document: extractDocument,
  chunks(pages: readonly { page: number; content: string }[]) {
    const isEnglish = isEnglishDocument(documentText(pages));
    const chunks = chunkDocument(pages).map((chunk) => ({
      ...chunk,
      weights: chunkWeights(indexedText(chunk.headingPath, chunk.content), isEnglish),
    }));
    return { isEnglish, chunks };
  },
  anki({ bytes, now }: { bytes: Uint8Array; now: Date }) {
    const { cards, ...read } = readAnkiPackage(bytes, now);
    return { ...read, skippedLines: [], ...parcelsOf(cards) };
  },
  cards({ bytes, kind, deck, now }: TextFile) {
    const { cards, ...read } = textCards(decodeText(bytes).text, kind, deck, now);
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

export type Task = { [Work in keyof Works]: { work: Work; input: Parameters<Works[Work]>[0] } }[keyof Works];
export type Answer =
  | { value: object }
  | { failure: Pick<ReturnType<typeof toAppError>, 'code' | 'message' | 'retryable'> & { cause?: string } };

async function answerTo({ work, input }: Task): Promise<Answer> {
  try {
    // Task pairs each work with its own input, which a call through a variable name cannot follow.
    return { value: await (works[work] as (input: unknown) => object)(input) };
  } catch (error) {
    const { code, message, retryable, cause } = toAppError(error);
    return {
      failure: { code, message, retryable, ...(cause === undefined ? {} : { cause: String(cause) }) },
    };
  }
}

const buffersOf = ({ parcels }: Partial<CardParcels>) => parcels?.map(({ buffer }) => buffer) ?? [];

/** The number the system knows this thread by, so that its work can be measured from outside. */
function threadOnLinux(): string | null {
  try {
    return basename(readlinkSync('/proc/thread-self'));
  } catch {
    // No Linux: the pool goes by the clock.
    return null;
  }
}

// What one file's reader leaves behind after its answer must not end the reading of the next.
process.on('unhandledRejection', () => undefined);
parentPort?.on('message', async (task: Task) => {
  const answer = await answerTo(task);
  // Handed over, not copied.
  parentPort?.postMessage(answer, 'value' in answer ? buffersOf(answer.value) : []);
});
parentPort?.postMessage(threadOnLinux());
