import { describe, expect, test, vi } from 'vitest';
import { testApi } from '@/tests/setup/api';
import { startServicesWithJobs, type TestStudent } from '@/tests/setup/services';

// What is left for after the response is run at once: there is no platform here that would wait for it.
vi.mock('next/server', () => ({ after: (work: () => unknown) => void work() }));

type Body = Record<string, unknown>;

describe('the people API', () => {
  const { api, services, students } = testApi({
    start: startServicesWithJobs,
    students: ['maya', 'ines'],
    routes: async () => ({
      people: await import('./route'),
      person: await import('./[personId]/route'),
      block: await import('./[personId]/block/route'),
      report: await import('./[personId]/report/route'),
      me: await import('./me/route'),
      blocked: await import('./me/blocked/route'),
      presence: await import('./me/presence/route'),
      availability: await import('../availability/route'),
      calendar: await import('../availability/import/route'),
      nudges: await import('../nudges/route'),
      nudge: await import('../nudges/[nudgeId]/route'),
    }),
  });
  const { maya, ines } = students;

  const change = (fields: Body, as: TestStudent = maya) => api.me.PATCH({}, { as, body: fields });
  /** Whom Maya is shown once the changes have rested, which the job waits for. */
  const matchesLater = async () => {
    services.inngest.advance(6_000);
    return (await overview()).matches;
  };
  const overview = async (as: TestStudent = maya) => (await api.people.GET({}, { as })).body;

  test('is closed to whoever is not signed in', async () => {
    const id = { personId: ines.id };
    const answers = await Promise.all([
      api.people.GET({}, { as: null }),
      api.person.GET(id, { as: null }),
      api.me.GET({}, { as: null }),
      api.presence.PUT({}, { as: null, body: {} }),
      api.availability.GET({}, { as: null }),
      api.nudges.GET({}, { as: null }),
      api.block.POST(id, { as: null }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 401));
  });

  test('changes only the fields that are named, and refuses what makes no sense', async () => {
    await change({
      displayName: 'Maya',
      subjects: [' Psychology ', 'Psychology', ''],
      gradeLevel: 'Bachelor, year 1',
    });
    const { body } = await change({ timezone: 'Europe/Lisbon' });
    expect(body.profile).toEqual({
      displayName: 'Maya',
      gradeLevel: 'Bachelor, year 1',
      subjects: ['Psychology'],
      goals: [],
      learningStyle: null,
      timezone: 'Europe/Lisbon',
      visibility: 'private',
      quietHours: null,
      rolloverHour: 4,
      language: null,
      courseColors: {},
    });
    for (const wrong of [
      {},
      { timezone: 'Mars/Olympus' },
      { visibility: 'friends' },
      { subjects: Array(51).fill('a') },
      { learningStyle: 'osmosis' },
    ]) {
      expect([wrong, (await change(wrong)).status]).toEqual([wrong, 400]);
    }
    expect((await change({ gradeLevel: '' })).body).toMatchObject({ profile: { gradeLevel: null } });
  });

  test('finds two who let themselves be found within seconds, and neither once one hides', async () => {
    await change({ visibility: 'matches', subjects: ['Psychology'] });
    await change({ displayName: 'Inês', visibility: 'matches', subjects: ['intro to psychology'] }, ines);
    await expect
      .poll(matchesLater, { timeout: 20_000, interval: 100 })
      .toMatchObject([{ userId: ines.id, displayName: 'Inês', isOnline: false }]);
    expect((await overview(ines)).matches).toMatchObject([{ userId: maya.id, displayName: 'Maya' }]);

    await change({ visibility: 'private' }, ines);
    expect(await overview()).toMatchObject({ matches: [], me: { visibility: 'matches', subjects: 1 } });
    expect((await api.person.GET({ personId: ines.id })).status).toBe(404);
    await change({ visibility: 'everyone' }, ines);
    await expect.poll(matchesLater, { timeout: 20_000, interval: 100 }).toHaveLength(1);
  }, 60_000);

  test('replaces the week in one call, splitting what runs over midnight', async () => {
    const put = (windows: unknown) => api.availability.PUT({}, { body: { windows } });
    const window = (dow: number, startMin: number, endMin: number, timezone = 'Europe/Lisbon') => ({
      dow,
      startMin,
      endMin,
      timezone,
    });
    expect((await put([window(6, 1320, 60), window(1, 540, 600)])).body).toEqual({
      windows: [window(0, 0, 60), window(1, 540, 600), window(6, 1320, 1440)],
    });
    const halfHours = Array.from({ length: 300 }, (_, index) => 30 * Math.floor(index / 7));
    for (const wrong of [
      [window(7, 0, 60)],
      [window(1, 60, 60)],
      [window(1, 0, 1441)],
      [window(1, 0, 60, 'Nowhere')],
      halfHours.map((start, index) => window(index % 7, start, start + 10)),
    ]) {
      expect((await put(wrong)).status).toBe(400);
    }
    // A refused week leaves the one there was.
    expect((await api.availability.GET()).body).toMatchObject({
      timezone: 'Europe/Lisbon',
      windows: { length: 3 },
    });
    expect((await put([])).body).toEqual({ windows: [] });
  });

  test('reads when a calendar keeps a student busy, and answers nothing else of it', async () => {
    await change({ timezone: 'Europe/Lisbon' });
    const post = (body: unknown) => api.calendar.POST({}, { body });
    const tomorrow = new Date(Date.now() + 86_400_000);
    const day = tomorrow.toISOString().slice(0, 10).replaceAll('-', '');
    const ics = `BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//test//EN
BEGIN:VEVENT
UID:private-id
SUMMARY:Doctor
DTSTART;TZID=Europe/Lisbon:${day}T180000
DTEND;TZID=Europe/Lisbon:${day}T190000
RRULE:FREQ=WEEKLY
END:VEVENT
END:VCALENDAR`.replaceAll('\n', '\r\n');
    const { status, body } = await post({ ics });
    const busy = [{ dow: tomorrow.getUTCDay(), startMin: 1080, endMin: 1140, weeks: 4 }];
    expect([status, body]).toEqual([200, { busy, events: 4, skipped: 0, timezone: 'Europe/Lisbon' }]);
    // The week that was painted is the student's to change.
    expect((await api.availability.GET()).body).toMatchObject({ windows: [] });
    for (const wrong of [
      {},
      { ics: '' },
      { ics: 'hello' },
      { url: 'http://a.example/c.ics' },
      { url: 'https://127.0.0.1/c.ics' },
      { url: 'https://localhost/c.ics' },
      { url: 'file:///etc/passwd' },
    ]) {
      expect([wrong, (await post(wrong)).status]).toEqual([wrong, 400]);
    }
    expect((await post({ ics: 'x'.repeat(3_000_000) })).status).toBe(413);
    expect((await api.calendar.POST({}, { as: null, body: { ics } })).status).toBe(401);
  });

  test('keeps quiet hours, and holds back what is sent in them', async () => {
    const quiet = { from: 0, to: 1439 };
    expect((await change({ quietHours: quiet, gradeLevel: 'Year 1' }, ines)).body).toMatchObject({
      profile: { quietHours: quiet, gradeLevel: 'Year 1' },
    });
    for (const wrong of [{ from: 0, to: 1440 }, { from: 60, to: 60 }, { from: 0 }, 'always']) {
      expect((await change({ quietHours: wrong }, ines)).status).toBe(400);
    }
    const body = { toUserId: ines.id, message: 'At night' };
    const sent = await api.nudges.POST({}, { body });
    expect(Date.parse(sent.body.deliverAt)).toBeGreaterThan(Date.now());
    expect((await api.nudges.GET({}, { as: ines })).body).toMatchObject({ nudges: [], unread: 0 });
    expect((await api.nudges.GET()).body).toMatchObject({
      nudges: [{ message: 'At night', deliverAt: sent.body.deliverAt }],
    });
    expect((await change({ rolloverHour: 5 }, ines)).body).toMatchObject({
      profile: { quietHours: quiet, rolloverHour: 5 },
    });
    expect((await change({ rolloverHour: 23 }, ines)).status).toBe(400);
    expect((await change({ courseColors: { Biology: 'teal' } }, ines)).body).toMatchObject({
      profile: { quietHours: quiet, rolloverHour: 5, courseColors: { Biology: 'teal' } },
    });
    expect((await change({ courseColors: { Biology: 'purple' } }, ines)).status).toBe(400);
    expect((await change({ quietHours: null }, ines)).body).toMatchObject({ profile: { quietHours: null } });
    await services.query('delete from public.nudge');
  });

  test('says who is here from one write on, until they leave', async () => {
    const here = async () => (await overview()).here;
    const tell = (body: Body) => api.presence.PUT({}, { as: ines, body });
    const currentActivity = 'available';
    expect(await here()).toEqual({ total: 0, users: [] });
    expect((await tell({ activity: 'available' })).body).toMatchObject({ isOnline: true, currentActivity });
    expect(await here()).toMatchObject({ total: 1, users: [{ userId: ines.id, currentActivity }] });
    expect((await tell({})).body).toMatchObject({ currentActivity });
    expect((await tell({ isOnline: false })).body).toMatchObject({ isOnline: false });
    expect(await here()).toEqual({ total: 0, users: [] });
    expect((await tell({ activity: 'dancing' })).status).toBe(400);
  });

  test('carries a message there and its answer back, once', async () => {
    const body = { toUserId: ines.id, message: ' Join me? ', metadata: { minutes: 25 } };
    const sent = await api.nudges.POST({}, { body });
    expect(sent.status).toBe(201);
    expect((await api.nudges.POST({}, { body })).status).toBe(200);
    const inbox = await api.nudges.GET({}, { as: ines });
    expect(inbox.body).toMatchObject({
      unread: 1,
      nudges: [{ otherName: 'Maya', message: 'Join me?', direction: 'received', metadata: { minutes: 25 } }],
    });
    const { nudgeId } = sent.body;
    const answer = (as: TestStudent, status: string) =>
      api.nudge.PATCH({ nudgeId }, { as, body: { status } });
    expect((await answer(maya, 'accepted')).status).toBe(404);
    expect((await answer(ines, 'maybe')).status).toBe(400);
    expect((await answer(ines, 'accepted')).body).toMatchObject({ nudge: { status: 'accepted' } });
    expect((await api.nudges.GET()).body).toMatchObject({
      nudges: [{ direction: 'sent', status: 'accepted' }],
    });
  });

  test('takes two who block apart, everywhere and both ways, until it is undone', async () => {
    const blockInes = (method: 'POST' | 'DELETE') => api.block[method]({ personId: ines.id });
    expect((await api.block.POST({ personId: crypto.randomUUID() })).status).toBe(404);
    expect((await api.block.POST({ personId: maya.id })).status).toBe(404);
    expect((await blockInes('POST')).status).toBe(204);
    expect((await blockInes('POST')).status).toBe(204);
    expect((await api.person.GET({ personId: ines.id })).status).toBe(404);
    expect((await api.person.GET({ personId: maya.id }, { as: ines })).status).toBe(404);
    expect(await overview(ines)).toMatchObject({ matches: [], here: { total: 0 } });
    expect((await api.nudges.GET()).body).toEqual({ nudges: [], unread: 0, quietUntil: null });
    expect((await api.blocked.GET()).body).toMatchObject({
      people: [{ userId: ines.id, displayName: 'Inês' }],
    });
    expect((await blockInes('DELETE')).status).toBe(204);
    expect((await api.person.GET({ personId: ines.id })).status).toBe(200);
  });

  test('takes a report once a day, of somebody one has met', async () => {
    const report = (personId: string, body: Body) => api.report.POST({ personId }, { body });
    expect((await report(ines.id, { reason: 'spam', note: 'Again and again' })).status).toBe(204);
    expect((await report(ines.id, { reason: 'spam' })).status).toBe(204);
    expect((await report(crypto.randomUUID(), { reason: 'spam' })).status).toBe(404);
    expect((await report(ines.id, { reason: 'because' })).status).toBe(400);
    expect(await services.query('select reason, note from public.report')).toEqual([
      { reason: 'spam', note: 'Again and again' },
    ]);
  });

  test('answers an id that is none as it answers nobody', async () => {
    for (const personId of ['me', '1', "'; drop table", crypto.randomUUID(), maya.id]) {
      expect((await api.person.GET({ personId })).status).toBe(404);
    }
  });
});
