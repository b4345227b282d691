import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { z } from 'zod';

/** Notes by other people under free licences, with questions on them; kept beside the project, never inside it. */
const CORPUS = new URL('../../../shared/corpus/', import.meta.url);

export const hasCorpus = (): boolean => existsSync(new URL('qa.json', CORPUS));

const questionSchema = z.object({
  id: z.string(),
  question: z.string(),
  type: z.enum(['extractive', 'mcq', 'unanswerable']),
  file: z.string().nullish(),
  answer: z.string().nullish(),
  quote: z.string().nullish(),
});
export type Question = z.infer<typeof questionSchema>;

const probeSchema = z.object({ file: z.string(), page: z.number(), sentence: z.string() });
export type PageProbe = z.infer<typeof probeSchema>;

async function readJson<T>(name: string, schema: z.ZodType<T>): Promise<T> {
  return schema.parse(JSON.parse(await readFile(new URL(name, CORPUS), 'utf8')));
}

export const readQuestions = async (): Promise<Question[]> =>
  (await readJson('qa.json', z.object({ items: z.array(questionSchema) }))).items;

export const readProbes = async (): Promise<PageProbe[]> =>
  (await readJson('page-probes.json', z.object({ items: z.array(probeSchema) }))).items;

/** Files of one folder, named as the questions name them. */
export async function filesIn(folder: string): Promise<string[]> {
  const names = await readdir(new URL(`${folder}/`, CORPUS));
  return names.sort().map((name) => `${folder}/${name}`);
}

const MIME_TYPES: Record<string, string> = {
  '.pdf': 'application/pdf',
  '.md': 'text/markdown',
  '.txt': 'text/plain',
};

export type CorpusFile = { name: string; mimeType: string; bytes: Uint8Array<ArrayBuffer> };

export async function loadFile(name: string): Promise<CorpusFile> {
  const bytes = new Uint8Array(await readFile(new URL(name, CORPUS)));
  return { name, mimeType: MIME_TYPES[extname(name)] ?? 'application/octet-stream', bytes };
}
