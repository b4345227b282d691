import { createHash } from 'node:crypto';
import type { SupabaseClient } from '@supabase/supabase-js';
import { storeError } from '../db/errors.ts';
import type { Database } from '../db/types.gen.ts';
import { type Account, joinedAccount } from '../domain/account.ts';
import { bucketOf, isPaged, READ_FROM_PICTURE } from '../domain/document.ts';
import { titleInMetadata } from '../domain/document-title.ts';
import { AppError } from '../errors.ts';
import { sentence } from '../language/text.ts';
import { indexedText } from '../retrieval/sparse-bm25.ts';
import { INDEX_VERSION } from './chunk.ts';
import {
  chunkDraft,
  readChunkDrafts,
  readPageDraft,
  readPageDrafts,
  saveChunkDrafts,
  saveEmbeddingDrafts,
  savePageDrafts,
} from './drafts.ts';
import { cleanText, readableLength } from './extract/clean.ts';
import { type Extraction, type ExtractLimits, noTextError, textLength } from './extract/index.ts';
import { extensionOf, isRecording, kindOfName, storedTypeOf } from './kinds.ts';
import { type PictureReading, readPicture, type Transcribe } from './picture/read-picture.ts';
import { readAside } from './reader/pool.ts';
import type { Hear } from './recording/transcribe.ts';
import {
  copyDocument,
  type DocumentCounts,
  findSameContent,
  type IndexKind,
  type IngestionJob,
  nameByItself,
  noteOnDocument,
  type PublishedFacts,
  publishDocument,
  raiseProgress,
  recordCost,
  saveFetched,
  saveProgress,
} from './store.ts';
import { fileTooLarge } from './upload.ts';
import { readUrl } from './url/read-url.ts';

export type Hearing = {
  hear: Hear;
  model: string;
  maxBytes: number;
  usdPerMinute: number;
  /** How much is heard at a time. */
  pieceSeconds: number;
};

/**
 * The steps of a reading, each a plain function that may run twice: what it writes it writes under the same keys. They
 * give back ids and counts only, because a job's results are kept by the queue, and a student's text has no place there.
 */
export type IngestionDependencies = {
  /** Acts with every right: documents are read for the student while nobody is signed in. */
  db: SupabaseClient<Database>;
  /** Null where words alone rank: nothing is embedded. */
  embed:
    | ((texts: readonly string[]) => Promise<{ vectors: number[][]; tokens: number; costUsd: number }>)
    | null;
  embeddingModel: string;
  /** Languages of print on pictures, as the engine names them. */
  ocrLanguages?: readonly string[];
  /** Missing where no model hears: recordings are refused then. */
  hearing?: Hearing | undefined;
  /** Missing where no model sees: only print is read then. */
  transcribe?: Transcribe | undefined;
  limits: Pick<ExtractLimits, 'maxBytes' | 'maxPages'>;
  /** Names within a private network whose pages may be read. */
  allowedHosts?: readonly string[];
};

/** Said of pictures that only a model could read. */
const NEEDS_A_MODEL = sentence('With a model key, handwriting and photos are read too.');

/** What a document is indexed by now. Whatever was indexed otherwise is read anew. */
export const indexInForce = ({ embeddingModel }: IngestionDependencies): IndexKind => ({
  version: INDEX_VERSION,
  embeddingModel,
});

/** Where each stage begins on the bar, in per cent. Most of the time goes into pages and vectors. */
export const PROGRESS = { extracting: 2, chunking: 55, embedding: 60, storing: 95 } as const;

/**
 * A dense page of a book costs up to 40 ms of work on a slow core, where a hundred of them went past what one reading may cost.
 * Fifty lose little when the process dies.
 */
const PAGES_PER_STEP = 50;
export const CHUNKS_PER_STEP = 100;
/** A book says what it is called on one of its first pages. */
const TITLE_PAGES = 3;

export async function download(
  { db, limits, hearing }: IngestionDependencies,
  job: IngestionJob,
): Promise<Uint8Array> {
  const maxBytes = isRecording(kindOfName(job.filePath)) ? (hearing?.maxBytes ?? 0) : limits.maxBytes;
  if (maxBytes === 0) throw new AppError('hearing_unavailable');
  const { data, error } = await db.storage.from(bucketOf(job.filePath)).download(job.filePath);
  if (error) {
    const status = 'status' in error ? Number(error.status) : Number.NaN;
    const isGone = status === 404 || status === 400 || /not.?found/i.test(error.message);
    throw isGone ? new AppError('file_missing', { cause: error }) : storeError(error);
  }
  if (data.size > maxBytes) throw fileTooLarge(data.size, maxBytes);
  return new Uint8Array(await data.arrayBuffer());
}

