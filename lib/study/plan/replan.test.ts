import { describe, expect, test } from 'vitest';
import { addDays, weekdayOf } from '../../calendar/dates.ts';
import type { Plan, PlanTask } from '../../domain/plan.ts';
import { AppError } from '../../errors.ts';
import { minutesOf } from './days.ts';
import { addTasks, changeTask, dropTasks, ownTaskList } from './edit.ts';
import { isNewWork, tasksOf } from './plan.ts';
import { replan } from './replan.ts';
import { blocks, freshPlans, minutesPerDay, planOf } from './test-plans.ts';
import { undoChange } from './undo.ts';

const FRIDAY = '2026-11-20';
const SATURDAY = '2026-11-21';

const withTasks = (plan: Plan, change: (task: PlanTask) => PlanTask): Plan => ({
  ...plan,
  weekBlocks: plan.weekBlocks.map((block) => ({ ...block, tasks: block.tasks.map(change) })),
});
const done = (plan: Plan, isDone: (task: PlanTask) => boolean) =>
  withTasks(plan, (task) => (isDone(task) ? { ...task, completed: true } : task));
const everything = (plan: Plan) => [...tasksOf(plan), ...plan.detail.setAside].map(({ id }) => id).sort();
const datesOf = (plan: Plan) => new Map(tasksOf(plan).map(({ id, date }) => [id, date]));
const plan = planOf({ goals: ['encoding', 'interference', 'parts of the brain'] });

describe('a missed day', () => {
  test('is moved to days with room, said in one sentence', () => {
    const after = replan(plan, SATURDAY);
    const missed = tasksOf(plan).filter(({ date }) => date === FRIDAY);
    expect(missed.length).toBeGreaterThan(0);
    expect(tasksOf(after).filter(({ date }) => date === FRIDAY)).toEqual([]);
    for (const { id } of missed) {
      expect(tasksOf(after).find((task) => task.id === id)).toMatchObject({ movedFrom: FRIDAY });
    }
    expect(after.detail.change?.sentence).toMatch(
      new RegExp(
        `^Yesterday did not happen, so I moved its ${minutesOf(missed)} minutes to (?:today|[\\w, ]+)`,
      ),
    );
  });

  test('changes nothing more when the plan is opened again', () => {
    const after = replan(plan, SATURDAY);
    expect(replan(after, SATURDAY)).toEqual(after);
  });

  test('of which everything was done moves nothing', () => {
    const finished = done(plan, ({ date }) => date === FRIDAY);
    expect(replan(finished, SATURDAY)).toBe(finished);
  });

  test('is put back by Undo, and then left alone', () => {
    const after = replan(plan, SATURDAY);
    const back = undoChange(after);
    expect(datesOf(back)).toEqual(datesOf(plan));
    expect(tasksOf(back).every(({ movedFrom }) => movedFrom === null)).toBe(true);
    expect(back.detail.change).toBeNull();
    expect(datesOf(replan(back, SATURDAY))).toEqual(datesOf(plan));
  });

  test('is not brought back by Undo where it was done meanwhile', () => {
    const after = replan(plan, SATURDAY);
    const moved = after.detail.change?.moves[0];
    const ticked = done(after, ({ id }) => id === moved?.taskId);
    expect(datesOf(undoChange(ticked)).get(moved?.taskId ?? '')).toBe(moved?.to);
  });

  test('never lets a quiz overtake its pages', () => {
    const after = replan(plan, SATURDAY);
    for (const goal of plan.goals) {
      const order = (from: Plan) =>
        tasksOf(from)
          .filter((task) => task.goal === goal && isNewWork(task))
          .map(({ id }) => id);
      const dates = order(plan).map((id) => datesOf(after).get(id) ?? '');
      expect(dates).toEqual([...dates].sort());
    }
  });

  test('is one of many after two weeks away: nothing is piled up, and what does not fit is named', () => {
    const day = '2026-11-29';
    const after = replan(plan, day);
    expect(Math.max(...minutesPerDay(after).values())).toBeLessThanOrEqual(plan.timePerDayMin);
    expect(after.detail.setAside.length).toBeGreaterThan(0);
    expect(after.detail.change?.sentence).toMatch(/days did not happen.*no longer fit before Wednesday: /);
    expect(everything(after)).toEqual(everything(plan));
  });

  test('after the plan is over stays where it was', () => {
    expect(replan(plan, '2026-12-05')).toBe(plan);
  });
});

