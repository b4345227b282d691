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
  const given = answers.filter(({ skipped }) => !skipped);
  // One answer per question, the latest: one right answer clears what was wrong before. A given answer without a
  // confidence clears as well, so it is looked at here.
  const latest = new Map<string, AnswerEvidence>();
  for (const answer of given) {
    const key = `${answer.quizId} ${answer.itemId}`;
    const known = latest.get(key);
    if (!known || answer.atMs >= known.atMs) latest.set(key, answer);
  }
  const standing = [...latest.values()].sort((left, right) => right.atMs - left.atMs);
  const counted = (confidence: Confidence) => {
    const said = given.filter((answer) => answer.confidence === confidence);
    return { confidence, right: said.filter(({ correct }) => correct).length, total: said.length };
  };
  const stillStanding = (right: boolean, said: Confidence) =>
    standing
      .filter(({ correct, confidence }) => correct === right && confidence === said)
      .slice(0, MAX_ITEMS)
      .map(itemOf);
  const [certain, guessing] = [counted('certain'), counted('guessing')];
  return {
    certainWrong: certain.total - certain.right,
    certainTotal: certain.total,
    guessingRight: guessing.right,
    guessingTotal: guessing.total,
    items: stillStanding(false, 'certain'),
    guessed: stillStanding(true, 'guessing'),
    byConfidence: CONFIDENCES.toReversed().map(counted),
  };
}
