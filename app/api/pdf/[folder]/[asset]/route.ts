import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '@/lib/errors';
import { otherMethods } from '@/lib/http/methods';
import { problem } from '@/lib/http/problem';

type Params = { folder: string; asset: string };

/** Folders of the package that draws pages, and which of their files a page may ask for. */
const FOLDERS = new Map([
  ['build', { folder: 'legacy/build', files: /^pdf\.worker\.min\.mjs$/ }],
  ['cmaps', { folder: 'cmaps', files: /^[\w-]+\.bcmap$/ }],
  ['standard_fonts', { folder: 'standard_fonts', files: /^[\w-]+\.(?:pfb|ttf)$/ }],
  ['wasm', { folder: 'wasm', files: /^\w+\.(?:wasm|js)$/ }],
  ['iccs', { folder: 'iccs', files: /^[\w-]+\.icc$/ }],
]);
const TYPES: Readonly<Record<string, string>> = {
  mjs: 'text/javascript; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  wasm: 'application/wasm',
};

/** What draws the pages of a PDF in the browser, its character maps and fonts: from the package and nowhere else. */
export async function GET(_: Request, { params }: { params: Promise<Params> }): Promise<Response> {
  const { folder: name, asset } = await params;
  const known = FOLDERS.get(name);
  if (!known?.files.test(asset)) return problem(new AppError('not_found'));
  const root = path.join(/* turbopackIgnore: true */ process.cwd(), 'node_modules/pdfjs-dist', known.folder);
  const bytes = await readFile(path.join(root, asset)).catch(() => null);
  if (bytes === null) return problem(new AppError('not_found'));
  const type = TYPES[asset.split('.').at(-1) ?? ''] ?? 'application/octet-stream';
  return new Response(bytes, { headers: { 'content-type': type, 'cache-control': 'public, max-age=86400' } });
}

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');
