import { expect, test } from 'vitest';
import { LANGUAGES } from '../domain/language.ts';
import { planDetail } from '../domain/plan.ts';
import { type Sayings, saidSchema } from '../domain/said.ts';
import { explain } from '../matching/reasons.ts';
import { dropTasks } from '../study/plan/edit.ts';
import { withSayings } from '../study/plan/sentences.ts';
import { planWarnings } from '../study/plan/warnings.ts';
import { translatorOf } from './catalogues.ts';
import { listening, say, sayAll, sayCapital, sayDay, sayInDays, sayList, sayMoment } from './said.ts';
import { told } from './told.ts';

const german = translatorOf('de');
const TODAY = '2026-11-21';

test.each<[make: () => string, english: string, german: string]>([
  [() => say('Read {first}', { first: 'Encoding' }), 'Read Encoding', 'Encoding lesen'],
  [
    () =>
      say('I set “{name}” aside: {minutes} less.', {
        name: 'Maps',
        minutes: say('{hours} hours', { hours: 2 }),
      }),
    'I set “Maps” aside: 2 hours less.',
    'Ich habe „Maps“ zurückgestellt: 2 Stunden weniger.',
  ],
  [
    () =>
      say('{days} {many, plural, =1 {did} other {did}} not happen', {
        many: 2,
        days: sayCapital(sayList([sayDay('2026-11-20', TODAY), sayDay('2026-11-18', TODAY)])),
      }),
    'Yesterday and Wednesday did not happen',
    'Gestern und Mittwoch sind ausgefallen',
  ],
  [() => sayList(['a', 'b', 'c', 'd'], 3), 'a, b, c and 1 more', 'a, b, c und 1 weitere'],
  [() => sayList(['alone']), 'alone', 'alone'],
  [
    () => say('{scored}, and your plan has it {when}.', { scored: '3', when: sayInDays(1) }),
    '3, and your plan has it tomorrow.',
    '3, und dein Plan hat es morgen.',
  ],
  [() => sayMoment(Date.parse('2026-11-21T18:30:00Z'), 'UTC'), 'Sat 21 Nov, 18:30', 'Sa 21. Nov, 18:30'],
  [
    () => sayAll([say('True' as never), say('You share no subject.')]),
    'True You share no subject.',
    'Wahr Ihr habt kein gemeinsames Fach.',
  ],
])(
  '%# is said in English, and told in the language of the page from what it is made of',
  (make, english, other) => {
    const { made, said } = listening(() => ({ kept: [make()] }));
    expect(made.kept).toEqual([english]);
    // As it comes back from a database or a response.
    const stored = saidSchema.parse(JSON.parse(JSON.stringify(said)));
    expect(told(english, stored, german).replaceAll('.,', ',')).toBe(other.replaceAll('.,', ','));
    expect(told(english, stored, translatorOf('en'))).toBe(english);
  },
);

test('a sentence begins with a capital where a name of a day begins small', () => {
  const { made, said } = listening(() =>
    say('{days} {many, plural, =1 {did} other {did}} not happen', {
      many: 1,
      days: sayCapital(sayDay('2026-11-18', TODAY)),
    }),
  );
  expect(made).toBe('Wednesday did not happen');
  expect(told(made, said, translatorOf('es'))).toMatch(/^Miércoles /);
});

test('what a student wrote, and what nothing is known of, stands as it is', () => {
  const { said } = listening(() => [say('Read {first}', { first: 'toString' })]);
  for (const words of ['constructor', 'Read the map', '']) expect(told(words, said, german)).toBe(words);
  expect(told('Read the map', undefined, german)).toBe('Read the map');
  const own: Sayings = { loop: { capital: 'loop' }, day: { day: 'never', from: TODAY, as: 'spoken' } };
  expect([told('loop', own, german), told('day', own, german)]).toEqual(['loop', 'day']);
});