/** Fetches the page of an address and keeps it as it was read; the job goes on with the file. */
export async function fetchSource(deps: IngestionDependencies, job: IngestionJob): Promise<IngestionJob> {
  if (job.sourceUrl === null || job.isFetched) return job;
  const { maxBytes } = deps.limits;
  const file = await readUrl(job.sourceUrl, { maxBytes, allowedHosts: deps.allowedHosts ?? [] });
  const filePath = job.filePath.replace(/\.[a-z0-9]+$/, `.${file.extension}`);
  const contentType = storedTypeOf(file.fileName) ?? 'application/octet-stream';
  const stored = await deps.db.storage
    .from(bucketOf(filePath))
    .upload(filePath, file.bytes, { contentType, upsert: true });
  if (stored.error) throw storeError(stored.error);
  await saveFetched(deps.db, job, { ...file, filePath });
  return { ...job, filePath, fileName: file.fileName, mimeType: file.mimeType, isFetched: true };
}

/**
 * The content's hash. When the student has a ready document with the same content, its reading is copied and the job
 * is done.
 */
export async function fingerprint(
  deps: IngestionDependencies,
  job: IngestionJob,
): Promise<{ contentHash: string; copied: DocumentCounts | null }> {
  const bytes = await download(deps, job);
  if (bytes.length === 0) throw new AppError('file_empty');
  const contentHash = createHash('sha256').update(bytes).digest('hex');
  const same = await findSameContent(deps.db, job, contentHash);
  return { contentHash, copied: same ? await copyDocument(deps.db, same, job.documentId) : null };
}

export type ExtractedBatch = {
  /** The first page of the next batch; null when this was the last. */
  next: number | null;
  pageCount: number;
  locator: Extraction['locator'];
  emptyPages: number[];
  account: Account;
  characters: number;
};

/** Reads pages from `pageFrom` on into drafts. Formats without pages are parsed whole anyway and take one step. */
export async function extractPages(
  deps: IngestionDependencies,
  job: IngestionJob,
  pageFrom: number,
): Promise<ExtractedBatch> {
  const bytes = await download(deps, job);
  const kind = kindOfName(job.filePath);
  const pageTo = kind && isPaged(kind.locator) ? pageFrom + PAGES_PER_STEP - 1 : undefined;
  const { title, pages, pageCount, locator, emptyPages, account } = await readAside(job.userId, 'document', {
    bytes,
    mimeType: job.mimeType,
    fileName: job.fileName,
    encoding: job.encoding ?? undefined,
    isWebPage: job.sourceUrl !== null,
    arePicturesRead: true,
    pageFrom,
    pageTo,
    limits: deps.limits,
  });
  await savePageDrafts(
    deps.db,
    pages.map(({ page, label, content }) => ({
      doc_id: job.documentId,
      user_id: job.userId,
      page,
      label,
      content,
      char_count: content.length,
    })),
  );
  const firstPages = pages.slice(0, TITLE_PAGES).map(({ content }) => content);
  const named = titleInMetadata(title, firstPages.join('\n'));
  // What the file says beside its text goes before its first heading.
  if (named !== null) await nameByItself(deps.db, job, `# ${named}`);
  const read = Math.min(pageTo ?? pageCount, pageCount);
  const share = pageCount === 0 ? 1 : read / pageCount;
  await saveProgress(deps.db, job, {
    pages_read: read,
    ...(job.isReread ? {} : { page_count: pageCount, locator }),
    progress: Math.round(PROGRESS.extracting + share * (PROGRESS.chunking - PROGRESS.extracting)),
  });
  return {
    next: read < pageCount ? read + 1 : null,
    pageCount,
    locator,
    emptyPages,
    account,
    characters: textLength(pages),
  };
}

/** A longer pile of scans takes its time; beyond it pages stay pictures. */
const MOST_PICTURES = 400;

/** Pages that are read from their pictures. A damaged slide has none. */
export function picturesOf(batches: readonly ExtractedBatch[]): number[] {
  const locator = batches[0]?.locator;
  if (locator !== 'page' && locator !== 'slide') return [];
  const { pictures, undecodable } = joinedAccount(batches.map(({ account }) => account));
  return [...new Set(locator === 'page' ? [...pictures, ...undecodable] : pictures)]
    .sort((a, b) => a - b)
    .slice(0, MOST_PICTURES);
}

/** A reading of a picture counts when it gives so much more than the page's own text. */
const READS_MORE = 1.2;

export type SeenPage = {
  page: number;
  outcome: PictureReading['outcome'] | 'needs model';
  isByModel?: boolean | undefined;
  characters: number;
};

