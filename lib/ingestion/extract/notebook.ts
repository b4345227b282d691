import { z } from 'zod';
import { AppError } from '../../errors.ts';
import { fenced } from './clean.ts';
import { decodeText } from './encoding.ts';
import { htmlToText } from './html.ts';
import { encodingAccount, sectionExtraction } from './text.ts';
import type { FormatRequest, ReadPages } from './types.ts';

const text = z
  .union([z.string(), z.array(z.string())])
  .transform((lines) => (typeof lines === 'string' ? lines : lines.join('')));
const output = z.object({
  output_type: z.string().default(''),
  text: text.optional().catch(undefined),
  ename: z.string().optional().catch(undefined),
  evalue: z.string().optional().catch(undefined),
  data: z.record(z.string(), z.unknown()).optional().catch(undefined),
});
const cell = z.object({
  cell_type: z.string(),
  source: text.default('').catch(''),
  // Before the fourth version code stood elsewhere.
  input: text.optional().catch(undefined),
  outputs: z.array(output).default([]).catch([]),
});
const notebookSchema = z.object({
  cells: z.array(cell).optional(),
  worksheets: z.array(z.object({ cells: z.array(cell) })).optional(),
  metadata: z
    .object({
      kernelspec: z
        .object({ language: z.string().max(30) })
        .partial()
        .optional(),
      language_info: z
        .object({ name: z.string().max(30) })
        .partial()
        .optional(),
    })
    .optional()
    .catch(undefined),
});

/** Colours of a terminal, and what one output may take. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: terminals write escapes.
const COLOURS = /\u001b\[[\d;]*m/g;
const MOST_OUTPUT = 4_000;

const hasPicture = (data: object) => Object.keys(data).some((type) => type.startsWith('image/'));

function outputText({ text: stream, ename, evalue, data = {} }: z.output<typeof output>): string {
  const held = (type: string) => text.safeParse(data[type]).data;
  const html = held('text/html');
  const said =
    stream ??
    (ename ? `${ename}: ${evalue ?? ''}` : undefined) ??
    held('text/latex') ??
    held('text/markdown');
  // Beside a picture stands what a program calls it.
  const plain = hasPicture(data) ? '' : held('text/plain');
  const shown = said ?? (html ? htmlToText(html) : plain);
  return (shown ?? '').replace(COLOURS, '').slice(0, MOST_OUTPUT).trim();
}

export async function extractNotebook(request: FormatRequest): Promise<ReadPages> {
  const decoded = decodeText(request.bytes, request.encoding);
  if (decoded.text.trim() === '') throw new AppError('file_empty');
  let parsed: z.output<typeof notebookSchema>;
  try {
    parsed = notebookSchema.parse(JSON.parse(decoded.text));
  } catch (cause) {
    throw new AppError('file_damaged', { cause });
  }
  const language = parsed.metadata?.kernelspec?.language ?? parsed.metadata?.language_info?.name ?? 'python';
  const cells = parsed.cells ?? parsed.worksheets?.flatMap((sheet) => sheet.cells) ?? [];
  let droppedPictures = 0;
  const blocks = cells.flatMap(({ cell_type: type, source, input, outputs }) => {
    const code = input ?? source;
    if (type !== 'code') return [source];
    droppedPictures += outputs.filter(({ data = {} }) => hasPicture(data)).length;
    const said = outputs.map(outputText).filter(Boolean).join('\n');
    return [
      code.trim() === '' ? '' : fenced(code, language),
      said === '' ? '' : `Output:\n\n${fenced(said, '')}`,
    ];
  });
  return sectionExtraction(blocks.filter((block) => block.trim() !== '').join('\n\n'), request, {
    ...encodingAccount(decoded),
    droppedPictures,
  });
}
