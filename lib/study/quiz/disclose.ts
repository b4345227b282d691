import type { Attempt, QuizDifficulty, QuizItem, ToldItem } from '../../domain/quiz.ts';
import { inEnglish, type Translate } from '../../language/text.ts';

/** What is told of a question once it is answered. The source is part of it: its quote holds the answer. */
export type Solution = Pick<QuizItem, 'answer' | 'explanation' | 'source' | 'right' | 'sources'> & {
  /** Why each wrong choice is wrong, by its id. */
  whys: Record<string, string>;
};

/** A question as a student gets it: without its solution until it is answered. */
export type AskedItem = Pick<
  QuizItem,
  'id' | 'q' | 'topic' | 'difficulty' | 'kind' | 'format' | 'prompts' | 'claim'
> & {
  choices: { id: string; text: string }[];
  isReported: boolean;
  solution: Solution | null;
};

export function solutionOf({ answer, explanation, choices, source, right, sources }: QuizItem): Solution {
  const whys = choices.flatMap(({ id, why }) => (why === null ? [] : [[id, why] as const]));
  return {
    answer,
    explanation,
    whys: Object.fromEntries(whys),
    source,
    ...(right === undefined ? {} : { right }),
    ...(sources === undefined ? {} : { sources }),
  };
}

/** The questions of a quiz as far as the given attempt has answered them. */
export function askedItems(
  items: readonly ToldItem[],
  { attempt, reported }: { attempt: Attempt | null; reported: readonly string[] },
): AskedItem[] {
  const answered = new Set(attempt?.answers.map(({ itemId }) => itemId));
  return items.map((item) => ({
    id: item.id,
    q: item.q,
    choices: item.choices.map(({ id, text }) => ({ id, text })),
    topic: item.topic,
    difficulty: item.difficulty,
    kind: item.kind,
    ...(item.format && { format: item.format }),
    ...(item.prompts && { prompts: item.prompts }),
    ...(item.claim !== undefined && { claim: item.claim }),
    isReported: reported.includes(item.id),
    solution: answered.has(item.id) && 'answer' in item ? solutionOf(item) : null,
  }));
}

const ORDERED = inEnglish('Put in order: {what}', { what: '' });

function itemIn<Item extends Pick<AskedItem, 'format' | 'q' | 'choices'>>(item: Item, t: Translate): Item {
  const { format, q, choices } = item;
  if (format === 'truth') {
    const words = { true: t('True'), false: t('False') };
    return {
      ...item,
      choices: choices.map((choice) => ({
        ...choice,
        text: choice.id === 'true' ? words.true : words.false,
      })),
    };
  }
  if (format === 'matching') return { ...item, q: t('Match each question with its answer.') };
  if (format !== 'ordering') return item;
  return {
    ...item,
    q: q.startsWith(ORDERED)
      ? t('Put in order: {what}', { what: q.slice(ORDERED.length) })
      : t('Put these in the order your notes give.'),
  };
}

/** What was written here of a quiz, and not by its notes, in the language of a page. */
export const quizIn = (quiz: AskedQuiz, t: Translate): AskedQuiz => ({
  ...quiz,
  items: quiz.items.map((item) => itemIn(item, t)),
});

/** Which questions come next: those of the attempt, else all that were not reported. */
export function itemIdsOf(items: readonly AskedItem[], attempt: Pick<Attempt, 'itemIds'> | null): string[] {
  return attempt?.itemIds ?? items.filter(({ isReported }) => !isReported).map(({ id }) => id);
}

/** A quiz as a student gets it. */
export type AskedQuiz = {
  id: string;
  topic: string;
  difficulty: QuizDifficulty;
  createdAt: string;
  threadId: string | null;
  items: AskedItem[];
  /** The open attempt, else the one that ended last. */
  attempt: Attempt | null;
  finishedAttempts: number;
};

export function askedQuiz(
  quiz: Omit<AskedQuiz, 'items'> & { items: readonly ToldItem[]; reported: readonly string[] },
): AskedQuiz {
  const { id, topic, difficulty, createdAt, threadId, attempt, finishedAttempts } = quiz;
  return {
    id,
    topic,
    difficulty,
    createdAt,
    threadId,
    items: askedItems(quiz.items, { attempt, reported: quiz.reported }),
    attempt,
    finishedAttempts,
  };
}
