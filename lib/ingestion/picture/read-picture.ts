import { type ResourceLimits, Worker } from 'node:worker_threads';
import type { PictureWord } from '../../domain/document.ts';
import { logger } from '../../observability/logger.ts';
import { processState } from '../../process-state.ts';
import { readableLength } from '../extract/clean.ts';
import { createPool, type Pool } from '../reader/pool.ts';
import type { PictureWorks } from './picture.worker.ts';

/** Makes text of the picture of a page: formulas as LaTeX, tables as tables, an empty text where there is none. */
export type Transcribe = (page: { jpeg: Uint8Array; studentId: string }) => Promise<string>;

export type PicturePage = { bytes: Uint8Array; extension: string; page: number };
export type PictureReading = {
  text: string;
  outcome: 'read' | 'blank' | 'unclear';
  isByModel?: boolean;
  /** Of print that was read here: where each word stands on the page. */
  words?: PictureWord[];
};

/**
 * A pool of its own, so that a pile of scans never holds up a text. A page of print takes a second or two of work, a dense
 * newspaper five; what takes more is no page of notes. The engine's own memory is beside the heap.
 */
const pictureThread = (resourceLimits: ResourceLimits) =>
  new Worker(new URL('./picture.worker.ts', import.meta.url), { execArgv: [], resourceLimits });
const BOUNDS = { threads: 1, cpuMs: 12_000, heapMb: 256 };
const aside = (): Pool<PictureWorks> =>
  processState('pictures', () => createPool<PictureWorks>(pictureThread, BOUNDS));

/** By a model that sees where there is one and it answers, else by the print on it. */
export async function readPicture(
  studentId: string,
  page: PicturePage,
  { languages, transcribe }: { languages: readonly string[]; transcribe: Transcribe | null },
): Promise<PictureReading> {
  const seen = transcribe && (await look(studentId, page, transcribe));
  if (seen) return seen;
  const { text, isClear, words } = await aside().read(studentId, 'read', { ...page, languages });
  if (!isClear) return { text: '', outcome: 'unclear' };
  return text === '' ? { text, outcome: 'blank' } : { text, outcome: 'read', words };
}

/** One page as a picture that a model can be shown. */
export const drawPage = (studentId: string, page: PicturePage) => aside().read(studentId, 'draw', page);

/** Undefined when the model does not answer, for whatever reason: print can be read without it. */
async function look(
  studentId: string,
  page: PicturePage,
  transcribe: Transcribe,
): Promise<PictureReading | undefined> {
  const { jpeg, isBlank } = await drawPage(studentId, page);
  if (isBlank) return { text: '', outcome: 'blank' };
  try {
    const text = (await transcribe({ jpeg, studentId })).trim();
    return { text, outcome: readableLength(text) === 0 ? 'unclear' : 'read', isByModel: true };
  } catch (error) {
    logger().warn({ err: error }, 'a picture is read by its print alone');
    return undefined;
  }
}
