import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Services, startServices, type TestStudent } from '../../tests/setup/services.ts';
import { createUserClient } from '../db/clients.ts';
import { peopleView } from './people-view.ts';

const NOW = new Date('2026-11-21T12:00:00Z');
const timezone = 'Europe/Lisbon';

let services: Services;
let maya: TestStudent;
let ines: TestStudent;

beforeAll(async () => {
  services = await startServices();
  maya = await services.signUp('maya');
  ines = await services.signUp('ines');
  await services.query(
    `update public.profile set visibility = 'matches', subjects = '{Psychology}', timezone = $1`,
    [timezone],
  );
  await services.query(
    'insert into public.match_candidate (user_id, candidate_user_id, score) values ($1, $2, 0.8), ($2, $1, 0.8)',
    [maya.id, ines.id],
  );
});
afterAll(() => services.close());

const view = () => peopleView(createUserClient(maya.token), { now: NOW });
const paint = (userId: string, startMin: number, endMin: number) =>
  services.query(
    'insert into public.availability_block (user_id, dow, start_min, end_min, timezone) values ($1, 1, $2, $3, $4)',
    [userId, startMin, endMin, timezone],
  );

test('a match who is not here comes with the next time both are free, once both have said when', async () => {
  expect((await view()).matches).toMatchObject([{ userId: ines.id, nextTime: null }]);
  await paint(maya.id, 600, 720);
  expect((await view()).matches).toMatchObject([{ nextTime: null }]);
  await paint(ines.id, 660, 780);
  expect((await view()).matches).toMatchObject([
    { nextTime: { whenISO: '2026-11-23T11:00:00.000Z', whenMine: 'Mon 23 Nov, 11:00' } },
  ]);
});

test('nothing is said of the times of somebody who hides', async () => {
  await services.query(`update public.profile set visibility = 'private' where user_id = $1`, [ines.id]);
  expect((await view()).matches).toEqual([]);
});
