import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '@/lib/errors';
import { otherMethods } from '@/lib/http/methods';
import { problem } from '@/lib/http/problem';

const START = `SwaggerUIBundle({
  url: '/api/openapi.json',
  dom_id: '#swagger-ui',
  deepLinking: true,
  docExpansion: 'none',
  tryItOutEnabled: true,
  validatorUrl: null,
});
`;

const fromPackage = (name: string) =>
  readFile(path.join(/* turbopackIgnore: true */ process.cwd(), 'node_modules/swagger-ui-dist', name));

const ASSETS = new Map([
  ['start.js', { type: 'text/javascript', read: async () => START }],
  ['swagger-ui-bundle.js', { type: 'text/javascript', read: () => fromPackage('swagger-ui-bundle.js') }],
  ['swagger-ui.css', { type: 'text/css', read: () => fromPackage('swagger-ui.css') }],
]);

/** What the page of the API loads: these files and no others. */
export async function GET(_: Request, { params }: { params: Promise<{ asset: string }> }): Promise<Response> {
  const asset = ASSETS.get((await params).asset);
  if (!asset) return problem(new AppError('not_found'));
  return new Response(await asset.read(), {
    headers: { 'content-type': `${asset.type}; charset=utf-8`, 'cache-control': 'public, max-age=86400' },
  });
}

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');
