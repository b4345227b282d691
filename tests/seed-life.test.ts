import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createUserClient } from '../lib/db/clients.ts';
import { freshLearningProfile } from '../lib/db/queries/learning-profile.ts';
import { planOfToday } from '../lib/db/queries/plan-actions.ts';
import { seedLife } from '../scripts/seed-life.ts';
import { testApi } from './setup/api.ts';
import { addNotes } from './setup/services.ts';

const { services, students } = testApi({ students: ['maya'], routes: async () => ({}) });

test('the demo student has studied for a fortnight, once', async () => {
  const { maya } = students;
  for (const [file, title] of [
    ['memory.md', 'How memory works'],
    ['cell-division.md', 'Cell division'],
  ] as const) {
    const text = await readFile(join(import.meta.dirname, '..', 'supabase', 'seed', file), 'utf8');
    const pages = text.split(/^(?=## )/m);
    const headings = (page: string) =>
      [...page.matchAll(/^## (.+)/gm)].flatMap(([, heading = '']) => heading);
    await addNotes(services, { userId: maya.id, title, pages, headings });
  }
  const db = createUserClient(maya.token);
  const now = new Date();
  const life = { db, userId: maya.id, timezone: 'UTC', now };
  expect([await seedLife(life), await seedLife(life)]).toEqual([true, false]);
  const counts = await services.query(
    `select (select count(*)::int from public.flashcard where not proposed and source is not null) as cards,
       (select count(distinct reviewed_at::date)::int from public.review_log) as days,
       (select count(*)::int from public.quiz_attempt where finished_at is not null and score between 0.5 and 0.9) as quizzes`,
  );
  expect(counts).toEqual([{ cards: expect.any(Number), days: expect.any(Number), quizzes: 2 }]);
  expect(Math.min(Number(counts[0]?.cards), Number(counts[0]?.days))).toBeGreaterThan(7);
  const plan = await planOfToday(db, { userId: maya.id, now });
  const tasks = plan?.weekBlocks.flatMap((week) => week.tasks) ?? [];
  expect(tasks.some(({ movedFrom }) => movedFrom !== null)).toBe(true);
  expect(tasks.some(({ completed }) => completed)).toBe(true);
  const { profile } = await freshLearningProfile(db, { userId: maya.id, now });
  expect(profile.analytics.topicBreakdown.length).toBeGreaterThan(1);
});
