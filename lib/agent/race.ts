import { z } from 'zod';
import { subjectsOf } from '../db/queries/people.ts';
import { deleteQuiz } from '../db/queries/quiz.ts';
import { NO_MESSAGES, readRoom, startRace } from '../db/queries/room.ts';
import { LEAST_RACERS, MAX_RACE_TOPICS, RACE_QUESTIONS } from '../domain/bounds.ts';
import type { RaceState } from '../domain/room.ts';
import { AppError } from '../errors.ts';
import { say, sayList } from '../language/said.ts';
import { subjectsByKey } from '../matching/subjects.ts';
import { generateQuiz } from '../tools/generate-quiz.ts';
import { type Caller, runTool } from './direct-tools.ts';

/** Later than this no further topic is begun: whoever pressed would have given up. */
const LAST_TOPIC_MS = 45_000;

const madeQuiz = z.object({ quizId: z.string(), made: z.int() });

/**
 * What the members have in common: what the room is about, then the student's subjects that all others study too, as far as
 * these let themselves be seen.
 */
export function sharedTopics(
  title: string | null,
  own: readonly string[],
  others: readonly (readonly string[])[],
): string[] {
  const theirs = others.map(subjectsByKey);
  const isShared = (key: string) => theirs.length > 0 && theirs.every((subjects) => subjects.has(key));
  const common = [...subjectsByKey(own)].flatMap(([key, subject]) => (isShared(key) ? [subject] : []));
  const named = subjectsByKey([...(title === null ? [] : [title]), ...common]);
  return [...named.values()].slice(0, MAX_RACE_TOPICS);
}

/** Questions on one topic after another until there are enough. What is made is added to `quizIds`, also when a later one fails. */
async function makeQuestions(caller: Caller, topics: readonly string[], quizIds: string[]): Promise<void> {
  const startedAt = performance.now();
  let missing: number = RACE_QUESTIONS.max;
  let absent: AppError | undefined;
  for (const topic of topics) {
    if (missing <= 0 || performance.now() - startedAt > LAST_TOPIC_MS) break;
    try {
      const output = await runTool(caller, {
        name: 'generateQuiz',
        tool: generateQuiz,
        input: { topic, difficulty: 'mixed', n: missing, formats: null, sources: null },
        // What others see of it they are shown by the race, and its student was told so.
        agrees: () => true,
      });
      const { quizId, made } = madeQuiz.parse(output);
      quizIds.push(quizId);
      missing -= made;
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'no_material') throw error;
      absent ??= error;
    }
  }
  const count = RACE_QUESTIONS.max - missing;
  if (count >= RACE_QUESTIONS.min) return;
  throw count === 0 && absent
    ? absent
    : new AppError('no_material', {
        message: () =>
          say(
            'Your notes hold {count, plural, one {# question} other {# questions}} on {topics}. A race takes three.',
            {
              count,
              topics: sayList([...topics]),
            },
          ),
      });
}

/** Starts a race of all who sit in a room, or gives the one that runs. */
export async function beginRace(caller: Caller, { roomId }: { roomId: string }): Promise<RaceState> {
  const { db, user } = caller;
  const { access, race, now, title, members } = await readRoom(db, { roomId, after: NO_MESSAGES });
  if (access !== 'seated') throw new AppError('not_found');
  if (race && !race.isOver) return { race, now };
  const others = members.filter(({ userId, leftAt }) => leftAt === null && userId !== user.id);
  if (others.length + 1 < LEAST_RACERS) throw new AppError('race_alone');
  const subjects = await subjectsOf(db, { ids: [user.id, ...others.map(({ userId }) => userId)] });
  const seen = others.map(({ userId }) => subjects.get(userId)).filter((theirs) => theirs !== undefined);
  const topics = sharedTopics(title, subjects.get(user.id) ?? [], seen);
  if (topics.length === 0) throw new AppError('nothing_shared');
  const quizIds: string[] = [];
  try {
    await makeQuestions(caller, topics, quizIds);
    return await startRace(db, { roomId, quizIds, topics });
  } catch (error) {
    // They were made for a race that is not.
    await Promise.all(quizIds.map((quizId) => deleteQuiz(db, { quizId })));
    throw error;
  }
}
