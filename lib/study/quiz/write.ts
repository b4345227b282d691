import type { Difficulty } from '../../domain/quiz.ts';
import type { QuotedPassage } from '../../retrieval/passage-text.ts';
import type { SourcePassage } from '../source.ts';
import { chooseItems, isAnswerLongest, type Rejection, type Sound, siftDrafts } from './assemble.ts';
import { MAX_DRAFTS, type QuizDraft } from './draft.ts';
import type { QuizOrder } from './prompt.ts';

export type QuizPassage = SourcePassage & QuotedPassage;

export type Writing = {
  topic: string;
  difficulty: Difficulty | 'mixed';
  n: number;
  passages: readonly QuizPassage[];
  /** What stands beside them in the same notes: for wrong choices only, nothing can be proven by it. */
  context: readonly QuizPassage[];
  /** Where the rest comes from when the passages give too few. */
  around: readonly QuizPassage[];
  /** Concepts of the student's recent quizzes, left out as long as there are others. */
  recentConcepts: readonly string[];
  /** Has the model write drafts. */
  ask: (order: QuizOrder) => Promise<readonly QuizDraft[]>;
  /** Whether another round may begin. */
  hasTime: () => boolean;
};

export type Written = { chosen: Sound[]; rejected: Rejection[] };

/** After the first round, at most this many more for what was rejected. */
const MAX_REASKS = 2;
/** A model writes long lists slowly; parts are written side by side, each from its own passages. */
const MAX_QUESTIONS_A_CALL = 20;
const MIN_PASSAGES_A_CALL = 4;

/** The more questions, the more places they come from. A search ranks sixty. */
export const passagesFor = (questions: number) => Math.min(60, Math.max(16, 4 * questions + 4));

/** A few more than needed, since some will be rejected. */
const withSpare = (missing: number) => missing + 2 + Math.ceil(missing * 0.4);

/** Deals passages round, so that every part sees all of the subject. */
function deal<T>(list: readonly T[], parts: number): T[][] {
  const dealt: T[][] = Array.from({ length: parts }, () => []);
  list.forEach((item, index) => {
    dealt[index % parts]?.push(item);
  });
  return dealt;
}

async function askInParts(writing: Writing, order: Omit<QuizOrder, 'questions'>, questions: number) {
  const { passages, ask } = writing;
  const context = writing.context.map((passage) => ({ ...passage, isContext: true }));
  const parts = Math.max(
    1,
    Math.min(Math.ceil(questions / MAX_QUESTIONS_A_CALL), Math.floor(passages.length / MIN_PASSAGES_A_CALL)),
  );
  const share = Math.min(MAX_DRAFTS, Math.ceil(questions / parts));
  const answers = await Promise.allSettled(
    deal(passages, parts).map((own) => ask({ ...order, passages: [...own, ...context], questions: share })),
  );
  const drafts = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
  const failure = answers.find(({ status }) => status === 'rejected');
  return { drafts, failure: failure?.status === 'rejected' ? { reason: failure.reason } : null };
}

/**
 * Lets the model write, keeps what no rule speaks against, and asks again for the rest with the reasons. Nothing is
 * repaired and nothing padded: fewer good questions than asked is an honest result. Throws what the model's call threw
 * when nothing at all came of it.
 */
export async function writeQuiz(writing: Writing): Promise<Written> {
  const { n, passages, context, around, hasTime } = writing;
  const own = await writeFrom(writing, []);
  if (own.chosen.length >= n || around.length === 0 || !hasTime()) return own;
  const wider = { ...writing, passages: around, context: [...passages, ...context] };
  const { chosen, rejected } = await writeFrom(wider, own.chosen);
  return { chosen, rejected: [...own.rejected, ...rejected] };
}

/** From the given passages alone, beside what the quiz has already. */
async function writeFrom(writing: Writing, placed: readonly Sound[]): Promise<Written> {
  const { topic, difficulty, n, passages, recentConcepts } = writing;
  const byNumber = new Map(passages.map((passage) => [passage.n, passage]));
  const sound = [...placed];
  const rejected: Rejection[] = [];
  let chosen = [...placed];
  let lastRejected: Rejection[] = [];
  for (let round = 0; round <= MAX_REASKS; round++) {
    if (round > 0 && !writing.hasTime()) break;
    // Recent concepts are avoided once. When that leaves too few, asking again about a known concept beats not asking.
    const avoided = round === 0 ? recentConcepts : [];
    const alreadyAsked = [...sound.map(({ draft }) => draft.concept), ...avoided];
    const order = { topic, difficulty, alreadyAsked, rejected: lastRejected, passages };
    const { drafts, failure } = await askInParts(writing, order, withSpare(n - chosen.length));
    if (failure && drafts.length === 0) {
      if (chosen.length > 0) break;
      throw failure.reason;
    }
    const sifted = siftDrafts(drafts, { passages: byNumber, placed: sound, recentConcepts });
    sound.push(...sifted.sound);
    const choice = chooseItems(sound, { n, difficulty });
    chosen = choice.chosen;
    lastRejected = [...sifted.rejected, ...tooLong(choice.surplus, chosen.length < n)];
    rejected.push(...lastRejected);
    const nothingNew = sifted.sound.length === 0 && lastRejected.length === 0;
    if (chosen.length >= n || (nothingNew && avoided.length === 0)) break;
  }
  return { chosen, rejected };
}

/** Sound by themselves, but with them the longest choice would be right too often. */
function tooLong(surplus: readonly Sound[], isShort: boolean): Rejection[] {
  if (!isShort) return [];
  return surplus
    .filter(({ draft }) => isAnswerLongest(draft))
    .map(({ draft }) => ({
      rule: 'R7',
      reason: 'the answer is the longest choice, as in too many of the others',
      question: draft.question,
    }));
}
