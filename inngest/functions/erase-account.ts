import type { Redis } from 'ioredis';
import { createServiceClient } from '../../lib/db/clients.ts';
import {
  type ErasureTraces,
  eraseFiles,
  eraseRows,
  erasureTraces,
  finishErasure,
} from '../../lib/db/queries/erasure.ts';
import { forgetEmbeddings } from '../../lib/ingestion/embed.ts';
import { redisClient } from '../../lib/redis/client.ts';
import { indexedText } from '../../lib/retrieval/sparse-bm25.ts';
import { inngest } from '../client.ts';
import { embeddingCache } from '../dependencies.ts';
import { documentDeleted, erasureRequested } from '../events.ts';
import { withVerdict } from '../failure.ts';

const ID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/** Limits are counted under the student, open answers under their message. */
async function forgetKeys(redis: Redis, ids: ReadonlySet<string>): Promise<void> {
  for (let cursor = '0'; ; ) {
    const [next, keys] = await redis.scan(cursor, 'COUNT', 1000);
    const theirs = keys.filter((key) => key.match(ID)?.some((id) => ids.has(id)));
    if (theirs.length > 0) await redis.unlink(theirs);
    if (next === '0') return;
    cursor = next;
  }
}

/** What caches keep of the student, found by what the database still has. Gives the readings that go on. */
async function forgetCaches(erasureId: string): Promise<string[]> {
  const db = createServiceClient();
  const first = await erasureTraces(db, { id: erasureId, after: 0 });
  const redis = redisClient();
  for (let traces: ErasureTraces | null = first; traces && traces.texts.length > 0; ) {
    for (const [model, texts] of Map.groupBy(traces.texts, (text) => text.model)) {
      const indexed = texts.map(({ headingPath, content }) => indexedText(headingPath, content));
      if (model !== null) await forgetEmbeddings(embeddingCache(), model, indexed);
    }
    traces = await erasureTraces(db, { id: erasureId, after: traces.texts.at(-1)?.id ?? 0 });
  }
  if (redis && first) await forgetKeys(redis, new Set([first.userId, ...first.answers]));
  return first?.readings ?? [];
}

/**
 * Removes all there is of a student: first what can be found only while the rows stand, then the rows, then the files, whose
 * names the erasure still knows. Each step may break off and run again; what is done in the end names nobody.
 */
export const eraseAccount = inngest.createFunction(
  {
    id: 'erase-account',
    triggers: [erasureRequested],
    concurrency: [{ limit: 1, key: 'event.data.erasureId' }],
    retries: 10,
  },
  async ({ event, step }) => {
    const { erasureId: id } = event.data;
    const readings = await step.run('forget-caches', () => withVerdict('erase', () => forgetCaches(id)));
    if (readings.length > 0) {
      // Nobody's: a reading is ended by its document.
      const ends = readings.map((documentId) => documentDeleted.create({ documentId, userId: '' }));
      await step.sendEvent('end-readings', ends);
    }
    await step.run('erase-rows', () =>
      withVerdict('erase', async () => {
        const db = createServiceClient();
        while (await eraseRows(db, { id }));
      }),
    );
    await step.run('erase-files', () =>
      withVerdict('erase', () => eraseFiles(createServiceClient(), { id })),
    );
    await step.run('finish', () => withVerdict('erase', () => finishErasure(createServiceClient(), { id })));
  },
);
