'use client';

import { useText } from '#use-text';
import { ProposedList } from '@/components/cards/proposed-list';
import { LEVEL_NAMES } from '@/components/client/level-names';
import { ButtonLink } from '@/components/ui/button';
import { longDate, percent, shortDate, shortWeekday, spanOf } from '@/lib/calendar/words';
import type { Sayings } from '@/lib/domain/said';
import { told } from '@/lib/language/told';
import { paths } from '@/lib/links';
import { ToolCard } from './tool-card';
import type { ToolCardProps, ToolOutput } from './tool-view';

const TOPICS_SHOWN = 6;
const TASKS_SHOWN = 5;

/** A quiz that was made: what it holds, what it does not, and the way in. */
export function GenerateQuizCard({ part }: ToolCardProps<'generateQuiz'>) {
  const t = useText();
  const { quizId, topic, difficulty, asked, made, minutes, note, said } = part.output;
  const size =
    made < asked
      ? t('{made} of {asked} questions', { made, asked })
      : t('{made, plural, one {# question} other {# questions}}', { made });
  return (
    <ToolCard
      label={t('Quiz on {topic}', { topic })}
      title={topic}
      titleClassName="first-letter:uppercase"
      ways={[{ href: paths.quiz(quizId), label: t('Start quiz') }]}
    >
      <p className="mt-0.5 text-ink-2 tabular">
        {t('{size} · {level} · about {minutes} min', {
          size,
          level: difficulty === 'mixed' ? t('of all levels') : t(LEVEL_NAMES[difficulty]),
          minutes,
        })}
      </p>
      {note !== null && <p className="mt-2 max-w-[60ch] text-ink-2">{told(note, said, t)}</p>}
    </ToolCard>
  );
}

/** New cards, and the ones that were left out because the deck has them already. */
export function AddFlashcardsCard({ part }: ToolCardProps<'addFlashcards'>) {
  const t = useText();
  const { cards, duplicates } = part.output;
  const decks = [...new Set(cards.map(({ deck }) => deck))];
  return (
    <ToolCard
      label={t('New cards')}
      title={
        cards.length === 0
          ? t('No new cards')
          : t('{count, plural, one {# new card} other {# new cards}}', { count: cards.length })
      }
    >
      {decks.length > 0 && (
        <p className="mt-0.5 mb-2 text-ink-2">{t('For {decks}', { decks: decks.join(', ') })}</p>
      )}
      {cards.length > 0 && (
        <ProposedList
          cards={cards}
          action={
            <ButtonLink variant="quiet" href={paths.practice}>
              {t('Open Practice')}
            </ButtonLink>
          }
        />
      )}
      {duplicates.length > 0 && (
        <details className="mt-2 text-ink-2">
          <summary className="min-h-8 cursor-pointer">
            {duplicates.length === 1
              ? t('One card left out: you have it already')
              : t('{count} cards left out: you have them already', { count: duplicates.length })}
          </summary>
          <ul className="mt-1 list-disc pl-5 font-notes">
            {duplicates.map(({ front }) => (
              <li key={front}>{front}</li>
            ))}
          </ul>
        </details>
      )}
    </ToolCard>
  );
}

type Analytics = ToolOutput<'buildLearningProfile'>['analytics'];

