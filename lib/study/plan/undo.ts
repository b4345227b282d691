import { mondayOf } from '../../calendar/dates.ts';
import type { Plan, PlanChange, PlanTask, TaskMove } from '../../domain/plan.ts';
import { minutesBy } from './days.ts';
import { tasksOf } from './plan.ts';
import { arranged } from './replan.ts';
import { createRoom } from './room.ts';

type Return = { task: PlanTask; back: PlanTask };

const isWithin = (tasks: readonly PlanTask[], from: string, most: number) =>
  [...minutesBy(tasks, ({ date }) => date)].every(([date, sum]) => date < from || sum <= most);

/** All of them when the days hold them; else one after the other, as far as there is room beside what stays. */
function returning(
  returns: readonly Return[],
  others: readonly PlanTask[],
  plan: Plan,
  { on, kind }: PlanChange,
): Return[] {
  const all = returns.map(({ back }) => back);
  // What the student set aside comes back whole, also to a day they had filled themselves.
  if (kind === 'dropped' || isWithin([...others, ...all], on, plan.timePerDayMin)) return [...returns];
  const inPlan = new Set(tasksOf(plan).map(({ id }) => id));
  const standing = returns.filter(({ task }) => inPlan.has(task.id)).map(({ task }) => task);
  let room = createRoom([...others, ...standing], null);
  return returns.filter(({ task, back }) => {
    const day = { date: back.date, monday: mondayOf(back.date), minutes: plan.timePerDayMin, isLast: false };
    if (back.date >= on && room.on(day) < back.etaMin) return false;
    if (inPlan.has(task.id)) room = room.with(task.date, -task.etaMin);
    room = room.with(back.date, back.etaMin);
    return true;
  });
}

/**
 * Puts everything back where the last change found it, as far as there is still room: what was done or moved by hand
 * since then is not touched. What was missed stays on its day and is left alone.
 */
export function undoChange(plan: Plan): Plan {
  const { change } = plan.detail;
  if (!change) return plan;
  const moves = new Map(change.moves.map((move) => [move.taskId, move]));
  const isWhereItWent = (task: PlanTask, { to }: TaskMove) => !task.completed && task.date === to;
  const planned = tasksOf(plan);
  const known = [...planned, ...plan.detail.setAside.filter(({ id }) => moves.get(id)?.to === null)];

  const aside: PlanTask[] = [];
  const returns: Return[] = [];
  for (const task of known) {
    const move = moves.get(task.id);
    if (!move || (move.to !== null && !isWhereItWent(task, move))) continue;
    // What came back from being set aside goes there again.
    if (move.from === null) aside.push(task);
    else returns.push({ task, back: { ...task, date: move.from, movedFrom: move.wasMovedFrom } });
  }
  const leaving = new Set([...aside, ...returns.map(({ task }) => task)]);
  const others = planned.filter((task) => !leaving.has(task));
  const back = new Map(returning(returns, others, plan, change).map((found) => [found.task.id, found.back]));

  const stays = planned.filter((task) => !aside.includes(task));
  const inPlan = new Set(stays.map(({ id }) => id));
  const tasks = [
    ...stays.map((task) => back.get(task.id) ?? task),
    ...[...back.values()].filter(({ id }) => !inPlan.has(id)),
  ];
  const result = arranged(plan, tasks, [...plan.detail.setAside.filter(({ id }) => !back.has(id)), ...aside]);
  const missed = change.moves
    .filter(({ from }) => from !== null && from < change.on)
    .map(({ taskId }) => taskId);
  const { leftAlone, dropped } = plan.detail;
  return {
    ...result,
    detail: {
      ...result.detail,
      change: null,
      dropped: dropped.filter((id) => !back.has(id)),
      leftAlone: change.kind === 'missed' ? [...new Set([...leftAlone, ...missed])] : leftAlone,
    },
  };
}