/** Reads one page that is a picture into its draft. A page that cannot be read stays what it is, and so does the file. */
export async function lookAtPage(
  deps: IngestionDependencies,
  job: IngestionJob,
  page: number,
): Promise<SeenPage> {
  const bytes = await download(deps, job);
  const extension = extensionOf(job.filePath) ?? '';
  const read = await readPicture(
    job.userId,
    { bytes, extension, page },
    { languages: deps.ocrLanguages ?? ['eng'], transcribe: deps.transcribe ?? null },
  ).catch((error: unknown): PictureReading => {
    if (error instanceof AppError && !error.retryable) return { text: '', outcome: 'unclear' };
    throw error;
  });
  // A sign of life; how far it is does not change much with one page.
  await saveProgress(deps.db, job, { stage: 'extracting' });
  const content = cleanText(read.text);
  // What a page with a caption says already is not read from it a second time.
  const held = read.outcome === 'read' ? await readPageDraft(deps.db, job.documentId, page) : undefined;
  if (held && readableLength(content) <= READS_MORE * readableLength(held.content)) {
    return { page, outcome: 'unclear', characters: 0 };
  }
  if (read.outcome === 'read') {
    await savePageDrafts(deps.db, [
      {
        doc_id: job.documentId,
        user_id: job.userId,
        page,
        label: READ_FROM_PICTURE,
        content,
        words: read.words ?? null,
        char_count: content.length,
      },
    ]);
  }
  const { isByModel } = read;
  const needsModel = read.outcome === 'unclear' && !isByModel;
  return { page, outcome: needsModel ? 'needs model' : read.outcome, isByModel, characters: content.length };
}

/** What the batches found, with what was read of their pictures. */
export function withSeen(batches: readonly ExtractedBatch[], seen: readonly SeenPage[]): ExtractedBatch[] {
  const of = (outcome: SeenPage['outcome']) =>
    new Set(seen.filter((one) => one.outcome === outcome).map(({ page }) => page));
  const [read, blank, needModel] = [of('read'), of('blank'), of('needs model')];
  const isOpen = (page: number) => !read.has(page) && !blank.has(page);
  return batches.map((batch, index) => {
    const { account } = batch;
    const known = new Set([...account.pictures, ...account.undecodable]);
    const fromPictures = [...read].filter((page) => known.has(page));
    const solved = [...known].filter((page) => !isOpen(page));
    return {
      ...batch,
      emptyPages: batch.emptyPages.filter(isOpen),
      characters:
        batch.characters + seen.reduce((sum, one) => sum + (known.has(one.page) ? one.characters : 0), 0),
      account: {
        ...account,
        fromPictures,
        byModel: seen.flatMap(({ page, isByModel }) =>
          isByModel && fromPictures.includes(page) ? [page] : [],
        ),
        pictures: account.pictures.filter(isOpen),
        undecodable: account.undecodable.filter(isOpen),
        pagesRead: account.pagesRead + solved.length,
        notes: needModel.size > 0 && index === 0 ? [...account.notes, NEEDS_A_MODEL] : account.notes,
      },
    };
  });
}

/** A book read in batches is only known to be pictures throughout when all batches are in. */
export function refuseWithoutText(batches: readonly ExtractedBatch[]): void {
  const emptyPages = batches.flatMap((batch) => batch.emptyPages);
  const characters = batches.reduce((sum, batch) => sum + batch.characters, 0);
  const last = batches.at(-1);
  if (!last || last.pageCount === 0) throw new AppError('file_empty');
  const undecodable = batches.flatMap(({ account }) => account.undecodable);
  if (emptyPages.length + undecodable.length >= last.pageCount) {
    if (!isPaged(last.locator)) throw new AppError('file_empty');
    const isUnseen = batches.some(({ account }) => account.notes.includes(NEEDS_A_MODEL));
    throw noTextError(emptyPages, characters, last.locator, undecodable, isUnseen ? [NEEDS_A_MODEL] : []);
  }
}

/** Cuts the draft pages into chunk drafts with their term weights. */
export async function chunkPages(
  deps: IngestionDependencies,
  job: IngestionJob,
): Promise<{ chunks: number; isEnglish: boolean }> {
  await saveProgress(deps.db, job, { stage: 'chunking', progress: PROGRESS.chunking });
  const pages = await readPageDrafts(deps.db, job.documentId);
  const { isEnglish, chunks, sketch } = await readAside(job.userId, 'chunks', pages);
  if (chunks.length === 0) throw new AppError('file_no_text');
  await nameByItself(deps.db, job, pages[0]?.content ?? '');
  await saveChunkDrafts(
    deps.db,
    job.documentId,
    chunks.map((chunk) => chunkDraft(job.documentId, job.userId, chunk)),
  );
  await saveProgress(deps.db, job, { stage: 'embedding', progress: PROGRESS.embedding, sketch });
  return { chunks: chunks.length, isEnglish };
}

