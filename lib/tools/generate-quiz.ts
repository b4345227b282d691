import { z } from 'zod';
import { createQuiz, recentConcepts } from '../db/queries/quiz.ts';
import { MAX_QUESTIONS } from '../domain/bounds.ts';
import { title } from '../domain/fields.ts';
import { QUIZ_DIFFICULTIES, QUIZ_FORMATS, quizItemSchema } from '../domain/quiz.ts';
import { saidSchema } from '../domain/said.ts';
import { AppError } from '../errors.ts';
import { listening } from '../language/said.ts';
import { sourcesWithin } from '../retrieval/look-up.ts';
import { besideMaterial, findMaterial } from '../retrieval/material.ts';
import type { RetrievedChunk } from '../retrieval/search.ts';
import type { SpreadSource } from '../retrieval/spread.ts';
import { toItems } from '../study/quiz/assemble.ts';
import { quizDraftsSchema } from '../study/quiz/draft.ts';
import { factsFor, inFormats } from '../study/quiz/formats.ts';
import { QUIZ_INSTRUCTIONS, type QuizOrder, quizPrompt } from '../study/quiz/prompt.ts';
import {
  countRejections,
  minutesFor,
  noneHeld,
  noQuestions,
  sameTopic,
  shortfall,
} from '../study/quiz/report.ts';
import { sequencesIn } from '../study/quiz/sequences.ts';
import { passagesFor, writeQuiz } from '../study/quiz/write.ts';
import { defineTool, orNull } from './define-tool.ts';

/** So many passages beside its material are enough to tell it from. */
const CONTEXT_PASSAGES = 40;
/** Later than this no further round is begun: it would end with nothing stored. */
const LAST_ROUND_MS = 20_000;

const input = z.object({
  topic: title.describe(
    'What about, in the words of the notes; a document’s title for a whole document; “all my notes”.',
  ),
  difficulty: z.enum(QUIZ_DIFFICULTIES).describe('“mixed” when the student did not say.'),
  n: z.int().min(1).max(MAX_QUESTIONS).describe('How many questions; 10 when the student did not say.'),
  formats: orNull(z.array(z.enum(QUIZ_FORMATS)).min(1).max(QUIZ_FORMATS.length)).describe(
    'How it asks, in turn: typed short answers, true or false with correction, matching, ordering. Null: four choices.',
  ),
  sources: orNull(
    z
      .array(
        z.object({
          docId: z.uuid().describe('A document of the student.'),
          ordRange: orNull(
            z.object({
              from: z.int().min(0).describe('First passage.'),
              to: z.int().min(0).describe('Last passage, included.'),
            }),
          ).describe('Only this part of it; null for all.'),
        }),
      )
      .max(20),
  ).describe('Only these documents; null for all.'),
});

const output = z.object({
  quizId: z.string(),
  topic: z.string(),
  difficulty: z.enum(QUIZ_DIFFICULTIES),
  asked: z.int(),
  made: z.int(),
  minutes: z.int().describe('About how long it takes.'),
  note: z.string().nullable().describe('What was not made, and why.'),
  said: saidSchema.optional(),
  rejected: z.record(z.string(), z.int()).describe('How many drafts broke which rule.'),
  items: z.array(quizItemSchema).max(MAX_QUESTIONS),
});
type GenerateQuizOutput = z.output<typeof output>;

const toSpread = (sources: z.output<typeof input>['sources']): SpreadSource[] | null =>
  sources?.length
    ? sources.map(({ docId, ordRange }) => ({
        docId,
        from: ordRange?.from ?? null,
        to: ordRange?.to ?? null,
      }))
    : null;

/** What later quizzes leave out. A student may read it, so it holds no concept that is the answer of what is typed or paired. */
const conceptsOf = (items: GenerateQuizOutput['items']) =>
  items.flatMap(({ format, concept }) => (format === undefined || format === 'choice' ? [concept] : []));

/** Counts and names: what was asked and answered stays between the quiz and the student. */
function modelText({ items, ...quiz }: GenerateQuizOutput): string {
  const { quizId, topic, difficulty, asked, made, minutes, note } = quiz;
  const shown = items.map((item) => ({ topic: item.topic, difficulty: item.difficulty }));
  return JSON.stringify({ quizId, topic, difficulty, asked, made, minutes, note, items: shown });
}