test('only what is in a result is kept, with what it is made of, and what was known before stays', () => {
  const known = listening(() => say('Review {topic}', { topic: 'Maps' })).said;
  const { said } = listening(() => {
    say('Rehearse');
    return {
      title: 'Review Maps',
      why: say('{topic} {score}', { topic: 'Maps', score: say('no day has room for it') }),
    };
  }, known);
  expect(Object.keys(said).sort()).toEqual(
    ['Maps no day has room for it', 'Review Maps', 'no day has room for it'].sort(),
  );
  // Nobody listens any more, and a fault leaves nothing behind.
  expect(() =>
    listening(() => {
      throw new Error('broken');
    }),
  ).toThrow('broken');
  expect(listening(() => 'Rehearse').said).toEqual({});
});

const FACTS = {
  today: TODAY,
  days: {
    timePerDayMin: 30,
    daysPerWeek: 5,
    weekdays: [1],
    startsOn: TODAY,
    endsOn: '2026-12-20',
    deadline: null,
  },
  isCut: false,
  askedDaysPerWeek: 4,
  fits: { ok: false, neededMin: 900, availableMin: 300, dropped: [{ goal: 'Maps', reason: 'x' }] },
  shortenedGoals: [],
  unknownGoals: ['Rivers'],
  hasLibrary: true,
  freeMinutes: 0,
  carriedTasks: 2,
  setAside: ['Read Encoding'],
};

test('no sentence of a plan or a match stays English in another language', () => {
  const own = /Maps|Rivers|Read Encoding|geology/g;
  const warnings = listening(() => planWarnings(FACTS));
  const silent = {
    userId: 'a',
    subjects: new Map(),
    style: null,
    grade: null,
    gradeText: '',
    skills: new Map(),
  };
  const facets = explain(
    silent,
    silent,
    { subjects: null, learning_style: null, grade: null, complementary: null },
    {
      youExplain: ['geology'],
      theyExplain: [],
      bothWeak: [],
      measured: false,
    },
  );
  for (const language of LANGUAGES.filter((one) => one !== 'en')) {
    const t = translatorOf(language);
    for (const warning of warnings.made) {
      const words = told(warning, warnings.said, t).replace(own, '');
      expect(words).not.toBe(warning.replace(own, ''));
      expect(words).not.toMatch(/\b(?:the|you|and|day|there)\b/i);
    }
    for (const { label, reason, said } of facets) {
      expect(told(label, said, t)).not.toBe(label);
      expect(told(reason, said, t)).not.toBe(reason);
    }
  }
});

test('a change of a plan keeps what its other sentences are made of', () => {
  const task = {
    id: 't1',
    title: 'Review Maps',
    etaMin: 30,
    link: null,
    completed: false,
    date: TODAY,
    kind: 'review',
    goal: 'Maps',
    reason: null,
    movedFrom: null,
  } as const;
  const { said } = listening(() => say('Review {topic}', { topic: 'Maps' }));
  const plan = {
    ...FACTS.days,
    title: 'Maps',
    goals: ['Maps'],
    weekBlocks: [{ week: 1, startsOn: TODAY, endsOn: TODAY, focus: 'Maps', minutes: 30, tasks: [task] }],
    detail: planDetail.parse({ said }),
  };
  const after = withSayings(plan, () => dropTasks(plan, { taskId: 't1' }, TODAY));
  const sentence = after.detail.change?.sentence ?? '';
  expect(told(sentence, after.detail.said, german)).toBe(
    'Ich habe „Maps wiederholen“ zurückgestellt: 30 Minuten weniger.',
  );
});

test('a row that was written to grow without an end is left as it stands', () => {
  const doubling = Object.fromEntries(
    Array.from({ length: 60 }, (_, n) => [`s${n}`, { all: [`s${n + 1}`, `s${n + 1}`] }]),
  );
  const widening = Object.fromEntries(
    Array.from({ length: 9 }, (_, n) => [
      `s${n}`,
      { text: '{more}'.repeat(500), values: { more: `s${n + 1}` } },
    ]),
  );
  for (const said of [doubling, widening, { s0: { all: ['s0', 's0'] } }])
    expect(told('s0', said, translatorOf('de'))).toBe('s0');
});
