import ICAL from 'ical.js';
import { describe, expect, test } from 'vitest';
import type { Plan } from '../../domain/plan.ts';
import { planCalendar } from './calendar-file.ts';
import { addTasks } from './edit.ts';
import { tasksOf } from './plan.ts';
import { replan } from './replan.ts';
import { planOf } from './test-plans.ts';

const PLAN_ID = '22222222-2222-4222-8222-222222222222';
const exported = (plan: Plan, version = 1) =>
  planCalendar(plan, {
    planId: PLAN_ID,
    version,
    updatedAt: new Date('2026-11-20T12:00:00Z'),
    appUrl: 'https://clerva.example',
  });
function read(file: string) {
  const calendar = new ICAL.Component(ICAL.parse(file));
  return calendar.getAllSubcomponents('vevent').map((component) => {
    const event = new ICAL.Event(component);
    return {
      uid: event.uid,
      summary: event.summary,
      description: event.description,
      start: event.startDate.toString(),
      end: event.endDate.toString(),
      isDate: event.startDate.isDate,
      stamp: String(component.getFirstPropertyValue('dtstamp')),
      sequence: event.sequence,
    };
  });
}

const plan = planOf();

describe('a calendar file', () => {
  test('has every task on its day and the deadline, and is read back the same', () => {
    const events = read(exported(plan));
    expect(events).toHaveLength(tasksOf(plan).length + 1);
    const [task] = tasksOf(plan);
    expect(events[0]).toMatchObject({
      uid: `${task?.id}.${PLAN_ID}@clerva`,
      summary: `${task?.title} (${task?.etaMin} min)`,
      start: '2026-11-20',
      end: '2026-11-21',
      isDate: true,
      stamp: '2026-11-20T12:00:00Z',
    });
    expect(events.at(-1)).toMatchObject({ summary: 'Deadline: Psychology midterm', start: '2026-12-02' });
  });

  test('keeps the UID of a task that moved, on its new day, under a higher number', () => {
    const moved = replan(plan, '2026-11-21');
    const before = new Map(read(exported(plan)).map(({ uid, start }) => [uid, start]));
    const after = read(exported(moved, 2));
    expect(new Set(after.map(({ uid }) => uid))).toEqual(new Set(before.keys()));
    expect(after.some(({ uid, start }) => before.get(uid) !== start)).toBe(true);
    expect(after.every(({ sequence }) => sequence === 2)).toBe(true);
  });

  test('says the same for the same plan, so that a subscriber sees no change', () => {
    expect(exported(plan)).toBe(exported(plan));
  });

  test('carries any text: signs of the format, other scripts, line breaks and control characters', () => {
    const title =
      'Übung; a, b \\ "c" – 光合作用\u0007 and a title that is long enough to be folded over several lines, twice';
    const { plan: named } = addTasks(plan, [{ title, etaMin: 4, link: null }], '2026-11-20');
    const file = exported({ ...named, title: 'Bio\nchemistry' });
    expect(read(file).map(({ summary }) => summary)).toContain(`${title.replace('\u0007', ' ')} (4 min)`);
    for (const line of file.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    expect(file.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(file.endsWith('END:VCALENDAR\r\n')).toBe(true);
  });
});
