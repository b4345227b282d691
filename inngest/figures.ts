import { z } from 'zod';
import { createServiceClient } from '../lib/db/clients.ts';
import { databaseError } from '../lib/db/errors.ts';
import { serverEnv } from '../lib/env.ts';
import { logger } from '../lib/observability/logger.ts';
import { setFigures } from '../lib/operations/metrics.ts';
import { processState } from '../lib/process-state.ts';

/** The database counts over all students for it, so it is asked seldom, whoever asks how often. */
const FRESH_MS = 30_000;
/** Who waits for the first figures gets none after that. */
const TIMEOUT_MS = 2_000;

const figuresSchema = z.object({
  online: z.number(),
  streaming: z.number(),
  documentsWaiting: z.number(),
  oldestWaitingSeconds: z.number(),
  tasksWaiting: z.number(),
  storageBytes: z.number(),
  databaseBytes: z.number(),
  connections: z.number(),
  connectionsMost: z.number(),
});
type Figures = z.infer<typeof figuresSchema>;
type Known = { figures: Figures | null; askedAt: number; asking: Promise<void> | null };

async function ask(known: Known): Promise<void> {
  try {
    const { data, error } = await createServiceClient()
      .rpc('operation_figures')
      .abortSignal(AbortSignal.timeout(TIMEOUT_MS));
    if (error) throw databaseError(error);
    known.figures = figuresSchema.parse(data);
    setFigures(known.figures, serverEnv().STORAGE_LIMIT_BYTES);
  } catch (error) {
    // What was known stays: a page about a failure must not fail with it.
    logger().warn({ err: error }, 'the figures of the database could not be read');
  } finally {
    known.asking = null;
  }
}

/** What only the database knows, at most half a minute old: the first who asks waits, all others get what is known. */
export async function operationFigures(nowMs: number = performance.now()): Promise<Figures | null> {
  const known = processState<Known>('operation-figures', () => ({ figures: null, askedAt: 0, asking: null }));
  if (known.asking === null && (known.figures === null || nowMs - known.askedAt >= FRESH_MS)) {
    known.askedAt = nowMs;
    known.asking = ask(known);
  }
  if (known.figures === null) await known.asking;
  return known.figures;
}
