import { z } from 'zod';
import { createVisionModel } from '../agent/model.ts';
import { line } from '../domain/fields.ts';
import { type Env, serverEnv } from '../env.ts';
import { AppError } from '../errors.ts';
import { extensionOf, kindOfName } from '../ingestion/kinds.ts';
import { drawPage } from '../ingestion/picture/read-picture.ts';
import { isEnabled } from '../operations/flags.ts';
import { defineTool, orNull } from '../tools/define-tool.ts';
import { sendOut, sentSchema } from './send-out.ts';
import { studentFile } from './student-file.ts';

const ORDERS = `You describe one picture to a student in at most 120 words: what it shows, the words and labels in it, formulas as LaTeX. Say what cannot be made out; guess nothing.`;
const TOKENS = 500;

const azure = z.object({
  captionResult: z.object({ text: z.string() }).nullish(),
  readResult: z
    .object({ blocks: z.array(z.object({ lines: z.array(z.object({ text: z.string() })) })).default([]) })
    .nullish(),
});

/** What Azure says it sees, and the lines of print on it. */
function describedBy(answer: unknown): string {
  const { captionResult, readResult } = azure.parse(answer);
  const lines = readResult?.blocks.flatMap((block) => block.lines.map(({ text }) => text)) ?? [];
  return [captionResult?.text ?? '', ...lines].filter(Boolean).join('\n').slice(0, 5_000);
}

const azureOf = ({
  AZURE_VISION_ENDPOINT: endpoint,
  AZURE_VISION_KEY: key,
}: Pick<Env, 'AZURE_VISION_ENDPOINT' | 'AZURE_VISION_KEY'>) =>
  endpoint !== undefined && key !== undefined
    ? {
        url: `${endpoint.replace(/\/$/, '')}/computervision/imageanalysis:analyze?api-version=2024-02-01&features=caption,read`,
        headers: { 'ocp-apim-subscription-key': key, 'content-type': 'application/octet-stream' },
      }
    : undefined;

/** Named where nothing is sent and no key is set. */
const DRY = { endpoint: 'https://vision.invalid' };

export const seesImages = () => azureOf(serverEnv()) !== undefined || createVisionModel(serverEnv()) !== null;

export const analyzeImage = defineTool({
  name: 'analyzeImage',
  description: 'Says what a picture, or a page of a PDF, of the student’s own files shows.',
  input: z.object({
    documentId: z.uuid().describe('The file: of the library, or given in a conversation.'),
    page: orNull(z.int().min(1).max(10_000)).describe('Which page of it, 1 when null.'),
    question: orNull(line(300)).describe('What to look for; a description when null.'),
  }),
  output: z.object({
    description: z.string(),
    by: z.enum(['model', 'azure']),
    dryRun: sentSchema.nullable().describe('What would have been sent; null when it was sent.'),
  }),
  timeoutSeconds: 5,
  async run({ documentId, page, question }, { db, userId, look }, signal) {
    const env = serverEnv();
    const model = createVisionModel(env);
    const service = azureOf(
      isEnabled('adapters.dry_run') && !model
        ? {
            AZURE_VISION_ENDPOINT: env.AZURE_VISION_ENDPOINT ?? DRY.endpoint,
            AZURE_VISION_KEY: env.AZURE_VISION_KEY ?? '',
          }
        : env,
    );
    if (!service && !model)
      throw new AppError('conflict', { message: 'No model that sees is configured on this server.' });
    const file = await studentFile(db, documentId);
    const extension = extensionOf(file.fileName) ?? '';
    const reader = kindOfName(file.fileName)?.reader;
    if (reader !== 'image' && reader !== 'pdf')
      throw new AppError('file_unsupported', { message: 'Only pictures and pages of PDFs are looked at.' });
    const { jpeg } = await drawPage(userId, { bytes: file.bytes, extension, page: page ?? 1 });
    // The model understands a question; the service describes whatever it gets.
    if (model && look) {
      const request = {
        picture: { bytes: jpeg, mediaType: 'image/jpeg' },
        orders: ORDERS,
        asked: question ?? 'What does this show?',
        output: 'image',
        maxOutputTokens: TOKENS,
        signal,
      };
      const { text, dryRun } = await look(request);
      return { description: text, by: 'model' as const, dryRun };
    }
    if (!service) throw new AppError('conflict');
    const { body, dryRun } = await sendOut({ ...service, body: jpeg }, signal);
    return { description: dryRun ? '' : describedBy(body), by: 'azure' as const, dryRun };
  },
});
