import { daysBetween } from '../calendar/dates.ts';
import { inDays } from '../calendar/words.ts';
import type { DueSummary } from '../db/queries/deck.ts';
import type { UnfinishedAttempt } from '../db/queries/quiz.ts';
import type { TodayDocument } from '../db/queries/today.ts';
import type { PlanTask } from '../domain/plan.ts';
import { inEnglish, type Translate } from '../language/text.ts';
import { paths } from '../links.ts';
import type { Focus } from '../study/mastery/focus.ts';
import { documentItems, firstQuizItem } from './document-items.ts';
import type { Fading } from './fading.ts';
import { minutesOf, plain, quizOn, SECONDS_PER_QUESTION, type TodayItem } from './today-item.ts';

export type TodayFacts = {
  /** The student's date, YYYY-MM-DD. */
  today: string;
  documents: readonly TodayDocument[];
  unfinished: UnfinishedAttempt | null;
  due: Pick<DueSummary, 'due' | 'minutes' | 'newCards' | 'proposed' | 'nextDue'>;
  fading: Fading | null;
  tasks: readonly PlanTask[];
  focus: readonly Focus[];
  /** Whether any question was ever answered. */
  hasPractised: boolean;
  exam: { title: string; date: string } | null;
};

const SECONDS_PER_DECISION = 10;
/** An exam further away gives no reason to do something today. */
const EXAM_IN_SIGHT_DAYS = 60;

/** Links of tasks may come from a model; only ways inside the app are followed. */
const insideHref = (link: string | null) => (link && /^\/(?![/\\])/.test(link) ? link : paths.plan);

function unfinishedItem({ quizId, topic, answered, total }: UnfinishedAttempt, t: Translate): TodayItem {
  const left = Math.max(1, total - answered);
  return {
    ...plain(t),
    key: `quiz:${quizId}`,
    kind: 'quiz',
    title:
      answered === 0 ? t('Take the quiz on {topic}', { topic }) : t('Finish the quiz on {topic}', { topic }),
    why:
      answered === 0
        ? t('It is made and waits for its first answer.')
        : t('You stopped after {answered} of {total}. Your place and your answers are kept.', {
            answered,
            total,
          }),
    minutes: minutesOf(left, SECONDS_PER_QUESTION),
    extent: t('{left, plural, one {# question} other {# questions}}', { left }),
    start: { href: paths.quiz(quizId), label: answered === 0 ? t('Start') : t('Go on') },
    note: answered === 0 ? t('not begun yet') : t('{answered} of {total} answered', { answered, total }),
  };
}

function examSentence({ exam, today }: Pick<TodayFacts, 'exam' | 'today'>, t: Translate): string {
  if (!exam) return '';
  const days = daysBetween(today, exam.date);
  if (days < 0 || days > EXAM_IN_SIGHT_DAYS) return '';
  return ` ${t('“{title}” is {inDays}.', { title: exam.title, inDays: inDays(days, t.language) })}`;
}

function reviewItem({ due, fading, exam, today }: TodayFacts, t: Translate): TodayItem {
  const isNew = due.newCards >= due.due || fading === null;
  const title = fading?.subject
    ? t('Review {subject} before it fades', { subject: fading.subject })
    : t('Review your cards before they fade');
  return {
    ...plain(t),
    key: 'review',
    kind: 'review',
    title: isNew ? t('Learn {due, plural, one {# new card} other {# new cards}}', { due: due.due }) : title,
    why: isNew
      ? t(
          'You have not seen {due, plural, one {it} other {them}} yet. The first look decides when each comes back.{examSentence}',
          { due: due.due, examSentence: examSentence({ exam, today }, t) },
        )
      : `${fading.sentence}${examSentence({ exam, today }, t)}`,
    minutes: Math.max(1, Math.round(due.minutes)),
    extent: t('{due, plural, one {# card} other {# cards}}', { due: due.due }),
    source: isNew ? null : fading.source,
    start: { href: paths.review, label: t('Start') },
    note: isNew ? t('new') : t('{now}% recalled now', { now: Math.round(fading.now * 100) }),
  };
}

function taskItem(task: PlanTask, today: string, t: Translate): TodayItem {
  const moved = task.movedFrom !== null && task.movedFrom < today;
  return {
    ...plain(t),
    key: `task:${task.id}`,
    kind: 'task',
    title: task.title,
    why:
      task.reason ?? (moved ? t('It was planned earlier and moved to today.') : t('Your plan has it today.')),
    minutes: task.etaMin,
    extent: null,
    start: { href: insideHref(task.link), label: t('Start') },
    note: moved ? t('moved to today') : t('from your plan'),
  };
}

function keepItem(proposed: number, t: Translate): TodayItem {
  return {
    ...plain(t),
    key: 'keep',
    kind: 'keep',
    title: t('Keep or drop {proposed, plural, one {# new card} other {# new cards}}', { proposed }),
    why: t('They were made from your notes and wait for a look. Only what you keep comes up in reviews.'),
    minutes: minutesOf(proposed, SECONDS_PER_DECISION),
    extent: t('{proposed, plural, one {# card} other {# cards}}', { proposed }),
    start: { href: paths.practice, label: t('Look at them') },
    note: t('made from your notes'),
  };
}

function practiseItem({ topic, reason }: Focus, t: Translate): TodayItem {
  return {
    ...plain(t),
    key: `practise:${topic.toLowerCase()}`,
    kind: 'practise',
    title: t('Quiz: {topic}', { topic }),
    why: t('{reason} A few fresh questions tell whether it sticks now.', { reason }),
    ...quizOn(topic, t),
    note: reason.replace(/[.,].*$/, ''),
  };
}

/**
 * Everything there is to do today, the one next action first. What was begun comes before what fades, what fades before
 * what is only planned, and what is planned before what would be good to do; asking and adding notes are always there
 * and come last.
 */
export function todayItems(facts: TodayFacts, t = inEnglish): TodayItem[] {
  const { unfinished, due, tasks, focus, today, documents, hasPractised } = facts;
  const ready = documents.find(({ status }) => status === 'ready');
  // A task of the plan to review what is due is the same work twice.
  const open = tasks.filter(({ completed, kind }) => !completed && !(due.due > 0 && kind === 'cards'));
  return [
    ...(unfinished ? [unfinishedItem(unfinished, t)] : []),
    ...(due.due > 0 ? [reviewItem(facts, t)] : []),
    // What was moved once is not moved again.
    ...open
      .toSorted((left, right) => Number(right.movedFrom !== null) - Number(left.movedFrom !== null))
      .map((task) => taskItem(task, today, t)),
    ...(due.proposed > 0 ? [keepItem(due.proposed, t)] : []),
    ...focus.slice(0, 2).map((one) => practiseItem(one, t)),
    ...documentItems(documents, t),
    ...(ready && !hasPractised && !unfinished ? [firstQuizItem(ready, t)] : []),
  ];
}
