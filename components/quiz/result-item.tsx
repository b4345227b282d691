'use client';

import { useText } from '#use-text';
import type { AskedItem, Solution } from '@/lib/study/quiz/disclose';
import type { AnsweredItem } from '@/lib/study/quiz/grade';
import { givenText, rightText } from '@/lib/study/quiz/told';
import { withoutQuote } from './feedback';
import { RichText } from './rich-text';
import { SourceQuote } from './source-quote';

type ResultItemProps = {
  answered: AnsweredItem<AskedItem>;
  solution: Solution | undefined;
  isOpen?: boolean;
};

/** One question of the results: what was chosen, what is right, and where it stands. */
export function ResultItem({ answered, solution, isOpen = false }: ResultItemProps) {
  const t = useText();
  const { item, answer } = answered;
  const given = givenText(item, answer);
  const explanation = solution ? withoutQuote(solution.explanation, solution.source.quote) : '';
  return (
    <details open={isOpen} className="border-rule border-t py-3">
      <summary className="cursor-pointer font-notes text-md">
        <RichText text={item.q} className="wrap-anywhere" />
        {item.claim !== undefined && <span className="text-ink-2"> “{item.claim}”</span>}
      </summary>
      <dl className="mt-2 grid gap-1 text-md">
        {!answer.correct && (
          <div>
            <dt className="sr-only">{t('Your answer')}</dt>
            <dd className="text-brick">
              {given === null ? (
                t('Skipped')
              ) : (
                <>
                  {answer.text ? t('You wrote') : t('You chose')}{' '}
                  <RichText text={given} className="font-semibold" />
                </>
              )}
            </dd>
          </div>
        )}
        {solution && (
          <div>
            <dt className="sr-only">{t('Right answer')}</dt>
            <dd className="text-moss">
              {t('Right:')} <RichText text={rightText(item, solution)} className="font-semibold" />
            </dd>
          </div>
        )}
      </dl>
      {solution && (
        <>
          {explanation !== '' && (
            <div className="mt-2 text-ink-2">
              <RichText text={explanation} />
            </div>
          )}
          {(solution.sources ?? [solution.source]).map((source) => (
            <SourceQuote key={source.quoteStart + source.quote} source={source} />
          ))}
        </>
      )}
    </details>
  );
}
