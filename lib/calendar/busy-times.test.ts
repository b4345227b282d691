import { describe, expect, test } from 'vitest';
import { AppError } from '../errors.ts';
import { busyTimes } from './busy-times.ts';
import { parseCalendar } from './parse-calendar.ts';
import { weeklyBusy } from './weekly-busy.ts';

/** A Saturday noon in Lisbon. */
const NOW = new Date('2026-11-21T12:00:00Z');
const ZONE = 'Europe/Lisbon';

const calendar = (...lines: string[]) =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//test//EN', ...lines, 'END:VCALENDAR', ''].join('\r\n');
const event = (...lines: string[]) => ['BEGIN:VEVENT', 'SUMMARY:Doctor', ...lines, 'END:VEVENT'];
/** From one moment to another, on the clock of a zone where one is named. */
const span = (start: string, end: string, zone = '') => [
  `DTSTART${zone && `;TZID=${zone}`}:${start}`,
  `DTEND${zone && `;TZID=${zone}`}:${end}`,
];
const read = (text: string, zone = ZONE, now = NOW) => busyTimes(parseCalendar(text), now, zone);
const times = (text: string, zone = ZONE, now = NOW) =>
  read(text, zone, now).busy.map(({ start, end }) =>
    [start, end].map((at) => new Date(at).toISOString().slice(0, 16)).join(' '),
  );
const weekly = (text: string, zone = ZONE) => weeklyBusy(read(text, zone).busy, NOW, zone);

