import { z } from 'zod';
import { listMessages } from '../db/queries/message.ts';
import { getThread } from '../db/queries/thread.ts';
import { AppError } from '../errors.ts';
import { type Cut, cutAtSentence, isWorthSummarising, transcriptOf } from '../study/summary/material.ts';
import {
  cleanSummary,
  generatedSummarySchema,
  MAX_TITLE_CHARACTERS,
  SUMMARY_INSTRUCTIONS,
  sessionSummarySchema,
  sessionTitle,
  summaryPrompt,
} from '../study/summary/summary.ts';
import { defineTool, orNull } from './define-tool.ts';
import type { ToolContext } from './tool-context.ts';

const MAX_GIVEN_CHARACTERS = 400_000;
const MAX_NOTES_CHARACTERS = 20_000;
const MESSAGES_READ = 200;

const input = z.object({
  transcript: orNull(z.string().max(MAX_GIVEN_CHARACTERS)).describe(
    'What was said, as pasted by the student. Null to sum up this conversation.',
  ),
  notes: orNull(z.string().max(MAX_NOTES_CHARACTERS)).describe(
    'What the student wrote down beside it; null when nothing.',
  ),
});

export const sessionNotesSchema = sessionSummarySchema.extend({
  title: z.string().min(1).max(MAX_TITLE_CHARACTERS).describe('What the saved note and deck are called.'),
  source: z.enum(['transcript', 'thread']).describe('What was summed up.'),
  isCut: z.boolean().describe('Whether the material was too long and a part of it was left out.'),
});
export type SummarizeSessionOutput = z.output<typeof sessionNotesSchema>;

type Material = Cut & { title: string | null; source: SummarizeSessionOutput['source'] };

/** The words of a message; its tool calls and citations are no part of what was said. */
const textOf = (parts: readonly unknown[]): string =>
  parts
    .map((part) => z.object({ type: z.literal('text'), text: z.string() }).safeParse(part).data?.text ?? '')
    .join('\n');

/** This conversation. Row level security lets only the student's own one through. */
async function conversation({ db, threadId }: ToolContext): Promise<Material> {
  if (threadId === null) return { text: '', isCut: false, title: null, source: 'thread' };
  const [thread, messages] = await Promise.all([
    getThread(db, { threadId }),
    listMessages(db, { threadId, limit: MESSAGES_READ }),
  ]);
  const said = messages.map(({ role, parts }) => ({ role, text: textOf(parts) }));
  return { ...transcriptOf(said), title: thread?.title ?? null, source: 'thread' };
}

/** Names and counts for the model, which then says what is on the card. Backs of cards are left out. */
function modelText({ summary, keyPoints, tasks, flashcards, isCut }: SummarizeSessionOutput) {
  return JSON.stringify({
    summary,
    keyPoints,
    tasks,
    flashcards: flashcards.length,
    ...(isCut ? { note: 'The material was too long; a part of it was left out. Say so.' } : {}),
    saved: 'Nothing is saved until the student presses Save on the card.',
  });
}

export const summarizeSession = defineTool({
  name: 'summarizeSession',
  description:
    'Sums up a pasted transcript, or this conversation, as a summary, key points, tasks with minutes and flashcards. Stores nothing: the student saves what they want from the card.',
  input,
  output: sessionNotesSchema,
  timeoutSeconds: 60,
  async run({ transcript, notes }, context, signal, report) {
    report({ stage: 'reading' });
    const given = transcript?.trim() ?? '';
    const material: Material =
      given === ''
        ? await conversation(context)
        : { ...cutAtSentence(given), title: null, source: 'transcript' };
    if (!isWorthSummarising(`${material.text} ${notes ?? ''}`)) {
      throw new AppError('invalid_request', {
        message:
          'There is nothing to sum up yet. Paste what was said, or ask again after we have worked on something.',
      });
    }
    const written = await context.generate({
      name: 'session_summary',
      schema: generatedSummarySchema,
      instructions: SUMMARY_INSTRUCTIONS,
      prompt: summaryPrompt({ transcript: material.text, notes }),
      signal,
      onPartial: () => report({ stage: 'writing' }),
    });
    const cleaned = cleanSummary(written);
    if (!cleaned) {
      throw new AppError('invalid_request', { message: 'I found nothing in it that is worth keeping.' });
    }
    return {
      ...cleaned,
      title: sessionTitle(material.title, context),
      source: material.source,
      isCut: material.isCut,
    };
  },
  toModelText: modelText,
});
