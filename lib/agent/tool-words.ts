import { getToolName } from 'ai';
import { z } from 'zod';
import type { ToldItem } from '../domain/quiz.ts';
import type { Sayings } from '../domain/said.ts';
import { listening, say, sayList } from '../language/said.ts';
import { rightText } from '../study/quiz/told.ts';
import { isToolFailure } from '../tools/tool-failure.ts';
import type { ToolPart } from './messages.ts';

/** What a tool did, in words: a sentence, and lines of what it made. */
export type ToolWords = { tool: string; said: string; lines: string[]; madeOf: Sayings };

/** Questions of a quiz whose answer its student may know, by quiz and question. */
export type KnownAnswers = ReadonlyMap<string, ToldItem>;

const person = z.object({ displayName: z.string() });
const people = (list: readonly z.infer<typeof person>[]) =>
  sayList(list.map(({ displayName }) => displayName));
const titled = z.object({ title: z.string() });
const sided = z.object({ front: z.string(), back: z.string() });
const letter = (index: number) => String.fromCharCode(65 + index);

function quizLines(item: z.infer<typeof question>, known: KnownAnswers): string[] {
  const told = known.get(item.id);
  const right = told && 'answer' in told ? rightText(told, told) : undefined;
  return [
    item.q,
    ...item.choices.map(({ text }, index) => `${letter(index)}. ${text}`),
    ...(right ? [say('Answer: {right}', { right })] : []),
  ];
}

const question = z.object({
  id: z.string(),
  q: z.string(),
  choices: z.array(z.object({ id: z.string(), text: z.string() })),
});

type Words = Pick<ToolWords, 'said' | 'lines'>;
const words = <Schema extends z.ZodType>(
  schema: Schema,
  put: (output: z.output<Schema>, known: KnownAnswers) => string | Words,
) => ({ schema, put: put as (output: unknown, known: KnownAnswers) => string | Words });

const cardLines = (cards: readonly z.infer<typeof sided>[]) =>
  cards.map(({ front, back }) => `${front} → ${back}`);

/** By tool: what its result is read as, and how that is said. A result of an older shape is only called by its name. */
const WORDS: Readonly<Record<string, ReturnType<typeof words>>> = {
  searchNotes: words(z.object({ chunks: z.array(z.object({ source: z.string() })) }), ({ chunks }) => {
    const sources = [...new Set(chunks.map(({ source }) => source))];
    return sources.length === 0
      ? say('Searched the notes and found nothing on it.')
      : say(
          'Searched the notes, and read {count, plural, one {# passage} other {# passages}} of {sources}.',
          {
            count: chunks.length,
            sources: sayList(sources),
          },
        );
  }),
  generateQuiz: words(
    z.object({ topic: z.string(), items: z.array(question) }),
    ({ topic, items }, known) => ({
      said: say('Wrote a quiz on {topic} with {count, plural, one {# question} other {# questions}}.', {
        topic,
        count: items.length,
      }),
      lines: items.flatMap((item) => quizLines(item, known)),
    }),
  ),
  addFlashcards: words(z.object({ cards: z.array(sided) }), ({ cards }) => ({
    said: say('Made {count, plural, one {# card} other {# cards}}.', { count: cards.length }),
    lines: cardLines(cards),
  })),
  summarizeSession: words(
    z.object({
      summary: z.string(),
      keyPoints: z.array(z.string()),
      tasks: z.array(titled),
      flashcards: z.array(sided),
    }),
    ({ summary, keyPoints, tasks, flashcards }) => ({
      said: say('Summed up the session: {summary}', { summary }),
      lines: [
        ...keyPoints,
        ...tasks.map(({ title }) => say('To do: {title}', { title })),
        ...cardLines(flashcards),
      ],
    }),
  ),
  buildLearningProfile: words(
    z
      .object({ strengths: z.array(z.string()), weaknesses: z.array(z.string()) })
      .partial()
      .loose(),
    ({ strengths = [], weaknesses = [] }) => ({
      said: say('Read the results so far.'),
      lines: [
        ...(strengths.length > 0 ? [say('Strong in {topics}', { topics: sayList(strengths) })] : []),
        ...(weaknesses.length > 0 ? [say('Weak in {topics}', { topics: sayList(weaknesses) })] : []),
      ],
    }),
  ),
  createStudyPlan: words(
    z.object({
      title: z.string(),
      weekBlocks: z.array(z.object({ week: z.number(), focus: z.string(), tasks: z.array(titled) })),
    }),
    ({ title, weekBlocks }) => ({
      said: say('Planned “{title}” over {weeks, plural, one {# week} other {# weeks}}.', {
        title,
        weeks: weekBlocks.length,
      }),
      lines: weekBlocks.map(({ week, focus, tasks }) =>
        say('Week {week}: {focus} ({tasks, plural, one {# task} other {# tasks}})', {
          week,
          focus,
          tasks: tasks.length,
        }),
      ),
    }),
  ),
  matchCandidates: words(z.object({ candidates: z.array(person) }), ({ candidates }) =>
    candidates.length === 0
      ? say('Found no study partner.')
      : say('Found study partners: {people}.', { people: people(candidates) }),
  ),
  matchInsight: words(person, ({ displayName }) =>
    say('Compared what you and {name} study.', { name: displayName }),
  ),
  getOnlineUsers: words(z.object({ users: z.array(person) }), ({ users }) =>
    users.length === 0 ? say('Nobody was here.') : say('Here were {people}.', { people: people(users) }),
  ),
  getAvailability: words(person, ({ displayName }) =>
    say('Read the free times of {name}.', { name: displayName }),
  ),
  sendNudge: words(person.extend({ message: z.string() }), ({ displayName, message }) => ({
    said: say('Sent a message to {name}.', { name: displayName }),
    lines: [message],
  })),
  calculate: words(z.object({ result: z.string() }), ({ result }) => say('Calculated {result}.', { result })),
  webSearch: words(z.object({ results: z.array(titled.extend({ url: z.string() })) }), ({ results }) => ({
    said: say('Searched the web, which is not the student’s own notes.'),
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
  const found = WORDS[tool];
  const parsed = found?.schema.safeParse(part.output);
  if (!found || !parsed?.success) return undefined;
  const { made, said: madeOf } = listening(() => {
    const put = found.put(parsed.data, known);
    return typeof put === 'string' ? [put] : [put.said, ...put.lines];
  });
  const [said = '', ...lines] = made;
  return { tool, said, lines, madeOf };
}
