import { operationFigures } from '@/inngest/figures';
import { otherMethods } from '@/lib/http/methods';
import { withStatusAccess } from '@/lib/http/status-access';
import { metricsPage } from '@/lib/operations/metrics';

export const dynamic = 'force-dynamic';

/** What this process has counted, as Prometheus reads it. */
export const GET = withStatusAccess(async () => {
  await operationFigures();
  const { text, contentType } = await metricsPage();
  return new Response(text, { headers: { 'content-type': contentType, 'cache-control': 'no-store' } });
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');
