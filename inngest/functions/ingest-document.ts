import type { GetStepTools } from 'inngest';
import { createServiceClient } from '../../lib/db/clients.ts';
import { joinedAccount } from '../../lib/domain/account.ts';
import { isRecording, kindOfName } from '../../lib/ingestion/kinds.ts';
import {
  CHUNKS_PER_STEP,
  chunkPages,
  type EmbeddedBatch,
  type ExtractedBatch,
  embedOrWait,
  extractPages,
  fetchSource,
  fingerprint,
  indexInForce,
  lookAtPage,
  picturesOf,
  publish,
  refuseWithoutText,
  type SeenPage,
  withSeen,
} from '../../lib/ingestion/pipeline.ts';
import { hearPiece, planHearing, writeTranscript } from '../../lib/ingestion/recording/steps.ts';
import {
  beginIngestion,
  failIngestion,
  type IngestionJob,
  type PublishedFacts,
} from '../../lib/ingestion/store.ts';
import { countIngestion } from '../../lib/operations/metrics.ts';
import { inngest } from '../client.ts';
import { ingestionDependencies } from '../dependencies.ts';
import { documentDeleted, documentUploaded } from '../events.ts';
import { failureOf, isSuperseded, withVerdict } from '../failure.ts';

/**
 * Reads a document: from a file in Storage to pages and chunks that can be searched. Every step may run twice and gives
 * back ids and counts only; the text waits in drafts that nobody sees until the last step publishes them at once.
 */
export const ingestDocument = inngest.createFunction(
  {
    id: 'ingest-document',
    triggers: [documentUploaded],
    // Enough for a server that restarts, and the waits between them stay below what reconcile-documents calls dead.
    retries: 4,
    idempotency: 'event.data.requestId',
    // Steps at a time. One student's pile of notes must not hold up everybody else's.
    concurrency: [
      { limit: 4, key: 'event.data.documentId' },
      { limit: 5, key: 'event.data.userId' },
    ],
    cancelOn: [{ event: documentDeleted, match: 'data.documentId' }],
    onFailure: async ({ event, error, step }) => {
      const { documentId, run } = event.data.event.data;
      await step.run('tell-the-student', () => {
        const failure = failureOf(error);
        countIngestion('failed', failure.code);
        return failIngestion(createServiceClient(), { documentId, run, ...failure });
      });
    },
  },
  async ({ event, step }) => {
    try {
      return await read(event.data, step);
    } catch (error) {
      // Deleted meanwhile, or asked for anew: the newer run has the document, and this one is over.
      if (isSuperseded(error)) return { outcome: 'superseded' as const };
      throw error;
    }
  },
);

async function read(reading: { documentId: string; run: number }, step: GetStepTools<typeof inngest>) {
  const begun = await step.run('begin', () =>
    withVerdict('begin', () => {
      const deps = ingestionDependencies();
      return beginIngestion(deps.db, reading, indexInForce(deps));
    }),
  );
  if (!begun) return { outcome: 'superseded' as const };
  if (begun.stored) return finish(begun, begun.stored, step);

  const job =
    begun.sourceUrl === null || begun.isFetched
      ? begun
      : await step.run('fetch', () =>
          withVerdict('fetch', () => fetchSource(ingestionDependencies(), begun)),
        );

  const { contentHash, copied } = await step.run('fingerprint', () =>
    withVerdict('fingerprint', async () => {
      const found = await fingerprint(ingestionDependencies(), job);
      if (found.copied) countIngestion('copied');
      return found;
    }),
  );
  if (copied) return { outcome: 'copied' as const, ...copied };

  const found = isRecording(kindOfName(job.filePath))
    ? [await hear(job, step)]
    : await withPictures(job, await extract(job, step), step);
  const { chunks, isEnglish } = await step.run('chunk', () =>
    withVerdict('chunk', async () => {
      refuseWithoutText(found);
      return chunkPages(ingestionDependencies(), job);
    }),
  );
  const account = joinedAccount(found.map((batch) => batch.account));
  return finish(job, { contentHash, chunks, isEnglish, locator: found[0]?.locator, account }, step);
}

/** Each batch of pages is a step of its own. */
async function extract(job: IngestionJob, step: GetStepTools<typeof inngest>): Promise<ExtractedBatch[]> {
  const batches: ExtractedBatch[] = [];
  for (let page: number | null = 1; page !== null; ) {
    const pageFrom: number = page;
    const batch: ExtractedBatch = await step.run(`extract-${pageFrom}`, () =>
      withVerdict('extract', () => extractPages(ingestionDependencies(), job, pageFrom)),
    );
    batches.push(batch);
    page = batch.next;
  }
  return batches;
}

/** A piece of a recording is a step of its own: what was heard is not paid for twice. */
async function hear(job: IngestionJob, step: GetStepTools<typeof inngest>): Promise<ExtractedBatch> {
  const plan = await step.run('plan', () =>
    withVerdict('plan', () => planHearing(ingestionDependencies(), job)),
  );
  for (const [index] of plan.pieces.entries()) {
    await step.run(`hear-${index + 1}`, () =>
      withVerdict('hear', () => hearPiece(ingestionDependencies(), job, { ...plan, index })),
    );
  }
  return step.run('transcript', () =>
    withVerdict('transcript', () => writeTranscript(ingestionDependencies(), job, plan)),
  );
}

/** Each picture is a step of its own: a server that dies loses one page. */
async function withPictures(
  job: IngestionJob,
  batches: readonly ExtractedBatch[],
  step: GetStepTools<typeof inngest>,
): Promise<ExtractedBatch[]> {
  const seen: SeenPage[] = [];
  for (const page of picturesOf(batches)) {
    seen.push(
      await step.run(`look-${page}`, () =>
        withVerdict('look', () => lookAtPage(ingestionDependencies(), job, page)),
      ),
    );
  }
  return withSeen(batches, seen);
}

/** From chunk drafts to a document that can be searched. */
async function finish(
  job: IngestionJob,
  { chunks, contentHash, locator, isEnglish, account }: PublishedFacts & { chunks: number },
  step: GetStepTools<typeof inngest>,
) {
  const starts = Array.from({ length: Math.ceil(chunks / CHUNKS_PER_STEP) }, (_, i) => i * CHUNKS_PER_STEP);
  const embedded = await Promise.all(
    starts.map((from, index) => embedPatiently(job, { from, total: chunks, name: `embed-${index}` }, step)),
  );

  const counts = await step.run('publish', () =>
    withVerdict('publish', async () => {
      const facts = { contentHash, locator, isEnglish, account, batches: embedded };
      const counts = await publish(ingestionDependencies(), job, facts);
      countIngestion('read');
      return counts;
    }),
  );
  return { outcome: 'read' as const, ...counts };
}

/** A server that limits how often it is asked is waited for between the steps, where nothing is held up. */
async function embedPatiently(
  job: IngestionJob,
  { name, ...part }: { from: number; total: number; name: string },
  step: GetStepTools<typeof inngest>,
): Promise<EmbeddedBatch> {
  for (let attempt = 0; ; attempt++) {
    const outcome = await step.run(attempt === 0 ? name : `${name}-again-${attempt}`, () =>
      withVerdict('embed', () => embedOrWait(ingestionDependencies(), job, { ...part, attempt })),
    );
    if (!('waitSeconds' in outcome)) return outcome;
    await step.sleep(`${name}-wait-${attempt}`, `${outcome.waitSeconds}s`);
  }
}