export const generateQuiz = defineTool({
  name: 'generateQuiz',
  description:
    'Makes a quiz from the student’s own notes, with four choices unless another format is asked for, and stores it; the student takes it from the card that appears. Every question carries its quote and page. Makes fewer questions when the notes hold no more sound ones, and says so.',
  input,
  output,
  timeoutSeconds: 58,
  actOf: () => 'quiz',
  async run({ topic, difficulty, n, formats, sources }, context, signal, report) {
    report({ stage: 'searching' });
    const {
      db,
      retrieval,
      userId,
      threadId,
      documentId,
      within = null,
      passages,
      random,
      generate,
    } = context;
    const startedAt = performance.now();
    const lastDocId = documentId ?? passages.lastDocument();
    const own = toSpread(sources) ?? (await sourcesWithin({ db, ...retrieval }, within, signal));
    const scope = { sources: own, lastDocId };
    const facts = formats ? factsFor(n, formats) : n;
    const search = { userId, topic, ...scope, count: passagesFor(facts), offset: random() };
    const [{ chunks, absent, heading, around }, recent] = await Promise.all([
      findMaterial({ db, ...retrieval }, { ...search, signal }),
      recentConcepts(db, { signal }),
    ]);
    if (absent !== null) throw new AppError('no_material', { message: absent });
    const wider = around?.chunks ?? [];
    const room = Math.max(0, CONTEXT_PASSAGES - chunks.length);
    const beside =
      room > 0 ? await besideMaterial({ db, ...retrieval }, chunks, { count: room, signal }) : [];
    // Numbered for this order alone: what a quiz reads need not become citable in the conversation.
    const numbered = (list: readonly RetrievedChunk[], before: number) =>
      list.map((chunk, index) => ({ ...chunk, n: before + index + 1, source: chunk.title }));
    const written: number[] = [];
    const ask = async (order: QuizOrder) => {
      const request = { name: 'quiz_items', schema: quizDraftsSchema, instructions: QUIZ_INSTRUCTIONS };
      const call = written.length;
      const onPartial = ({ items = [] }: { items?: unknown }) => {
        written[call] = Array.isArray(items) ? items.length : 0;
        // More are written than are asked for, for those that will not hold.
        const done = Math.min(
          facts,
          written.reduce((sum, count) => sum + count, 0),
        );
        report({ stage: 'writing', done, of: facts });
      };
      onPartial({});
      return (await generate({ ...request, prompt: quizPrompt(order), signal, onPartial })).items;
    };
    const { chosen, rejected } = await writeQuiz({
      topic,
      difficulty,
      n: facts,
      passages: numbered(chunks, 0),
      around: numbered(wider, chunks.length),
      context: numbered(beside, chunks.length + wider.length),
      recentConcepts: recent.flatMap((quiz) => (sameTopic(quiz.topic, topic) ? quiz.concepts : [])),
      ask,
      hasTime: () => performance.now() - startedAt < LAST_ROUND_MS,
    });
    const plain = toItems(chosen, { topic, random });
    const sequences = formats?.includes('ordering') ? numbered(chunks, 0).flatMap(sequencesIn) : [];
    const items = formats ? inFormats(plain, { formats, n, topic, sequences, random }) : plain;
    if (items.length === 0 && chosen.length === 0 && rejected.length > 0) {
      throw new AppError('model_unusable', { message: () => noneHeld(topic) });
    }
    if (items.length === 0) throw new AppError('no_material', { message: () => noQuestions(topic) });
    const made = items.length;
    const counts = countRejections(rejected);
    const metadata = { asked: n, concepts: conceptsOf(items), rejected: counts };
    const quizId = await createQuiz(db, { threadId, topic, difficulty, items, metadata, signal });
    const isWider = ({ source }: (typeof items)[number]) =>
      wider.some(({ docId, ord }) => docId === source.docId && ord === source.ord);
    const widened = around && { heading: around.heading, made: items.filter(isWider).length };
    const { made: note, said } = listening(() => shortfall({ asked: n, made, heading, around: widened }));
    const size = { asked: n, made, minutes: minutesFor(made), note, said };
    return { quizId, topic, difficulty, ...size, rejected: counts, items };
  },
  toModelText: modelText,
});
