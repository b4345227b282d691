import { randomUUID } from 'node:crypto';
import { percentile } from '../../bench/benchmark.ts';
import { createGenerate } from '../../lib/agent/generate.ts';
import { createChatModel } from '../../lib/agent/model.ts';
import { PassageRegistry } from '../../lib/agent/passages.ts';
import type { QuizItem } from '../../lib/domain/quiz.ts';
import { Telemetry } from '../../lib/observability/telemetry.ts';
import { headingSubject } from '../../lib/study/heading-subject.ts';
import { isAnswerLongest } from '../../lib/study/quiz/assemble.ts';
import type { QuizDraft } from '../../lib/study/quiz/draft.ts';
import { lintDraft, lintOnce, type Placed } from '../../lib/study/quiz/lint.ts';
import { chiSquare } from '../../lib/study/quiz/test-drafts.ts';
import { seeded } from '../../lib/test-random.ts';
import { generateQuiz } from '../../lib/tools/generate-quiz.ts';
import { isToolFailure } from '../../lib/tools/tool-failure.ts';
import { hash32 } from '../../local/openai/brain/text/terms.ts';
import { documentTexts } from './answers.ts';
import { type Figure, kept, share } from './report.ts';
import type { EvalStack, EvalStudent } from './stack.ts';

const QUIZZES = 40;
const QUESTIONS = 10;
const MOST_OF_ONE_DOCUMENT = 12;
const CHAT_MODEL = 'clerva-study-brain';
/** Chi-square of four equal places, three degrees of freedom: above it only one quiz maker in twenty is fair. */
const MOST_UNEVEN = 7.8;

export type QuizReader = { student: EvalStudent; names: ReadonlyMap<string, string> };

type Asked = { reader: QuizReader; docId: string; topic: string };
type Made = Asked & { items: QuizItem[]; milliseconds: number };

/** Subjects of the documents' headings, in an order that only their words decide; no document has all of them. */
async function topicsOf(stack: EvalStack, readers: readonly QuizReader[]): Promise<Asked[]> {
  const topics: (Asked & { order: number })[] = [];
  for (const reader of readers)
    for (const [docId, name] of reader.names) {
      const { data, error } = await stack.serviceDb.from('doc_chunk').select('metadata').eq('doc_id', docId);
      if (error) throw error;
      const subjects = new Set(
        data.flatMap(({ metadata }) =>
          headingsIn(metadata).flatMap((heading) => headingSubject(heading) ?? []),
        ),
      );
      const own = [...subjects].map((topic) => ({ reader, docId, topic, order: hash32(`${name} ${topic}`) }));
      topics.push(...own.sort((a, b) => a.order - b.order).slice(0, MOST_OF_ONE_DOCUMENT));
    }
  return topics.sort((a, b) => a.order - b.order).slice(0, QUIZZES);
}

const headingsIn = (metadata: unknown): string[] => {
  const path =
    typeof metadata === 'object' && metadata !== null && 'heading_path' in metadata
      ? metadata.heading_path
      : [];
  return Array.isArray(path) ? path.filter((heading) => typeof heading === 'string') : [];
};

/** One quiz through the tool itself, its database and the wire to the model. A topic without sound questions makes none. */
async function makeQuiz(stack: EvalStack, asked: Asked, seed: number): Promise<Made> {
  const { student } = asked.reader;
  const { db: _own, ...retrieval } = stack.retrievalFor(student);
  const telemetry = new Telemetry(randomUUID(), { inputUsdPerMillion: 0, outputUsdPerMillion: 0 });
  const model = createChatModel({
    OPENAI_API_KEY: stack.apiKey,
    OPENAI_BASE_URL: stack.openai.url,
    OPENAI_CHAT_MODEL: CHAT_MODEL,
  });
  const startedAt = performance.now();
  const output = await generateQuiz.execute(
    { topic: asked.topic, difficulty: 'mixed', n: QUESTIONS, sources: [{ docId: asked.docId }] },
    {
      toolCallId: 'eval',
      messages: [],
      context: {
        userId: student.id,
        db: student.db,
        traceId: randomUUID(),
        now: new Date('2026-11-20T14:05:00Z'),
        timezone: 'UTC',
        retrieval,
        passages: new PassageRegistry(),
        threadId: null,
        documentId: null,
        generate: createGenerate({ ...model, telemetry }),
        random: seeded(seed),
        telemetry,
      },
    },
  );
  const milliseconds = performance.now() - startedAt;
  if (!isToolFailure(output)) return { ...asked, items: output.items, milliseconds };
  if (output.code !== 'no_material') throw new Error(`${asked.topic}: ${output.code} ${output.message}`);
  return { ...asked, items: [], milliseconds };
}

