'use client';

import Link from 'next/link';
import useSWR from 'swr';
import { useText } from '#use-text';
import { requestJson } from '@/components/client/request';
import { Dialog, SheetContent } from '@/components/ui/dialog';
import { LoadingLines } from '@/components/ui/loading-lines';
import { Strip } from '@/components/ui/strip';
import { momentInWords } from '@/lib/calendar/words';
import type { AnswerRow, ReviewRow, TopicEvidence } from '@/lib/db/queries/topic-evidence';
import { type Translate, text } from '@/lib/language/text';
import { api, paths } from '@/lib/links';
import { clozePlain } from '@/lib/study/cards/cloze';
import { locatorName } from '@/lib/study/locator';
import { confidenceName } from './wording';

const RATINGS = [null, text('Again'), text('Hard'), text('Good'), text('Easy')];

const dayOf = (at: string, t: Translate) => momentInWords(at, 'shortDayOfWeek', undefined, t.language);

function PassageLink({ source }: { source: AnswerRow['source'] }) {
  const t = useText();
  if (!source) return null;
  const { docId, locator, quoteStart, quoteEnd, title } = source;
  return (
    <Link
      href={paths.passage(docId, locator.index, { from: quoteStart, to: quoteEnd })}
      className="link py-1"
    >
      {title}, {locatorName(locator, t)}
    </Link>
  );
}

function verdictOf({ correct, chosen }: AnswerRow, t: Translate): string {
  if (chosen === null) return t('Skipped');
  return correct ? t('Right') : t('Wrong');
}

function Answer({ answer }: { answer: AnswerRow }) {
  const t = useText();
  const { quizId, itemId, question, chosen, right, correct, confidence, at, source } = answer;
  const isWrong = chosen !== null && !correct;
  return (
    <li className="border-rule border-t py-3.5 first:border-t-0">
      <p className="font-notes text-[0.9375rem] leading-5.75">{question}</p>
      <p className="mt-1.5">
        <span className={`font-semibold ${isWrong ? 'text-brick' : correct ? 'text-moss' : 'text-ink-3'}`}>
          {verdictOf(answer, t)}
        </span>
        {confidence && <span className="text-ink-2">, {confidenceName(confidence, t).toLowerCase()}</span>}
        <span className="text-ink-3 text-xs"> · {dayOf(at, t)}</span>
      </p>
      {chosen && <p className="mt-1 text-ink-2">{t('You chose “{chosen}”.', { chosen })}</p>}
      {!correct && right && <p className="text-ink-2">{t('Right is “{right}”.', { right })}</p>}
      <p className="mt-1 flex flex-wrap gap-x-4 text-xs">
        <Link href={paths.quizItem(quizId, itemId)} className="link py-1">
          {t('Open the quiz')}
        </Link>
        <PassageLink source={source} />
      </p>
    </li>
  );
}

const Review = ({ review: { front, rating, at, source } }: { review: ReviewRow }) => {
  const t = useText();
  return (
    <li className="border-rule border-t py-3 first:border-t-0">
      <p className="line-clamp-2 font-notes text-[0.9375rem] leading-5.75">{clozePlain(front)}</p>
      <p className="mt-1 text-ink-2">
        {t(RATINGS[rating] ?? text('Reviewed'))}
        <span className="text-ink-3 text-xs"> · {dayOf(at, t)}</span>
      </p>
      <p className="text-xs">
        <PassageLink source={source} />
      </p>
    </li>
  );
};

function Evidence({ evidence: { answers, reviews, older, contestedAt } }: { evidence: TopicEvidence }) {
  const t = useText();
  return (
    <>
      {contestedAt && (
        <p className="mb-2 text-ink-3 text-xs">
          {t('What came before {dayOf} is left out: you said it was wrong.', {
            dayOf: dayOf(contestedAt, t),
          })}
        </p>
      )}
      {answers.length === 0 && reviews.length === 0 && (
        <p className="text-ink-2">{t('Nothing counts here at the moment.')}</p>
      )}
      {answers.length > 0 && (
        <section>
          <h3 className="font-semibold">{t('Answers')}</h3>
          <ul>
            {answers.map((answer) => (
              <Answer key={`${answer.quizId} ${answer.itemId} ${answer.at}`} answer={answer} />
            ))}
          </ul>
        </section>
      )}
      {reviews.length > 0 && (
        <section className="mt-5">
          <h3 className="font-semibold">{t('Card reviews')}</h3>
          <ul>
            {reviews.map((review) => (
              <Review key={`${review.cardId} ${review.at}`} review={review} />
            ))}
          </ul>
        </section>
      )}
      {older > 0 && (
        <p className="mt-3 text-ink-3 text-xs">
          {t('{older} older ones count less and are not listed.', { older })}
        </p>
      )}
    </>
  );
}

type EvidenceSheetProps = { topic: string | undefined; onClose: () => void };

/** The answers and reviews a belief stands on, each with its way to the quiz and to the words in the notes. */
export function EvidenceSheet({ topic, onClose }: EvidenceSheetProps) {
  const t = useText();
  const { data, error, mutate } = useSWR<TopicEvidence, Error>(
    topic === undefined ? null : api.topic(topic),
    (url: string) => requestJson(url),
    { revalidateOnFocus: false },
  );
  return (
    <Dialog open={topic !== undefined} onOpenChange={(isOpen) => !isOpen && onClose()}>
      <SheetContent title={topic ?? ''} description={t('The answers and reviews behind this belief.')}>
        <div className="px-5 py-4 md:px-6">
          {error && (
            <Strip tone="bad" onRetry={mutate}>
              {t.fault(error)}
            </Strip>
          )}
          {!error && !data && <LoadingLines label={t('Loading the answers')} />}
          {data && <Evidence evidence={data} />}
        </div>
      </SheetContent>
    </Dialog>
  );
}
