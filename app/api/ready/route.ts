import { otherMethods } from '@/lib/http/methods';
import { readiness } from '@/lib/observability/readiness';

export const dynamic = 'force-dynamic';

/** Whether every service a student needs answers, each with its latency; 503 when one that is required does not. */
export async function GET(): Promise<Response> {
  const report = await readiness();
  return Response.json(report, {
    status: report.status === 'ready' ? 200 : 503,
    headers: { 'cache-control': 'no-store' },
  });
}

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');
