import { daysBetween } from '../calendar/dates.ts';
import { counted, inDays } from '../calendar/words.ts';
import type { DueSummary } from '../db/queries/deck.ts';
import type { UnfinishedAttempt } from '../db/queries/quiz.ts';
import type { TodayDocument } from '../db/queries/today.ts';
import type { PlanTask } from '../domain/plan.ts';
import { paths } from '../links.ts';
import type { Focus } from '../study/mastery/focus.ts';
import { documentItems, firstQuizItem } from './document-items.ts';
import type { Fading } from './fading.ts';
import { minutesOf, PLAIN, quizOn, SECONDS_PER_QUESTION, type TodayItem } from './today-item.ts';

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

function unfinishedItem({ quizId, topic, answered, total }: UnfinishedAttempt): TodayItem {
  const left = Math.max(1, total - answered);
  return {
    ...PLAIN,
    key: `quiz:${quizId}`,
    kind: 'quiz',
    title: `Finish the quiz on ${topic}`,
    why:
      answered === 0
        ? 'It is made and waits for its first answer.'
        : `You stopped after ${answered} of ${total}. Your place and your answers are kept.`,
    minutes: minutesOf(left, SECONDS_PER_QUESTION),
    extent: counted(left, 'question'),
    start: { href: paths.quiz(quizId), label: answered === 0 ? 'Start' : 'Go on' },
    note: answered === 0 ? 'not begun yet' : `${answered} of ${total} answered`,
  };
}

function examSentence({ exam, today }: Pick<TodayFacts, 'exam' | 'today'>): string {
  if (!exam) return '';
  const days = daysBetween(today, exam.date);
  if (days < 0 || days > EXAM_IN_SIGHT_DAYS) return '';
  return ` “${exam.title}” is ${inDays(days)}.`;
}

function reviewItem({ due, fading, exam, today }: TodayFacts): TodayItem {
  const isNew = due.newCards >= due.due || fading === null;
  const title = fading?.subject
    ? `Review ${fading.subject} before it fades`
    : 'Review your cards before they fade';
  return {
    ...PLAIN,
    key: 'review',
    kind: 'review',
    title: isNew ? `Learn ${counted(due.due, 'new card')}` : title,
    why: isNew
      ? `You have not seen ${due.due === 1 ? 'it' : 'them'} yet. The first look decides when each comes back.${examSentence({ exam, today })}`
      : `${fading.sentence}${examSentence({ exam, today })}`,
    minutes: Math.max(1, Math.round(due.minutes)),
    extent: counted(due.due, 'card'),
    source: isNew ? null : fading.source,
    start: { href: paths.review, label: 'Start' },
    note: isNew ? 'new' : `${Math.round(fading.now * 100)}% recalled now`,
  };
}

function taskItem(task: PlanTask, today: string): TodayItem {
  const moved = task.movedFrom !== null && task.movedFrom < today;
  return {
    ...PLAIN,
    key: `task:${task.id}`,
    kind: 'task',
    title: task.title,
    why: task.reason ?? (moved ? 'It was planned earlier and moved to today.' : 'Your plan has it today.'),
    minutes: task.etaMin,
    extent: null,
    start: { href: insideHref(task.link), label: 'Start' },
    note: moved ? 'moved to today' : 'from your plan',
  };
}

function keepItem(proposed: number): TodayItem {
  return {
    ...PLAIN,
    key: 'keep',
    kind: 'keep',
    title: `Keep or drop ${counted(proposed, 'new card')}`,
    why: 'They were made from your notes and wait for a look. Only what you keep comes up in reviews.',
    minutes: minutesOf(proposed, SECONDS_PER_DECISION),
    extent: counted(proposed, 'card'),
    start: { href: paths.practice, label: 'Look at them' },
    note: 'made from your notes',
  };
}

function practiseItem({ topic, reason }: Focus): TodayItem {
  return {
    ...PLAIN,
    key: `practise:${topic.toLowerCase()}`,
    kind: 'practise',
    title: `Quiz: ${topic}`,
    why: `${reason} A few fresh questions tell whether it sticks now.`,
    ...quizOn(topic),
    note: reason.replace(/[.,].*$/, ''),
  };
}

/**
 * Everything there is to do today, the one next action first. What was begun comes before what fades, what fades before
 * what is only planned, and what is planned before what would be good to do; asking and adding notes are always there
 * and come last.
 */
export function todayItems(facts: TodayFacts): TodayItem[] {
  const { unfinished, due, tasks, focus, today, documents, hasPractised } = facts;
  const ready = documents.find(({ status }) => status === 'ready');
  // A task of the plan to review what is due is the same work twice.
  const open = tasks.filter(({ completed, kind }) => !completed && !(due.due > 0 && kind === 'cards'));
  return [
    ...(unfinished ? [unfinishedItem(unfinished)] : []),
    ...(due.due > 0 ? [reviewItem(facts)] : []),
    // What was moved once is not moved again.
    ...open
      .toSorted((left, right) => Number(right.movedFrom !== null) - Number(left.movedFrom !== null))
      .map((task) => taskItem(task, today)),
    ...(due.proposed > 0 ? [keepItem(due.proposed)] : []),
    ...focus.slice(0, 2).map(practiseItem),
    ...documentItems(documents),
    ...(ready && !hasPractised && !unfinished ? [firstQuizItem(ready)] : []),
  ];
}