describe('busy times of a calendar', () => {
  test('are on the clock each entry names', () => {
    const at = (end: 'Z' | '', zone?: string) =>
      times(calendar(...event('UID:1', ...span(`20261124T090000${end}`, `20261124T100000${end}`, zone))));
    expect(at('Z')).toEqual(['2026-11-24T09:00 2026-11-24T10:00']);
    for (const zone of ['Europe/Berlin', '"W. Europe Standard Time"']) {
      expect(at('', zone)).toEqual(['2026-11-24T08:00 2026-11-24T09:00']);
    }
    // Without a zone it is the student's own clock.
    expect(
      times(calendar(...event('UID:1', 'DTSTART:20261124T090000', 'DURATION:PT30M')), 'Asia/Tokyo'),
    ).toEqual(['2026-11-24T00:00 2026-11-24T00:30']);
  });

  test('of the whole day are the student’s own day', () => {
    const text = calendar(...event('UID:1', 'DTSTART;VALUE=DATE:20261125', 'DTEND;VALUE=DATE:20261127'));
    expect(times(text, 'Asia/Tokyo')).toEqual(['2026-11-24T15:00 2026-11-26T15:00']);
    expect(weekly(text)).toEqual([
      { dow: 3, startMin: 0, endMin: 1440, weeks: 1 },
      { dow: 4, startMin: 0, endMin: 1440, weeks: 1 },
    ]);
  });

  test('of a day that is not said to be one are that day, and may repeat and leave days out', () => {
    const text = calendar(
      ...event(
        'UID:1',
        'DTSTART;TZID=America/Los_Angeles:20261124',
        'DTEND;TZID=America/Los_Angeles:20261125',
        'RRULE:FREQ=DAILY;COUNT=3',
        'EXDATE;TZID=America/Los_Angeles:20261125',
      ),
    );
    expect(times(text)).toEqual(['2026-11-24T00:00 2026-11-25T00:00', '2026-11-26T00:00 2026-11-27T00:00']);
  });

  test.each([
    ['text that was folded without its space', 'DESCRIPTION:Bring the\r\nblue book'],
    ['a rule with a space in it', 'RRULE:FREQ=MONTHLY;BYDAY=1MO '],
    ['a month that is none', 'RRULE:FREQ=YEARLY;BYMONTH=0'],
    ['no line that says when', 'X-NOTHING:1', ['UID:2']],
  ])(
    'with %s lose that entry alone, and say so',
    (_name, line, entry = ['UID:2', 'DTSTART:20261125T090000Z']) => {
      const good = (uid: number) =>
        event(`UID:${uid}`, ...span(`2026112${uid}T090000Z`, `2026112${uid}T100000Z`));
      const text = calendar('stray words', ...good(4), ...event(...entry, line), ...good(6));
      expect(read(text)).toMatchObject({ events: 2, skipped: 1 });
    },
  );

  test('keep their hour on the wall over a change of clocks', () => {
    const evening = span('20261020T180000', '20261020T190000', ZONE);
    const text = calendar(...event('UID:1', ...evening, 'RRULE:FREQ=WEEKLY'));
    expect(times(text, ZONE, new Date('2026-10-18T12:00:00Z'))).toEqual([
      '2026-10-20T17:00 2026-10-20T18:00',
      '2026-10-27T18:00 2026-10-27T19:00',
      '2026-11-03T18:00 2026-11-03T19:00',
      '2026-11-10T18:00 2026-11-10T19:00',
    ]);
  });

  test('leave out what was moved, dropped, cancelled, or keeps nobody busy', () => {
    const morning = (day: string) => span(`${day}T090000Z`, `${day}T100000Z`);
    const moved = ['RECURRENCE-ID:20261123T090000Z', ...span('20261124T150000Z', '20261124T160000Z')];
    const dropped = ['RECURRENCE-ID:20261207T090000Z', ...morning('20261207'), 'STATUS:CANCELLED'];
    const text = calendar(
      ...event('UID:1', ...morning('20261102'), 'RRULE:FREQ=WEEKLY;COUNT=6', 'EXDATE:20261130T090000Z'),
      ...event('UID:1', ...moved),
      ...event('UID:1', ...dropped),
      ...event('UID:2', ...morning('20261125'), 'TRANSP:TRANSPARENT'),
      ...event('UID:3', ...morning('20261126'), 'STATUS:CANCELLED'),
    );
    expect(times(text)).toEqual(['2026-11-24T15:00 2026-11-24T16:00']);
  });

  test('reach four weeks ahead and no further, and into what has begun already', () => {
    const text = calendar(
      ...event('UID:1', 'DTSTART:20261120T200000Z', 'DTEND:20261121T020000Z'),
      ...event('UID:2', 'DTSTART:20261218T230000Z', 'DTEND:20261219T030000Z'),
      ...event('UID:3', 'DTSTART:20261220T090000Z', 'DTEND:20261220T100000Z'),
      ...event('UID:4', 'DTSTART:20251120T090000Z', 'DTEND:20251120T100000Z'),
    );
    expect(times(text)).toEqual(['2026-11-21T00:00 2026-11-21T02:00', '2026-12-18T23:00 2026-12-19T00:00']);
  });

  test('count an entry once whose rule cannot be read, and say so', () => {
    const once = span('20261124T090000Z', '20261124T100000Z');
    const text = calendar(
      ...event('UID:1', ...once, 'RRULE:FREQ=SECONDLY'),
      ...event('UID:2', ...once, 'RRULE:FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO'),
    );
    expect(read(text)).toMatchObject({ events: 2, skipped: 2 });
  });

  test('become a week in which each stretch says how often it comes', () => {
    const text = calendar(
      ...event('UID:1', 'DTSTART:20261123T180500Z', 'DTEND:20261123T185000Z', 'RRULE:FREQ=WEEKLY'),
      ...event('UID:2', 'DTSTART:20261130T183000Z', 'DTEND:20261130T193000Z'),
    );
    expect(weekly(text)).toEqual([
      { dow: 1, startMin: 1080, endMin: 1140, weeks: 4 },
      { dow: 1, startMin: 1140, endMin: 1170, weeks: 1 },
    ]);
  });

  test('carry no word of what the calendar says', () => {
    const text = calendar(
      ...event('UID:secret-id', 'LOCATION:Clinic', 'DTSTART:20261124T090000Z', 'DTEND:20261124T100000Z'),
    );
    expect(
      JSON.stringify([parseCalendar(text).entries.map(({ uid: _, ...entry }) => entry), weekly(text)]),
    ).not.toMatch(/Doctor|Clinic|secret/);
  });

  test.each([
    '',
    'hello',
    '<html></html>',
    'BEGIN:VCALENDAR',
    'BEGIN:VEVENT\r\nEND:VEVENT',
    'BEGIN:VCALENDAR\r\nnonsense\r\n',
  ])('are refused readably when there is no calendar: %j', (text) => {
    expect(() => read(text)).toThrow(AppError);
    expect(() => read(text)).toThrow(/no calendar/);
  });

  test('of an entry without an end, or one that ends before it starts, are none; one without a start is counted', () => {
    const text = calendar(
      ...event('UID:1', 'DTSTART:20261124T090000Z'),
      ...event('UID:2', 'DTSTART:20261124T090000Z', 'DTEND:20261124T080000Z'),
      ...event('UID:3', 'DTSTART:nonsense'),
      ...event('UID:4'),
    );
    expect(read(text)).toEqual({ busy: [], events: 0, skipped: 2 });
  });

  test.each([
    [
      'every month since long ago, so often',
      11_000,
      'DTSTART:19770101T000000Z\r\nRRULE:FREQ=MONTHLY;COUNT=9999;BYDAY=MO',
    ],
    ['every day, at its own time', 9_000, 'DTSTART:20260101T{minute}00\r\nDURATION:PT1H\r\nRRULE:FREQ=DAILY'],
    [
      'instead of itself, at its own time',
      15_500,
      'RECURRENCE-ID:202611{day}T{minute}00\r\nDTSTART:20261121T000000',
    ],
  ])('of a megabyte that repeats %s are refused before they take minutes', (_, count, lines) => {
    const two = (value: number) => String(value).padStart(2, '0');
    const entries = Array.from({ length: count }, (__, index) =>
      event(
        ...lines
          .replace('{day}', two(1 + (Math.floor(index / 1440) % 28)))
          .replace('{minute}', two(Math.floor(index / 60) % 24) + two(index % 60))
          .split('\r\n'),
      ),
    ).flat();
    expect(() => read(calendar(...entries))).toThrow(/repeats more than I can follow/);
  });

  test('of a rule that names more days than there are count it once, as one that cannot be read', () => {
    const days = Array.from(
      { length: 371 },
      (_, index) => `${(index % 53) + 1}${['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'][index % 7]}`,
    );
    const text = calendar(
      ...event('UID:1', 'DTSTART:20261124T090000Z', 'DURATION:PT1H', `RRULE:FREQ=MONTHLY;BYDAY=${days}`),
    );
    expect(read(text)).toMatchObject({ events: 1, skipped: 1 });
  });

  test('of a full week with hundreds of entries that ended long ago are read as ever', () => {
    const old = Array.from({ length: 600 }, (_, index) =>
      event(`UID:o${index}`, 'DTSTART:20240108T090000Z', 'DURATION:PT1H', 'RRULE:FREQ=WEEKLY;COUNT=20'),
    ).flat();
    const now = Array.from({ length: 40 }, (_, index) => {
      const start = `DTSTART:202611${16 + (index % 7)}T${10 + (index % 9)}0000Z`;
      return event(`UID:n${index}`, start, 'DURATION:PT1H', 'RRULE:FREQ=WEEKLY');
    }).flat();
    expect(read(calendar(...old, ...now)).events).toBe(160);
  });
});
