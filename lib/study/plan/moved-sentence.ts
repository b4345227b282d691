import { counted, listOf, shortListOf, spokenDate, weekdayName } from '../../calendar/words.ts';
import type { Plan, PlanTask, TaskMove } from '../../domain/plan.ts';
import { minutesOf } from './days.ts';
import { capitalised } from './goal.ts';
import { minutesText } from './sentences.ts';

type MissedFacts = {
  plan: Plan;
  missed: readonly PlanTask[];
  moves: readonly TaskMove[];
  /** Every task as it stood before the moves. */
  tasks: ReadonlyMap<string, PlanTask>;
  today: string;
};

const MOST_DAYS_NAMED = 3;
const inOrder = (dates: readonly string[]) => [...new Set(dates)].sort();

function whatHappened({ plan, missed, today }: MissedFacts): string {
  const dates = inOrder(missed.map(({ date }) => date));
  const names = dates.map((date) => spokenDate(date, today));
  const wasTouched = plan.weekBlocks.some(({ tasks }) =>
    tasks.some((task) => task.completed && dates.includes(task.date)),
  );
  if (dates.length > MOST_DAYS_NAMED) return `${dates.length} days did not happen`;
  if (wasTouched) return `Part of ${listOf(names)} did not happen`;
  return `${capitalised(listOf(names))} did not happen`;
}

/** What moved, in one sentence; then what does not fit any more. */
export function missedSentence(facts: MissedFacts): string {
  const { missed, moves, tasks, today, plan } = facts;
  const missedIds = new Set(missed.map(({ id }) => id));
  const moved = moves.filter(({ taskId, to }) => missedIds.has(taskId) && to !== null);
  const others = moves.filter(({ taskId, to }) => !missedIds.has(taskId) && to !== null);
  const left = moves.filter(({ to }) => to === null);
  const taskOf = ({ taskId }: TaskMove) => tasks.get(taskId);
  const minutes = (of: readonly TaskMove[]) => minutesOf(of.flatMap((move) => taskOf(move) ?? []));
  const titles = (of: readonly TaskMove[]) => of.flatMap((move) => taskOf(move)?.title ?? []);

  const sentences: string[] = [];
  if (moved.length > 0) {
    const targets = inOrder(moved.flatMap(({ to }) => to ?? [])).map((date) => spokenDate(date, today));
    const where = targets.length > MOST_DAYS_NAMED ? `the days until ${targets.at(-1)}` : listOf(targets);
    const whose = new Set(missed.map(({ date }) => date)).size === 1 ? 'its' : 'their';
    const push = others.length === 0 ? '' : `, and ${counted(others.length, 'later task')} moved on`;
    sentences.push(
      `${whatHappened(facts)}, so I moved ${whose} ${minutesText(minutes(moved))} to ${where}${push}.`,
    );
  } else if (missed.length > 0) {
    sentences.push(`${whatHappened(facts)}, and its time is not there again.`);
  } else {
    sentences.push(`There is room again for ${shortListOf(titles(others))}.`);
  }
  if (left.length > 0) {
    const names = shortListOf(titles(left), 2);
    const end = plan.deadline === null ? 'in the plan' : `before ${weekdayName(plan.deadline)}`;
    sentences.push(`${capitalised(minutesText(minutes(left)))} no longer fit ${end}: ${names}.`);
  }
  return sentences.join(' ');
}
