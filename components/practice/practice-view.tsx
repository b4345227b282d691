import { Download, Layers, ListChecks } from 'lucide-react';
import Link from 'next/link';
import { useText } from '#use-text';
import { dayText, nothingDueText } from '@/components/cards/due-text';
import { MakeButton, StartMaking } from '@/components/make/make-button';
import { QuizList } from '@/components/quiz/quiz-list';
import { StartLink } from '@/components/today/start-link';
import { TodayFrame } from '@/components/today/today-frame';
import { buttonClass } from '@/components/ui/button';
import { LinkedRow } from '@/components/ui/linked-row';
import type { DueSummary } from '@/lib/db/queries/deck';
import type { QuizSummary, UnfinishedAttempt } from '@/lib/db/queries/quiz';
import type { PassageChange } from '@/lib/domain/version';
import { api, paths } from '@/lib/links';
import { Decks } from './decks';
import { ImportDialog } from './import-dialog';
import { PassageChanges } from './passage-changes';
import { ReviewHistory } from './review-history';

export type PracticeViewProps = {
  summary: DueSummary;
  quizzes: readonly QuizSummary[];
  unfinished: UnfinishedAttempt | null;
  changes: PassageChange[];
  now: Date;
};

/** One thing to do now, then everything there is to practise with. */
export function PracticeView({ summary, quizzes, unfinished, changes, now }: PracticeViewProps) {
  const t = useText();
  const hasCards = summary.decks.some(({ cards }) => cards > 0);
  return (
    <div className="mx-auto max-w-240">
      <h1 className="sr-only">{t('Practice')}</h1>
      <DueNow summary={summary} unfinished={unfinished} now={now} hasCards={hasCards} />
      <div className="mt-10 grid gap-10 md:mt-16">
        <Waiting
          // What is the next action above is not listed again below it.
          proposed={summary.due > 0 || unfinished !== null ? summary.proposed : 0}
          unfinished={summary.due > 0 ? unfinished : null}
        />
        <PassageChanges made={{ changes }} />
        <section aria-labelledby="decks">
          <div className="flex flex-wrap items-center gap-x-2 gap-y-1 pb-2">
            <h2 id="decks" className="grow font-semibold">
              {t('Decks')}
            </h2>
            {hasCards && (
              <Link
                prefetch={false}
                href={paths.cards}
                className={buttonClass({ variant: 'quiet', size: 'sm' })}
              >
                {t('All cards')}
              </Link>
            )}
            {hasCards && (
              <MakeButton kind="cards" variant="quiet" size="sm">
                {t('Make cards')}
              </MakeButton>
            )}
            <ImportDialog className={buttonClass({ variant: 'quiet', size: 'sm' })}>
              {t('Import')}
            </ImportDialog>
            {hasCards && (
              <a
                href={api.exportDecks({ format: 'apkg' })}
                download
                className={buttonClass({ variant: 'quiet', size: 'sm' })}
              >
                <Download aria-hidden="true" className="size-4" /> {t('Export all')}
              </a>
            )}
          </div>
          <Decks initial={summary} />
        </section>
        <section aria-labelledby="quizzes">
          <div className="flex items-center gap-2 pb-2">
            <h2 id="quizzes" className="grow font-semibold">
              {t('Quizzes')}
            </h2>
            {quizzes.length > 0 && (
              <MakeButton kind="quiz" variant="quiet" size="sm">
                {t('Make a quiz')}
              </MakeButton>
            )}
          </div>
          <QuizList quizzes={quizzes} />
        </section>
        <ReviewHistory
          days={summary.history}
          now={now}
          timezone={summary.timezone}
          rolloverHour={summary.rolloverHour}
        />
      </div>
    </div>
  );
}

type DueNowProps = Pick<PracticeViewProps, 'summary' | 'unfinished' | 'now'> & { hasCards: boolean };

