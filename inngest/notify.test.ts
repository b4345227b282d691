import { createServer } from 'node:http';
import { afterAll, expect, test, vi } from 'vitest';
import { close, listen } from '../local/stack/http.ts';

vi.mock(import('node:timers/promises'), async (actual) => {
  const timers = await actual();
  return { ...timers, setTimeout: (ms, ...rest) => timers.setTimeout((ms ?? 0) / 1_000, ...rest) };
});

const queue = createServer(() => undefined);
afterAll(async () => {
  queue.closeAllConnections();
  await close(queue);
});

test('a queue that hangs is told of where it is needed, and waited for no longer where it is not', async () => {
  vi.stubEnv('INNGEST_DEV', await listen(queue, 0));
  vi.stubEnv('LOG_LEVEL', 'silent');
  const { recordEvidence, startReading } = await import('./notify.ts');
  const reading = startReading({ documentId: 'document', userId: 'user', run: 1 });
  await expect(reading).rejects.toMatchObject({ code: 'queue_unavailable' });
  await expect(recordEvidence({ userId: 'user', kind: 'review' })).resolves.toBeUndefined();
});
