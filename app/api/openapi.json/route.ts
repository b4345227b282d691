import { otherMethods } from '@/lib/http/methods';
import { openApiDocument } from './document';

let body: string | undefined;

/** What every route takes and gives, for programs and for /api/docs. */
export function GET(): Response {
  body ??= JSON.stringify(openApiDocument());
  return new Response(body, {
    headers: { 'content-type': 'application/json', 'cache-control': 'public, max-age=300' },
  });
}

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');