describe('re-planning', () => {
  test.each(blocks(4))(
    'keeps the minutes of every day, the deadline and every task, whatever was done and missed, from seed %i on',
    (first) => {
      const offences: string[] = [];
      let moved = 0;
      for (const { seed, plan: made, today, random } of freshPlans(first)) {
        const all = everything(made).join();
        let current = made;
        for (let day = 0; day < 12; day++) {
          const date = addDays(today, day + (random() < 0.2 ? 3 : 0));
          current = replan(current, date);
          moved += current.detail.change?.moves.length ?? 0;
          const rules = brokenOn(current, date);
          if (everything(current).join() !== all) rules.push('a task was lost');
          if (JSON.stringify(replan(current, date)) !== JSON.stringify(current)) rules.push('not settled');
          offences.push(...rules.map((rule) => `seed ${seed}, ${date}: ${rule}`));
          const doneToday = random();
          current = done(current, (task) => task.date === date && random() < doneToday);
          if (random() < 0.15) current = undoneThenAlone(current);
        }
      }
      expect(offences.slice(0, 10)).toEqual([]);
      expect(moved).toBeGreaterThan(300);
    },
  );

  /** Every rule that a plan breaks once it is re-planned on a day, in words. */
  function brokenOn(current: Plan, date: string): string[] {
    const found: string[] = [];
    const say = (isBroken: boolean, rule: string) => {
      if (isBroken) found.push(rule);
    };
    for (const [on, minutes] of minutesPerDay(current)) {
      say(minutes > current.timePerDayMin, `${on} holds ${minutes} minutes`);
      say(on > current.endsOn, `${on} is past the end`);
    }
    for (const task of tasksOf(current)) {
      const isOpen = !task.completed && task.date >= date;
      say(isOpen && !current.weekdays.includes(weekdayOf(task.date)), `${task.id} stands on a day off`);
      say(!task.completed && task.date < date && date <= current.endsOn, `${task.id} stays in the past`);
    }
    for (const block of current.weekBlocks) {
      for (const task of block.tasks) {
        say(task.date < block.startsOn || task.date > block.endsOn, `${task.id} is outside its week`);
      }
    }
    return found;
  }

  /** Undo leaves missed tasks in the past on purpose; here they are ticked, so that the other rules can be seen. */
  function undoneThenAlone(current: Plan): Plan {
    const back = undoChange(current);
    return done(back, ({ id }) => back.detail.leftAlone.includes(id));
  }

  test('brings back what was set aside when there is room again', () => {
    const late = replan(plan, '2026-11-29');
    const [first] = late.detail.setAside;
    const freed = done({ ...late, timePerDayMin: 200 }, () => false);
    const after = replan(freed, '2026-11-29');
    expect(after.detail.setAside.map(({ id }) => id)).not.toContain(first?.id);
    expect(after.detail.change?.sentence).toMatch(/^There is room again for /);
  });

  test.each(blocks(4))(
    'keeps the order of the new work of every goal while nothing is set aside, from seed %i on',
    (start) => {
      const offences: string[] = [];
      for (const { seed, plan: first, today, random } of freshPlans(start)) {
        let current = first;
        for (let day = 1; day < 8; day++) {
          const date = addDays(today, day);
          current = replan(current, date);
          if (current.detail.setAside.length > 0) break;
          for (const goal of first.goals) {
            const open = tasksOf(current).filter(
              (task) => task.goal === goal && !task.completed && isNewWork(task),
            );
            const placed = new Map(open.map((task) => [task.id, task.date]));
            const dates = tasksOf(first).flatMap(({ id }) => placed.get(id) ?? []);
            if (dates.join() !== [...dates].sort().join()) offences.push(`seed ${seed}, ${date}: ${goal}`);
          }
          const isFull = random() < 0.5;
          current = done(current, (task) => task.date === date && isFull);
        }
      }
      expect(offences).toEqual([]);
    },
  );
});