const Topics = ({ topics }: { topics: Analytics['topicBreakdown'] }) => {
  const t = useText();
  return (
    <table className="mt-3 w-full">
      <thead className="sr-only">
        <tr>
          <th scope="col">{t('Topic')}</th>
          <th scope="col">{t('Average')}</th>
        </tr>
      </thead>
      <tbody>
        {topics.map(({ topic, average, answers, contestedAt }) => (
          <tr key={topic} className="border-rule border-t">
            <th scope="row" className="py-1.75 pr-3 text-left font-medium">
              <span className="line-clamp-2">{topic}</span>
            </th>
            <td className="whitespace-nowrap py-1.75 text-right text-ink-3 text-xs">
              {t('{answers, plural, one {# answer} other {# answers}}', { answers })}
              {contestedAt !== null && t(', since you contested')}
            </td>
            <td className="w-14 py-1.75 text-right tabular">{percent(average, t.language)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};

/** How each topic stands, what to work on first, and the way there. */
export function BuildLearningProfileCard({ part: { output } }: ToolCardProps<'buildLearningProfile'>) {
  const t = useText();
  const { analytics, summary } = output;
  const focus = analytics.focus[0];
  const practised = analytics.topicBreakdown.filter(({ answers }) => answers > 0);
  // What needs work is what the card is opened for.
  const shown = practised.toSorted((left, right) => left.average - right.average).slice(0, TOPICS_SHOWN);
  const order = focus
    ? t('Quiz me on {topic}, 5 questions', { topic: focus.topic })
    : t('Make me a quiz of 5 questions');
  return (
    <ToolCard
      label={t('Your learning profile')}
      title={focus ? t('Work on {topic} first', { topic: focus.topic }) : t('How you stand')}
      ways={[
        { href: paths.asking(order), label: focus ? t('Quiz me on it') : t('Make a quiz') },
        { href: paths.progress, label: t('See your progress') },
      ]}
    >
      <p className="mt-0.5 text-ink-2">{told(focus ? focus.reason : summary, output.said, t)}</p>
      {shown.length > 0 && <Topics topics={shown} />}
      {practised.length > shown.length && (
        <p className="mt-1 text-ink-3 text-xs">
          {t('{count} more are on the progress page.', { count: practised.length - shown.length })}
        </p>
      )}
    </ToolCard>
  );
}

/** A plan that was made: whether it fits, how it begins, and the way to it. */
export function CreateStudyPlanCard({ part }: ToolCardProps<'createStudyPlan'>) {
  const t = useText();
  const { title, deadline, endsOn, timePerDayMin, daysPerWeek, weekBlocks, fits, warnings, said } =
    part.output;
  const until =
    deadline === null
      ? t('until {date}', { date: shortDate(endsOn, t.language) })
      : longDate(deadline, t.language);
  const first = weekBlocks.find(({ tasks }) => tasks.length > 0);
  const total = weekBlocks.reduce((count, { tasks }) => count + tasks.length, 0);
  return (
    <ToolCard
      label={t('Study plan: {title}', { title })}
      title={title}
      ways={[{ href: paths.plan, label: t('Open plan') }]}
    >
      <p className="mt-0.5 text-ink-2 tabular">
        {t('{until} · {timePerDayMin} min a day, {daysPerWeek, plural, one {# day} other {# days}} a week', {
          until,
          timePerDayMin,
          daysPerWeek,
        })}
      </p>
      {/* The first of the warnings of a plan that does not fit says so and what was left out. */}
      <p className="mt-2 max-w-[60ch] text-ink-2">
        {fits.ok
          ? t('It fits, with time kept free.')
          : told(warnings[0] ?? t('It does not all fit.'), said, t)}
      </p>
      {first && <FirstWeek week={first} total={total} said={said} />}
    </ToolCard>
  );
}

type Week = ToolOutput<'createStudyPlan'>['weekBlocks'][number];

function FirstWeek({ week, total, said }: { week: Week; total: number; said: Sayings | undefined }) {
  const t = useText();
  const shown = week.tasks.slice(0, TASKS_SHOWN);
  const later = total - shown.length;
  return (
    <>
      <h3 className="mt-3.5 font-semibold wrap-anywhere">
        {told(week.focus, said, t)}
        <span className="ml-2 font-normal text-ink-3 text-xs tabular">
          {spanOf(week.startsOn, week.endsOn, t.language)}
        </span>
      </h3>
      <ul className="mt-1">
        {shown.map((task) => (
          <li
            key={task.id}
            className="grid grid-cols-[3.5rem_minmax(0,1fr)_auto] gap-2 border-rule border-t py-1.5"
          >
            <span className="text-ink-3 text-xs leading-5 tabular">
              {shortWeekday(task.date, t.language)}
            </span>
            <span className="wrap-anywhere">{told(task.title, said, t)}</span>
            <span className="text-ink-3 text-xs leading-5 tabular">
              {t('{etaMin} min', { etaMin: task.etaMin })}
            </span>
          </li>
        ))}
      </ul>
      {later > 0 && (
        <p className="border-rule border-t pt-1.5 text-ink-3 text-xs">
          {t('and {later, plural, one {# task} other {# tasks}} more', { later })}
        </p>
      )}
    </>
  );
}
