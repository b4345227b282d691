import { otherMethods } from '@/lib/http/methods';
import packageJson from '@/package.json';

/** Alive, for whoever asks: touches nothing else. */
export function GET(): Response {
  return Response.json(
    { status: 'ok', version: packageJson.version, uptime: Math.round(process.uptime()) },
    { headers: { 'cache-control': 'no-store' } },
  );
}

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');