const answerOf = (item: QuizItem) => item.choices.find(({ id }) => id === item.answer);

/** The item as its writer handed it in, so that the published rules can judge what was stored. */
function draftOf(item: QuizItem): QuizDraft {
  const wrong = item.choices.filter(({ id }) => id !== item.answer);
  return {
    concept: item.concept,
    topic: item.topic,
    question: item.q,
    difficulty: item.difficulty,
    kind: item.kind,
    passage: 1,
    quote: item.source.quote,
    answer: answerOf(item)?.text ?? '',
    explanation: item.explanation,
    distractors: wrong.map(({ text, why }) => ({ text, why: why ?? '' })),
  };
}

/** The rule that each question of a quiz breaks. */
function breachesIn(items: readonly QuizItem[]): string[] {
  const placed: Placed[] = [];
  return items.flatMap((item) => {
    const draft = draftOf(item);
    const breach = lintDraft(draft, item.source, item.source.quote) ?? lintOnce(draft, item.source, placed);
    placed.push({ draft, source: item.source });
    return breach ? [`${breach.rule} ${breach.reason}: ${item.q}`] : [];
  });
}

/** Makes quizzes on what the documents' own headings name, and checks every question that a student would get. */
export async function quizFigures(stack: EvalStack, readers: readonly QuizReader[]): Promise<Figure[]> {
  const made: Made[] = [];
  for (const [index, asked] of (await topicsOf(stack, readers)).entries())
    made.push(await makeQuiz(stack, asked, index + 1));
  const items = made.flatMap((quiz) => quiz.items);

  const breaches = made.flatMap((quiz) => breachesIn(quiz.items));
  const unproven: string[] = [];
  for (const reader of readers) {
    const texts = await documentTexts(reader.student, reader.names.keys());
    for (const { source, q } of made.flatMap((quiz) => (quiz.reader === reader ? quiz.items : []))) {
      const isVerbatim = texts.get(source.docId)?.slice(source.quoteStart, source.quoteEnd) === source.quote;
      if (!isVerbatim) unproven.push(q);
    }
  }
  const repeats = made.flatMap(({ topic, items: own }) => {
    const concepts = new Set(own.map(({ concept }) => concept.toLowerCase()));
    return concepts.size < own.length ? [topic] : [];
  });
  const places = ['a', 'b', 'c', 'd'].map((place) => items.filter(({ answer }) => answer === place).length);
  const longest = items.filter((item) => isAnswerLongest(draftOf(item)));
  const times = made.map(({ milliseconds }) => milliseconds);
  const yields = made.map(({ topic, items: own }) => `${own.length} of ${QUESTIONS}: ${topic}`);
  const cases = items.length;
  const quizzes = made.length;
  return [
    kept('quiz questions that keep every rule', cases, breaches, { floor: 1 }),
    kept('quiz quotes that are verbatim', cases, unproven, { floor: 1 }),
    kept('quizzes that ask each concept once', quizzes, repeats, { floor: 1 }),
    {
      name: 'places of the right choice (chi-square)',
      value: chiSquare(places),
      cases,
      ceiling: MOST_UNEVEN,
    },
    { name: 'right by picking the longest choice', value: share(longest.length, cases), cases, ceiling: 0.3 },
    { name: 'questions made of ten asked', value: share(cases, quizzes), cases: quizzes, misses: yields },
    { name: 'milliseconds a quiz, median', value: percentile(times, 0.5), cases: quizzes },
    { name: 'milliseconds a quiz, 95th percentile', value: percentile(times, 0.95), cases: quizzes },
  ];
}
