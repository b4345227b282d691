import { z } from 'zod';
import { count } from '../../domain/fields.ts';
import { CONFIDENCES, type Confidence } from '../../domain/quiz.ts';
import type { AnswerEvidence, Evidence } from './evidence.ts';

const MAX_ITEMS = 20;

const calibrationItem = z.object({
  quizId: z.string(),
  itemId: z.string(),
  topic: z.string(),
  q: z.string(),
});
type CalibrationItem = z.infer<typeof calibrationItem>;

export const calibrationSchema = z.object({
  certainWrong: count,
  certainTotal: count,
  guessingRight: count,
  guessingTotal: count,
  items: z
    .array(calibrationItem)
    .describe('Certain and wrong, and not answered right since; the latest first.'),
  guessed: z
    .array(calibrationItem)
    .describe('Right by a guess, and not answered with more confidence since.'),
  byConfidence: z.array(z.object({ confidence: z.enum(CONFIDENCES), right: count, total: count })),
});
type Calibration = z.infer<typeof calibrationSchema>;

const itemOf = ({ quizId, itemId, topic, question }: AnswerEvidence): CalibrationItem => ({
  quizId,
  itemId,
  topic,
  q: question,
});

/** How well "certain", "fairly" and "guessing" match what was right. Questions that were skipped say nothing. */
export function calibrationOf({ answers }: Pick<Evidence, 'answers'>): Calibration {
  const given = answers
    .filter(({ skipped, confidence }) => !skipped && confidence !== null)
    .sort((left, right) => right.atMs - left.atMs);
  // One answer per question, the latest: one right answer clears what was wrong before. A given answer without a
  // confidence clears as well, so it is looked at here.
  const latest = new Map<string, AnswerEvidence>();
  for (const answer of answers) {
    if (answer.skipped) continue;
    const key = `${answer.quizId} ${answer.itemId}`;
    const known = latest.get(key);
    if (!known || answer.atMs >= known.atMs) latest.set(key, answer);
  }
  const standing = [...latest.values()].sort((left, right) => right.atMs - left.atMs);
  const byConfidence = [...CONFIDENCES].reverse().map((confidence) => {
    const said = given.filter((answer) => answer.confidence === confidence);
    return { confidence, right: said.filter(({ correct }) => correct).length, total: said.length };
  });
  const counted = (confidence: Confidence) => {
    const found = byConfidence.find((row) => row.confidence === confidence);
    return { right: found?.right ?? 0, total: found?.total ?? 0 };
  };
  return {
    certainWrong: counted('certain').total - counted('certain').right,
    certainTotal: counted('certain').total,
    guessingRight: counted('guessing').right,
    guessingTotal: counted('guessing').total,
    items: standing
      .filter(({ correct, confidence }) => !correct && confidence === 'certain')
      .slice(0, MAX_ITEMS)
      .map(itemOf),
    guessed: standing
      .filter(({ correct, confidence }) => correct && confidence === 'guessing')
      .slice(0, MAX_ITEMS)
      .map(itemOf),
    byConfidence,
  };
}