/** The page's one ink button: review, else go on with a quiz, else what there is none of yet. */
function DueNow({ summary, unfinished, now, hasCards }: DueNowProps) {
  const t = useText();
  if (summary.due > 0) return <ReviewNow summary={summary} now={now} />;
  const nothingDue = hasCards ? nothingDueText(summary.nextDue, now, summary.timezone, t) : '';
  if (unfinished) {
    return (
      <TodayFrame
        figure={t('{total} left', { total: unfinished.total - unfinished.answered })}
        lead={t('Not finished')}
        title={<span className="first-letter:uppercase">{unfinished.topic}</span>}
        why={<p>{nothingDue}</p>}
        actions={<StartLink href={paths.quiz(unfinished.quizId)}>{t('Go on with the quiz')}</StartLink>}
      />
    );
  }
  if (summary.proposed > 0) {
    return (
      <TodayFrame
        figure={t('{proposed, plural, one {# card} other {# cards}}', { proposed: summary.proposed })}
        lead={t('Do this now')}
        title={t('Look through your new cards')}
        why={<p>{t('They were made for you and wait until you keep them. {nothingDue}', { nothingDue })}</p>}
        actions={<StartLink href={paths.proposedCards}>{t('Look through')}</StartLink>}
      />
    );
  }
  if (hasCards) {
    return (
      <TodayFrame
        lead={t('Nothing to do')}
        title={t('Nothing is due')}
        why={<p>{nothingDue.replace(`${t('Nothing is due.')} `, '')}</p>}
        actions={
          <Link
            prefetch={false}
            href={paths.reviewAhead()}
            className={buttonClass({ variant: 'quiet', className: '-ml-4' })}
          >
            {t('Review ahead')}
          </Link>
        }
      />
    );
  }
  return (
    <TodayFrame
      lead={t('Do this now')}
      title={t('Make cards from what you have to learn')}
      why={
        <p>
          {t('Cards you keep come back just before they fade. Each shows the words of your notes behind it.')}
        </p>
      }
      actions={<StartMaking kind="cards">{t('Make cards from my notes')}</StartMaking>}
    />
  );
}

function ReviewNow({ summary, now }: Pick<PracticeViewProps, 'summary' | 'now'>) {
  const t = useText();
  const decks = summary.decks.filter(({ due }) => due > 0);
  const exam = decks
    .filter(({ examDate }) => examDate !== null && Date.parse(`${examDate}T23:59:59Z`) >= now.getTime())
    .sort((a, b) => (a.examDate ?? '').localeCompare(b.examDate ?? ''))[0];
  return (
    <TodayFrame
      figure={t('{minutes} min', { minutes: summary.minutes })}
      lead={t('Due now')}
      title={
        decks.length === 1
          ? t('Review {name}', { name: decks[0]?.name ?? '' })
          : t('Review what is about to fade')
      }
      why={
        <p>
          {t('About {minutes} min. You can stop at any time, and go on where you were.', {
            minutes: summary.minutes,
          })}
          {exam?.examDate &&
            ' ' +
              t('{name} is examined {dayText}.', {
                name: exam.name,
                dayText: dayText(`${exam.examDate}T12:00:00Z`, now, summary.timezone, t),
              })}
        </p>
      }
      source={
        decks.length > 1 ? t('From {decks}', { decks: decks.map(({ name }) => name).join(', ') }) : undefined
      }
      actions={<StartLink href={paths.review}>{t('Start review')}</StartLink>}
    />
  );
}

type WaitingProps = { proposed: number; unfinished: UnfinishedAttempt | null };

/** What waits for the student's hand, each a line. */
function Waiting({ proposed, unfinished }: WaitingProps) {
  const t = useText();
  if (proposed === 0 && unfinished === null) return null;
  return (
    <section aria-labelledby="waiting">
      <h2 id="waiting" className="pb-2 font-semibold">
        {t('Waiting for you')}
      </h2>
      <ul>
        {unfinished && (
          <LinkedRow
            href={paths.quiz(unfinished.quizId)}
            icon={ListChecks}
            name={unfinished.topic}
            about={t('{answered} of {total} answered', {
              answered: unfinished.answered,
              total: unfinished.total,
            })}
            verb={t('Go on')}
          />
        )}
        {proposed > 0 && (
          <LinkedRow
            href={paths.proposedCards}
            icon={Layers}
            name={t('{proposed, plural, =1 {A new card} other {# new cards}}', { proposed })}
            about={t('Made for you, not in your reviews yet')}
            verb={t('Look through')}
          />
        )}
      </ul>
    </section>
  );
}
