import type { StudySource } from '../../domain/citation.ts';
import type { QuizDraft } from './draft.ts';
import type { Breach } from './rules.ts';
import { choiceKey, isEnglishDraft, jaccard } from './words.ts';

const SAME_QUESTION_SHARE = 0.6;

/** A question that already has its place in the quiz. */
export type Placed = { draft: Pick<QuizDraft, 'concept' | 'question'>; source: StudySource };

/** R15: whether the quiz asks this already. */
export function lintOnce(draft: QuizDraft, source: StudySource, placed: readonly Placed[]): Breach | null {
  const isEnglish = isEnglishDraft(draft, source.quote);
  const concept = choiceKey(draft.concept, isEnglish);
  for (const other of placed) {
    const overlaps =
      source.docId === other.source.docId &&
      source.quoteStart < other.source.quoteEnd &&
      source.quoteEnd > other.source.quoteStart;
    if (overlaps) return { rule: 'R15', reason: 'the same sentence is asked about already' };
    if (concept === choiceKey(other.draft.concept, isEnglish)) {
      return { rule: 'R15', reason: `“${draft.concept}” is asked about already` };
    }
    if (jaccard(draft.question, other.draft.question, isEnglish) > SAME_QUESTION_SHARE) {
      return { rule: 'R15', reason: 'another question asks almost the same' };
    }
  }
  return null;
}