export type EmbeddedBatch = {
  embedded: number;
  tokens: number;
  costUsd: number;
  latencyMs: number;
  /** The server gives nothing that the index can hold: these passages are found by their words. */
  isWithoutVectors?: boolean;
};
/** A server that is busy is asked again later, by whoever can wait. */
export type BusyBatch = { waitSeconds: number };

const FIRST_WAIT_SECONDS = 15;
/** Below the silence after which a reading counts as dead. */
const LONGEST_WAIT_SECONDS = 240;
/** About two hours of waiting: as long as a first upload on the smallest plan may take. */
const MOST_WAITS = 32;

/** Embeds one batch, or says how long to wait before the next attempt. */
export async function embedOrWait(
  deps: IngestionDependencies,
  job: IngestionJob,
  batch: { from: number; total: number; attempt: number },
): Promise<EmbeddedBatch | BusyBatch> {
  try {
    return await embedChunks(deps, job, batch);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.code === 'embedding_unusable') {
      return { embedded: 0, tokens: 0, costUsd: 0, latencyMs: 0, isWithoutVectors: true };
    }
    if (error.code !== 'model_rate_limited' || batch.attempt >= MOST_WAITS) throw error;
    // A sign of life, too.
    await saveProgress(deps.db, job, { stage: 'embedding' });
    const usual = FIRST_WAIT_SECONDS * 2 ** Math.min(batch.attempt, 4);
    return {
      waitSeconds: Math.min(LONGEST_WAIT_SECONDS, Math.ceil(Math.max(error.retryAfterSeconds ?? 0, usual))),
    };
  }
}

/** Six decimals are beyond what ranking can see, and half of what the database would have to parse. */
export const toVectorText = (vector: readonly number[]): string =>
  `[${vector.map((value) => Math.round(value * 1e6) / 1e6).join(',')}]`;

/** Embeds one batch of chunk drafts. Batches run side by side. */
export async function embedChunks(
  deps: IngestionDependencies,
  job: IngestionJob,
  { from, total }: { from: number; total: number },
): Promise<EmbeddedBatch> {
  const startedAt = performance.now();
  const chunks = await readChunkDrafts(deps.db, job.documentId, { from, count: CHUNKS_PER_STEP });
  if (!deps.embed) return { embedded: 0, tokens: 0, costUsd: 0, latencyMs: 0 };
  const { vectors, tokens, costUsd } = await deps.embed(
    chunks.map((chunk) => indexedText(chunk.heading_path, chunk.content)),
  );
  await saveEmbeddingDrafts(
    deps.db,
    chunks.flatMap((chunk, index) => {
      const vector = vectors[index];
      return vector
        ? [{ doc_id: job.documentId, user_id: job.userId, ord: chunk.ord, embedding: toVectorText(vector) }]
        : [];
    }),
  );
  const share = Math.min(1, (from + CHUNKS_PER_STEP) / total);
  const span = PROGRESS.storing - PROGRESS.embedding;
  await raiseProgress(deps.db, job, Math.round(PROGRESS.embedding + share * span));
  return {
    embedded: chunks.length,
    tokens,
    costUsd,
    latencyMs: Math.round(performance.now() - startedAt),
  };
}

/** Makes the document readable in one transaction, and notes what its vectors cost. */
export async function publish(
  deps: IngestionDependencies,
  job: IngestionJob,
  { batches, ...facts }: PublishedFacts & { batches: readonly EmbeddedBatch[] },
): Promise<DocumentCounts> {
  await saveProgress(deps.db, job, { stage: 'storing', progress: PROGRESS.storing });
  const counts = await publishDocument(deps.db, job, facts);
  if (batches.some(({ isWithoutVectors }) => isWithoutVectors)) {
    await noteOnDocument(deps.db, job, new AppError('embedding_unusable'));
  }
  if (!deps.embed) return counts;
  const sum = (figure: 'tokens' | 'costUsd' | 'latencyMs') =>
    batches.reduce((total, batch) => total + batch[figure], 0);
  await recordCost(deps.db, {
    event_type: 'embedding',
    user_id: job.userId,
    trace_id: `ingest-${job.documentId}-${job.run}`,
    model: job.index.embeddingModel,
    latency_ms: sum('latencyMs'),
    token_count: sum('tokens'),
    input_tokens: sum('tokens'),
    cost_usd: sum('costUsd'),
    metadata: { documentId: job.documentId, chunks: counts.chunkCount },
  });
  return counts;
}
