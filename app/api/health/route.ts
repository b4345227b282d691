import { otherMethods } from '@/lib/http/methods';

/** Alive: answers without asking anything else. Whether the services behind it answer is /api/ready. */
export function GET(): Response {
  return Response.json({ status: 'ok' }, { headers: { 'cache-control': 'no-store' } });
}

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');
