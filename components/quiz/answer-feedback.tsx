'use client';

import { useText } from '#use-text';
import type { AttemptAnswer } from '@/lib/domain/quiz';
import type { AskedItem, Solution } from '@/lib/study/quiz/disclose';
import { feedbackOf } from './feedback';
import { RichText } from './rich-text';
import { SourceQuote } from './source-quote';

type AnswerFeedbackProps = { item: AskedItem; solution: Solution; answer: AttemptAnswer };

/** The idea, why the choice was wrong, the explanation and the proof. */
export function AnswerFeedback({ item, solution, answer }: AnswerFeedbackProps) {
  const t = useText();
  const { headline, why, explanation, others } = feedbackOf(item, solution, answer, t);
  const noted = item.format === 'typed' ? solution.answer : solution.right;
  return (
    <section aria-label={t('About the answer')} data-feedback="" className="mt-6">
      <h2 className="font-[650] text-[1.0625rem] leading-6">
        <RichText text={headline} />
      </h2>
      {noted !== undefined && !answer.correct && !headline.includes(noted) && (
        <p className="mt-1 max-w-[60ch] text-md">
          {t('Your notes say')} <RichText text={noted} className="font-notes font-semibold" />
        </p>
      )}
      {[why, explanation].map(
        (text) =>
          text && (
            <div key={text} className="mt-1 max-w-[60ch] text-pretty text-ink-2 text-md">
              <RichText text={text} />
            </div>
          ),
      )}
      {(solution.sources ?? [solution.source]).map((source) => (
        <SourceQuote key={source.quoteStart + source.quote} source={source} draw />
      ))}
      {others.length > 0 && (
        <details className="mt-3">
          <summary className="link inline-flex min-h-6 cursor-pointer items-center">
            {answer.correct ? t('Why the others are wrong') : t('Why not the rest')}
          </summary>
          <dl className="mt-2 grid gap-2">
            {others.map(({ id, text, why: reason }) => (
              <div key={id}>
                <dt className="font-semibold">
                  <RichText text={text} />
                </dt>
                <dd className="text-ink-2">
                  <RichText text={reason} />
                </dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </section>
  );
}
