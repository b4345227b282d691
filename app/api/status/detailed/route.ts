import { operationFigures } from '@/inngest/figures';
import { otherMethods } from '@/lib/http/methods';
import { withStatusAccess } from '@/lib/http/status-access';
import { readiness } from '@/lib/observability/readiness';
import { eventLoopLag, memoryLimitBytes, recentModelCalls } from '@/lib/operations/metrics';
import packageJson from '@/package.json';

export const dynamic = 'force-dynamic';

/** How this process and what it depends on are doing. */
export const GET = withStatusAccess(async () => {
  const [{ status, checks }, figures] = await Promise.all([readiness(), operationFigures()]);
  const { rss, heapUsed, heapTotal, external } = process.memoryUsage();
  return Response.json({
    status: status === 'ready' ? 'ok' : 'degraded',
    version: packageJson.version,
    node: process.version,
    uptime: Math.round(process.uptime()),
    checkedAt: new Date().toISOString(),
    dependencies: checks,
    queue: figures && {
      documentsWaiting: figures.documentsWaiting,
      oldestWaitingSeconds: figures.oldestWaitingSeconds,
      tasksWaiting: figures.tasksWaiting,
      answersStreaming: figures.streaming,
    },
    memory: {
      rssBytes: rss,
      heapUsedBytes: heapUsed,
      heapTotalBytes: heapTotal,
      externalBytes: external,
      limitBytes: memoryLimitBytes(),
    },
    eventLoop: eventLoopLag(),
    model: recentModelCalls(),
  });
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');