describe('by hand', () => {
  test('a task goes to the day the student says, and a day that gets long is said and left', () => {
    const task = tasksOf(plan).find(({ date }) => date > SATURDAY);
    const full =
      [...minutesPerDay(plan)].find(
        ([date, minutes]) => date > SATURDAY && date !== task?.date && minutes > 30,
      )?.[0] ?? '';
    const { plan: after, note } = changeTask(plan, task?.id ?? '', { date: full }, FRIDAY);
    expect(datesOf(after).get(task?.id ?? '')).toBe(full);
    expect(note).toMatch(/now has \d+ minutes; you planned 45 a day/);
    // It is not moved away again when another day is missed.
    expect(datesOf(replan(after, SATURDAY)).get(task?.id ?? '')).toBe(full);
  });

  test.each([
    ['2026-11-19', 'over'],
    ['2026-12-24', 'ends on'],
    ['Friday', 'not a date'],
  ])('a task cannot go to %s', (date, sentence) => {
    expect(() => changeTask(plan, 't1', { date }, FRIDAY)).toThrow(sentence);
  });

  test('a task that is not there is not found', () => {
    expect(() => changeTask(plan, 'nobody', { title: 'x' }, FRIDAY)).toThrow(AppError);
    expect(() => dropTasks(plan, { goal: 'nothing' }, FRIDAY)).toThrow(AppError);
  });

  test('a goal can be dropped, stays away, and comes back by Undo', () => {
    const dropped = dropTasks(plan, { goal: 'encoding' }, FRIDAY);
    expect(tasksOf(dropped).some(({ goal }) => goal === 'encoding')).toBe(false);
    expect(replan(dropped, FRIDAY).detail.setAside).toHaveLength(dropped.detail.setAside.length);
    expect(datesOf(undoChange(dropped))).toEqual(datesOf(plan));
    expect(undoChange(dropped).detail.setAside).toEqual([]);
  });

  test('what was dropped goes for good the second time', () => {
    const once = dropTasks(plan, { taskId: 't1' }, FRIDAY);
    expect(everything(once)).toEqual(everything(plan));
    expect(everything(dropTasks(once, { taskId: 't1' }, FRIDAY))).not.toContain('t1');
  });

  test('own tasks take the first room, in parts where a day is too short, and keep their minutes', () => {
    const roomy = planOf({ goals: ['interference'] });
    const { plan: after, taskIds } = addTasks(roomy, [{ title: 'Essay', etaMin: 80, link: null }], FRIDAY);
    const own = tasksOf(after).filter(({ kind }) => kind === 'own');
    expect(own.map(({ id }) => id).sort()).toEqual([...taskIds].sort());
    expect(minutesOf([...own, ...after.detail.setAside])).toBe(80);
    expect(Math.max(...minutesPerDay(after).values())).toBeLessThanOrEqual(45);
    expect(new Set(everything(after)).size).toBe(everything(after).length);
  });

  test('a list of own tasks goes on as long as it is used', () => {
    const list = addTasks(ownTaskList(FRIDAY), [{ title: 'Call', etaMin: 10, link: null }], FRIDAY).plan;
    const later = replan(list, '2027-03-01');
    expect(tasksOf(later)).toMatchObject([{ title: 'Call', date: '2027-03-01', movedFrom: FRIDAY }]);
  });
});
