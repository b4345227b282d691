import { getToolName } from 'ai';
import { z } from 'zod';
import { counted, listOf } from '../calendar/words.ts';
import type { ToldItem } from '../domain/quiz.ts';
import { rightText } from '../study/quiz/told.ts';
import { isToolFailure } from '../tools/tool-failure.ts';
import type { ToolPart } from './messages.ts';

/** What a tool did, in words: a sentence, and lines of what it made. */
export type ToolWords = { tool: string; said: string; lines: string[] };

/** Questions of a quiz whose answer its student may know, by quiz and question. */
export type KnownAnswers = ReadonlyMap<string, ToldItem>;

const person = z.object({ displayName: z.string() });
const people = (list: readonly z.infer<typeof person>[]) =>
  listOf(list.map(({ displayName }) => displayName));
const titled = z.object({ title: z.string() });
const sided = z.object({ front: z.string(), back: z.string() });
const letter = (index: number) => String.fromCharCode(65 + index);

function quizLines(item: z.infer<typeof question>, known: KnownAnswers): string[] {
  const told = known.get(item.id);
  const right = told && 'answer' in told ? rightText(told, told) : undefined;
  return [
    item.q,
    ...item.choices.map(({ text }, index) => `${letter(index)}. ${text}`),
    ...(right ? [`Answer: ${right}`] : []),
  ];
}

const question = z.object({
  id: z.string(),
  q: z.string(),
  choices: z.array(z.object({ id: z.string(), text: z.string() })),
});

type Words = Omit<ToolWords, 'tool'>;
const say = <Schema extends z.ZodType>(
  schema: Schema,
  put: (output: z.output<Schema>, known: KnownAnswers) => string | Words,
) => ({ schema, put: put as (output: unknown, known: KnownAnswers) => string | Words });

const cardLines = (cards: readonly z.infer<typeof sided>[]) =>
  cards.map(({ front, back }) => `${front} → ${back}`);

/** By tool: what its result is read as, and how that is said. A result of an older shape is only called by its name. */
const WORDS: Readonly<Record<string, ReturnType<typeof say>>> = {
  searchNotes: say(z.object({ chunks: z.array(z.object({ source: z.string() })) }), ({ chunks }) => {
    const sources = [...new Set(chunks.map(({ source }) => source))];
    return sources.length === 0
      ? 'Searched the notes and found nothing on it.'
      : `Searched the notes, and read ${counted(chunks.length, 'passage')} of ${listOf(sources)}.`;
  }),
  generateQuiz: say(z.object({ topic: z.string(), items: z.array(question) }), ({ topic, items }, known) => ({
    said: `Wrote a quiz on ${topic} with ${counted(items.length, 'question')}.`,
    lines: items.flatMap((item) => quizLines(item, known)),
  })),
  addFlashcards: say(z.object({ cards: z.array(sided) }), ({ cards }) => ({
    said: `Made ${counted(cards.length, 'card')}.`,
    lines: cardLines(cards),
  })),
  summarizeSession: say(
    z.object({
      summary: z.string(),
      keyPoints: z.array(z.string()),
      tasks: z.array(titled),
      flashcards: z.array(sided),
    }),
    ({ summary, keyPoints, tasks, flashcards }) => ({
      said: `Summed up the session: ${summary}`,
      lines: [...keyPoints, ...tasks.map(({ title }) => `To do: ${title}`), ...cardLines(flashcards)],
    }),
  ),
  buildLearningProfile: say(
    z
      .object({ strengths: z.array(z.string()), weaknesses: z.array(z.string()) })
      .partial()
      .loose(),
    ({ strengths = [], weaknesses = [] }) => ({
      said: 'Read the results so far.',
      lines: [
        ...(strengths.length > 0 ? [`Strong in ${listOf(strengths)}`] : []),
        ...(weaknesses.length > 0 ? [`Weak in ${listOf(weaknesses)}`] : []),
      ],
    }),
  ),
  createStudyPlan: say(
    z.object({
      title: z.string(),
      weekBlocks: z.array(z.object({ week: z.number(), focus: z.string(), tasks: z.array(titled) })),
    }),
    ({ title, weekBlocks }) => ({
      said: `Planned “${title}” over ${counted(weekBlocks.length, 'week')}.`,
      lines: weekBlocks.map(
        ({ week, focus, tasks }) => `Week ${week}: ${focus} (${counted(tasks.length, 'task')})`,
      ),
    }),
  ),
  matchCandidates: say(z.object({ candidates: z.array(person) }), ({ candidates }) =>
    candidates.length === 0 ? 'Found no study partner.' : `Found study partners: ${people(candidates)}.`,
  ),
  matchInsight: say(person, ({ displayName }) => `Compared what you and ${displayName} study.`),
  getOnlineUsers: say(z.object({ users: z.array(person) }), ({ users }) =>
    users.length === 0 ? 'Nobody was here.' : `Here were ${people(users)}.`,
  ),
  getAvailability: say(person, ({ displayName }) => `Read the free times of ${displayName}.`),
  sendNudge: say(person.extend({ message: z.string() }), ({ displayName, message }) => ({
    said: `Sent a message to ${displayName}.`,
    lines: [message],
  })),
  calculate: say(z.object({ result: z.string() }), ({ result }) => `Calculated ${result}.`),
  webSearch: say(z.object({ results: z.array(titled.extend({ url: z.string() })) }), ({ results }) => ({
    said: 'Searched the web, which is not the student’s own notes.',
    lines: results.map(({ title, url }) => `${title}: ${url}`),
  })),
};

/** What reached, or was about, other students. */
const ABOUT_OTHERS = new Set([
  'matchCandidates',
  'matchInsight',
  'getOnlineUsers',
  'getAvailability',
  'sendNudge',
]);
export const isAboutOthers = (part: ToolPart): boolean => ABOUT_OTHERS.has(getToolName(part));

/** What a finished call gave; undefined for one that has no result. */
export function toolWords(part: ToolPart, known: KnownAnswers = new Map()): ToolWords | undefined {
  if (part.state !== 'output-available' || isToolFailure(part.output)) return undefined;
  const tool = getToolName(part);
  const words = WORDS[tool];
  const parsed = words?.schema.safeParse(part.output);
  if (!words || !parsed?.success) return undefined;
  const put = words.put(parsed.data, known);
  return { tool, ...(typeof put === 'string' ? { said: put, lines: [] } : put) };
}
