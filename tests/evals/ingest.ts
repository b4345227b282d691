import { randomUUID } from 'node:crypto';
import { extname } from 'node:path';
import { DEFAULT_LIMITS } from '../../lib/ingestion/extract/index.ts';
import {
  CHUNKS_PER_STEP,
  chunkPages,
  type EmbeddedBatch,
  type ExtractedBatch,
  embedChunks,
  extractPages,
  fingerprint,
  type IngestionDependencies,
  indexInForce,
  publish,
  refuseWithoutText,
} from '../../lib/ingestion/pipeline.ts';
import { beginIngestion } from '../../lib/ingestion/store.ts';
import type { CorpusFile } from './corpus.ts';
import { EMBEDDING_MODEL, type EvalStack, type EvalStudent } from './stack.ts';

/** Puts a file into Storage and reads it with the steps of the ingestion job, one after the other. */
export async function addDocument(stack: EvalStack, student: EvalStudent, file: CorpusFile): Promise<string> {
  const documentId = randomUUID();
  const filePath = `${student.id}/${documentId}/original${extname(file.name)}`;
  const uploaded = await stack.serviceDb.storage
    .from('documents')
    .upload(filePath, new Blob([file.bytes], { type: file.mimeType }), { contentType: file.mimeType });
  if (uploaded.error) throw uploaded.error;
  const inserted = await stack.serviceDb
    .from('doc_source')
    .insert({
      id: documentId,
      user_id: student.id,
      title: file.name,
      source_type: 'upload',
      file_name: file.name,
      file_path: filePath,
      mime_type: file.mimeType,
      size_bytes: file.bytes.length,
    })
    .select('ingest_run')
    .single();
  if (inserted.error) throw inserted.error;

  const deps: IngestionDependencies = {
    db: stack.serviceDb,
    embed: async (texts) => ({ vectors: await stack.embed(texts), tokens: 0, costUsd: 0 }),
    embeddingModel: EMBEDDING_MODEL,
    limits: DEFAULT_LIMITS,
  };
  const reading = { documentId, run: inserted.data.ingest_run };
  const job = await beginIngestion(stack.serviceDb, reading, indexInForce(deps));
  if (!job) throw new Error(`The reading of ${file.name} could not begin.`);
  const { contentHash } = await fingerprint(deps, job);
  const pages: ExtractedBatch[] = [];
  for (let page: number | null = 1; page !== null; ) {
    const batch: ExtractedBatch = await extractPages(deps, job, page);
    pages.push(batch);
    page = batch.next;
  }
  refuseWithoutText(pages);
  const { chunks, isEnglish } = await chunkPages(deps, job);
  const batches: EmbeddedBatch[] = [];
  for (let from = 0; from < chunks; from += CHUNKS_PER_STEP) {
    batches.push(await embedChunks(deps, job, { from, total: chunks }));
  }
  await publish(deps, job, { contentHash, isEnglish, locator: pages[0]?.locator, batches });
  return documentId;
}

/** The student's documents by the name the questions use. */
export async function addDocuments(
  stack: EvalStack,
  student: EvalStudent,
  files: readonly CorpusFile[],
): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  for (const file of files) names.set(await addDocument(stack, student, file), file.name);
  return names;
}
