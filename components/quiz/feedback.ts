import { percent } from '@/lib/calendar/words';
import type { AttemptAnswer } from '@/lib/domain/quiz';
import { inEnglish } from '@/lib/language/text';
import type { AskedItem, Solution } from '@/lib/study/quiz/disclose';
import { rightText } from '@/lib/study/quiz/told';

const MAX_HEADLINE = 90;
const MAX_ANSWER_IN_HEADLINE = 60;

/** The first sentence and what follows it; a full stop inside a number, formula or abbreviation ends none. */
export function firstSentence(text: string): { first: string; rest: string } {
  const end = /[.!?](?=\s+["“(]?\p{Lu})|[。！？]/u.exec(text);
  const isInFormula = end !== null && (text.slice(0, end.index).split('$').length - 1) % 2 === 1;
  if (!end || isInFormula || end.index < 4) return { first: text, rest: '' };
  const cut = end.index + 1;
  return { first: text.slice(0, cut), rest: text.slice(cut).trim() };
}

const wordsOf = (text: string) => text.match(/[\p{L}\p{N}]+/gu)?.join(' ');

/** The quote stands below with its mark; an explanation that only repeats it says nothing more. */
export function withoutQuote(explanation: string, quote: string): string {
  const at = explanation.indexOf(quote.trim());
  // Its words with other signs around them are the same words.
  if (at < 0) return wordsOf(explanation.replace(/^[^:]*:\s*/, '')) === wordsOf(quote) ? '' : explanation;
  const before = explanation.slice(0, at).replace(/(?:[^.!?]*:\s*)?[“"«„]?$/u, '');
  const after = explanation.slice(at + quote.trim().length).replace(/^[”"»“]?[.]?/u, '');
  return `${before.trim()} ${after.trim()}`.trim();
}

export type Feedback = {
  headline: string;
  /** What is wrong with what was chosen. */
  why: string | null;
  explanation: string;
  /** The other wrong choices with their reasons. */
  others: { id: string; text: string; why: string }[];
  /** Said once to a screen reader. */
  announcement: string;
};

/** What a student reads after an answer: the idea first, then why, then the proof. */
export function feedbackOf(
  item: AskedItem,
  solution: Solution,
  answer: AttemptAnswer,
  t = inEnglish,
): Feedback {
  const right = rightText(item, solution);
  const { optionId, correct, confidence, credit = 0 } = answer;
  const told = withoutQuote(solution.explanation, solution.source.quote);
  const { first, rest } = firstSentence(told);
  const isHeadline =
    first.length > 0 && first.length <= MAX_HEADLINE && !(answer.credit !== undefined && !answer.correct);
  const verdict = correct
    ? confidence === 'guessing'
      ? t('Right, by a guess')
      : t('Right')
    : optionId === null
      ? t('Skipped')
      : credit > 0
        ? t('Partly right, {percent} of the mark', { percent: percent(credit, t.language) })
        : t('Not this one');
  const swapped = !correct && optionId !== null && item.kind === 'contrast';
  const isPartly = !correct && credit > 0;
  const plain =
    correct || isPartly || right.length > MAX_ANSWER_IN_HEADLINE
      ? verdict
      : t('The answer is {right}', { right });
  const headline = swapped
    ? t('It is the other way round')
    : isHeadline
      ? first.replace(/[.。]$/, '')
      : plain;
  const usesFirst = !swapped && isHeadline;
  return {
    headline,
    why: optionId === null ? null : (solution.whys[optionId] ?? null),
    explanation: usesFirst ? rest : told,
    others: item.choices.flatMap(({ id, text }) => {
      const why = solution.whys[id];
      return why !== undefined && id !== optionId ? [{ id, text, why }] : [];
    }),
    announcement: correct ? `${verdict}.` : t('{verdict}. The right answer is {right}.', { verdict, right }),
  };
}
