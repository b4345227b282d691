import { z } from 'zod';
import { line } from '../domain/fields.ts';
import { serverEnv } from '../env.ts';
import { AppError } from '../errors.ts';
import { isEnabled } from '../operations/flags.ts';
import { replacePersonal } from '../privacy/find.ts';
import { isNational } from '../privacy/phone.ts';
import { defineTool, orNull } from '../tools/define-tool.ts';
import { sendOut, sentSchema } from './send-out.ts';

const google = z.object({
  items: z
    .array(z.object({ title: z.string(), link: z.string(), snippet: z.string().default('') }))
    .default([]),
});
const bing = z.object({
  webPages: z
    .object({
      value: z.array(z.object({ name: z.string(), url: z.string(), snippet: z.string().default('') })),
    })
    .default({ value: [] }),
});

const result = z.object({ title: z.string(), url: z.string(), snippet: z.string() });
type Result = z.output<typeof result>;

type Engine = { url: string; headers: Record<string, string>; read: (body: unknown) => Result[] };

/** Where a search goes and how its answer is read; undefined without the keys of one, unless nothing is sent anyway. */
function engine(query: string, limit: number): Engine | undefined {
  const { GOOGLE_CSE_KEY: key, GOOGLE_CSE_ID: cx, BING_SEARCH_KEY } = serverEnv();
  if (key && cx)
    return {
      url: `https://www.googleapis.com/customsearch/v1?${new URLSearchParams({ cx, num: String(limit), q: query })}`,
      headers: { 'x-goog-api-key': key },
      read: (body: unknown): Result[] =>
        google.parse(body).items.map(({ title, link, snippet }) => ({ title, url: link, snippet })),
    };
  if (!BING_SEARCH_KEY && !isEnabled('adapters.dry_run')) return undefined;
  return {
    url: `https://api.bing.microsoft.com/v7.0/search?${new URLSearchParams({ q: query, count: String(limit) })}`,
    headers: { 'ocp-apim-subscription-key': BING_SEARCH_KEY ?? '' },
    read: (body: unknown): Result[] =>
      bing.parse(body).webPages.value.map(({ name, url, snippet }) => ({ title: name, url, snippet })),
  };
}

const NOTHING_LEFT =
  'A search of the web is sent without what stands for a person, and nothing else was asked for. Name a subject.';

export function hasWebSearch(): boolean {
  const { GOOGLE_CSE_KEY, GOOGLE_CSE_ID, BING_SEARCH_KEY } = serverEnv();
  return Boolean((GOOGLE_CSE_KEY && GOOGLE_CSE_ID) || BING_SEARCH_KEY);
}

export const webSearch = defineTool({
  name: 'webSearch',
  description:
    'Searches the web. What it finds is not the student’s own notes: it is named as from the web, with its address, and never numbered among their passages.',
  input: z.object({
    query: line(300).describe('What to look for.'),
    limit: orNull(z.int().min(1).max(10)).describe('How many results, 5 when null.'),
  }),
  output: z.object({
    origin: z.literal('web').describe('None of this is from the student’s notes.'),
    results: z.array(result),
    dryRun: sentSchema.nullable().describe('What would have been sent; null when it was sent.'),
  }),
  timeoutSeconds: 5,
  async run({ query, limit }, _, signal) {
    // Whoever called it, a person or a model whose words are put back: others learn nothing of who somebody is.
    const asked = replacePersonal(query, () => ' ', isNational)
      .replace(/\s+/g, ' ')
      .trim();
    if (!/[\p{L}\p{N}]/u.test(asked)) throw new AppError('invalid_request', { message: NOTHING_LEFT });
    const chosen = engine(asked, limit ?? 5);
    if (!chosen) throw new AppError('conflict', { message: 'No web search is configured on this server.' });
    const { dryRun, body } = await sendOut({ url: chosen.url, headers: chosen.headers }, signal);
    const results = dryRun ? [] : chosen.read(body).filter(({ url }) => /^https?:\/\//.test(url));
    return { origin: 'web' as const, results, dryRun };
  },
});
