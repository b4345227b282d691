import type { Plan, PlanTask, TaskMove } from '../../domain/plan.ts';
import { say, sayAll, sayCapital, sayDay, sayList } from '../../language/said.ts';
import { minutesOf } from './days.ts';
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
  const names = dates.map((date) => sayDay(date, today));
  const wasTouched = plan.weekBlocks.some(({ tasks }) =>
    tasks.some((task) => task.completed && dates.includes(task.date)),
  );
  if (dates.length > MOST_DAYS_NAMED) return say('{count} days did not happen', { count: dates.length });
  if (wasTouched) return say('Part of {days} did not happen', { days: sayList(names) });
  return say('{days} {many, plural, =1 {did} other {did}} not happen', {
    days: sayCapital(sayList(names)),
    many: names.length,
  });
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
    const targets = inOrder(moved.flatMap(({ to }) => to ?? [])).map((date) => sayDay(date, today));
    const where =
      targets.length > MOST_DAYS_NAMED
        ? say('the days until {day}', { day: targets.at(-1) ?? '' })
        : sayList(targets);
    const what = {
      what: whatHappened(facts),
      days: new Set(missed.map(({ date }) => date)).size,
      minutes: minutesText(minutes(moved)),
      where,
    };
    sentences.push(
      others.length === 0
        ? say('{what}, so I moved {days, plural, =1 {its} other {their}} {minutes} to {where}.', what)
        : say(
            '{what}, so I moved {days, plural, =1 {its} other {their}} {minutes} to {where}, and {later, plural, one {# later task} other {# later tasks}} moved on.',
            { ...what, later: others.length },
          ),
    );
  } else if (missed.length > 0) {
    sentences.push(say('{what}, and its time is not there again.', { what: whatHappened(facts) }));
  } else {
    sentences.push(say('There is room again for {names}.', { names: sayList(titles(others), 3) }));
  }
  if (left.length > 0) {
    const what = { minutes: sayCapital(minutesText(minutes(left))), names: sayList(titles(left), 2) };
    sentences.push(
      plan.deadline === null
        ? say('{minutes} no longer fit in the plan: {names}.', what)
        : say('{minutes} no longer fit before {day}: {names}.', {
            ...what,
            day: sayDay(plan.deadline, today, 'weekday'),
          }),
    );
  }
  return sayAll(sentences);
}
