import { z } from 'zod';
import { clockIn } from '../calendar/clock.ts';
import { MINUTE_MS } from '../calendar/dates.ts';
import type { Window } from '../domain/availability.ts';
import { MAX_NUDGE_CHARACTERS } from '../domain/bounds.ts';
import {
  type Compatibility,
  complementarySkillSchema,
  facetSchema,
  type PublicPerson,
} from '../domain/person.ts';
import { ACTIVITIES, type Activity } from '../domain/presence.ts';
import { saidSchema } from '../domain/said.ts';
import { listening, say, sayAll, sayAmount } from '../language/said.ts';
import { openUntil } from './calendar.ts';
import { compatibility } from './compatibility.ts';
import { type Habit, type NextTime, nextBestTimes, nextTimeSchema } from './next-times.ts';
import { listed } from './reasons.ts';
import { subjectKey, subjectsByKey } from './subjects.ts';

/** What one student may know of another, and of themselves, to study together. */
export type Person = PublicPerson & {
  timezone: string;
  windows: Window[];
  /** While a beacon says free, and they are here to say so: until when. */
  freeUntil: string | null;
};

export type Pair = {
  me: Person;
  other: Person & {
    /** Null when they are not here; a row that is older than five minutes counts as not here. */
    activity: Activity | null;
    habit: Habit | null;
  };
  /** What was worked out beforehand, from what each has shown they know; null when it was not. */
  match: Compatibility | null;
};

/** Everything a student is told about one other. */
export const insightSchema = z.object({
  userId: z.string(),
  displayName: z.string(),
  compatibilityScore: z.number().min(0).max(1),
  verdict: z.string(),
  facets: z.array(facetSchema),
  complementarySkills: z.array(complementarySkillSchema),
  commonSubjects: z.array(z.string()),
  risks: z.array(z.string()),
  jointStudyPlan: z.array(z.object({ minutes: z.int().positive(), step: z.string() })),
  isOnline: z.boolean(),
  currentActivity: z.enum(ACTIVITIES).nullable(),
  canStudyNow: z
    .boolean()
    .describe('The other is here, and both are free now by their calendars or because they say so.'),
  minutesNow: z.int().nullable().describe('Minutes that both stay free, when they can study now.'),
  nextBestTimes: z.array(nextTimeSchema),
  myTimezone: z.string(),
  theirTimezone: z.string(),
  draftMessage: z
    .string()
    .max(MAX_NUDGE_CHARACTERS)
    .describe('A message that could be sent; nothing is sent by this tool.'),
  said: saidSchema.optional(),
});
export type Insight = z.output<typeof insightSchema>;

type Step = Insight['jointStudyPlan'][number];

/** Two zones this far apart leave few hours in which both are awake. */
const FAR_ZONE_HOURS = 5;
const FEW_TIMES = 2;
const GOOD_FIT = 0.7;
const FAIR_FIT = 0.5;

const offsetHours = (timezone: string, now: Date) => clockIn(now, timezone).offsetNanoseconds / 3.6e12;

/** How far two clocks are apart on the wall: 23 hours of offset are one hour and a day. */
function hoursApart(pair: Pair, now: Date): number {
  const apart = Math.abs(offsetHours(pair.me.timezone, now) - offsetHours(pair.other.timezone, now));
  return Math.min(apart, Math.abs(24 - apart));
}

function risksOf(pair: Pair, { exchange }: Compatibility, times: readonly NextTime[], now: Date): string[] {
  const risks: string[] = [];
  const [mine, theirs] = [pair.me.windows.length, pair.other.windows.length];
  if (mine === 0) risks.push(say('You have set no free times, so no time to meet can be found.'));
  if (theirs === 0) risks.push(say('They have set no free times, so no time to meet can be found.'));
  if (mine > 0 && theirs > 0 && times.length === 0)
    risks.push(say('Your free times do not meet in the next two weeks.'));
  else if (times.length > 0 && times.length <= FEW_TIMES) {
    risks.push(
      say('Your free times meet only {times, plural, =1 {once} other {twice}} in the next two weeks.', {
        times: times.length,
      }),
    );
  }
  const apart = hoursApart(pair, now);
  if (apart >= FAR_ZONE_HOURS)
    risks.push(say('Your clocks are {hours} hours apart.', { hours: sayAmount(Number(apart.toFixed(2))) }));
  if (exchange.bothWeak.length > 0) {
    risks.push(
      say('Both of you are still unsure in {topics}. Keep your notes open for it.', {
        topics: listed(exchange.bothWeak),
      }),
    );
  }
  return risks;
}

/** Twenty-five minutes in which each explains what the other lacks, and both are asked at the end. */
function agendaOf({ other }: Pair, exchange: Compatibility['exchange'], subjects: readonly string[]): Step[] {
  const name = other.displayName;
  const [mine, theirs] = [exchange.youExplain[0], exchange.theyExplain[0]];
  const questions = { minutes: 5, step: say('Four questions for both, each from your own notes') };
  if (mine && theirs) {
    return [
      { minutes: 10, step: say('You explain {topic}, {name} asks', { topic: mine, name }) },
      { minutes: 10, step: say('{name} explains {topic}, you ask', { topic: theirs, name }) },
      questions,
    ];
  }
  if (mine ?? theirs) {
    const [first, back] = mine
      ? [say('You explain {topic}', { topic: mine }), say('{name} explains it back without notes', { name })]
      : [
          say('{name} explains {topic}', { name, topic: theirs ?? '' }),
          say('You explain it back without notes'),
        ];
    return [{ minutes: 10, step: first }, { minutes: 10, step: back }, questions];
  }
  const subject = subjects[0] ?? exchange.bothWeak[0];
  return [
    {
      minutes: 5,
      step: subject
        ? say('Each writes down what they remember of {subject}, without notes', { subject })
        : say('Each writes down what they remember, without notes'),
    },
    { minutes: 15, step: say('Compare, and find in your notes what one of you missed') },
    questions,
  ];
}

function verdictOf(score: number, minutesNow: number | null, times: readonly NextTime[]): string {
  const fit =
    score >= GOOD_FIT ? say('A good fit') : score >= FAIR_FIT ? say('A fair fit') : say('A loose fit');
  if (minutesNow !== null) return say('{fit}, and free now', { fit });
  return times.length > 0 ? say('{fit}, with times to meet', { fit }) : fit;
}

function draftOf(
  { other }: Pair,
  exchange: Compatibility['exchange'],
  subjects: readonly string[],
  when: string,
) {
  const topic = exchange.theyExplain[0] ?? exchange.youExplain[0] ?? subjects[0];
  const [mine, theirs] = [exchange.youExplain[0], exchange.theyExplain[0]];
  const values = { name: other.displayName, when, topic: topic ?? '' };
  const asked = topic
    ? say('Hi {name}, 25 minutes on {topic} {when}?', values)
    : say('Hi {name}, 25 minutes {when}?', values);
  const offer = mine && theirs ? [say('I can explain {mine} if you take {theirs}.', { mine, theirs })] : [];
  return sayAll([asked, ...offer]).slice(0, 500);
}

function subjectsInCommon(me: Person, other: Person): string[] {
  const theirs = subjectsByKey(other.subjects);
  return me.subjects.filter((subject) => theirs.has(subjectKey(subject)));
}

/** What was worked out beforehand wins, so that no two places disagree; what it leaves out is worked out now. */
function fitOf({ me, other, match }: Pair): Compatibility {
  if (match && match.facets.length > 0) return match;
  const { score, facets, exchange } = compatibility({ ...me, skills: [] }, { ...other, skills: [] });
  return { score: match?.score ?? score, facets, exchange: match?.exchange ?? exchange };
}

const freeUntilOf = ({ windows, freeUntil }: Person, now: Date) =>
  openUntil(windows, now, { beaconUntil: freeUntil === null ? null : new Date(freeUntil) });

/** How long both are free from now on, by their calendars or because they say so; null when they cannot study now. */
function minutesFree({ me, other }: Pair, now: Date): number | null {
  if (other.activity === null || other.activity === 'in_session') return null;
  const [mine, theirs] = [freeUntilOf(me, now), freeUntilOf(other, now)];
  if (mine === null || theirs === null) return null;
  const minutes = Math.floor((Math.min(mine.getTime(), theirs.getTime()) - now.getTime()) / MINUTE_MS);
  // In the last seconds nobody begins.
  return minutes > 0 ? minutes : null;
}

/** Everything a student is told about one other. */
export function buildInsight(pair: Pair, now: Date): Insight {
  const { made, said } = listening(() => insightOf(pair, now));
  return { ...made, said };
}

function insightOf(pair: Pair, now: Date): Omit<Insight, 'said'> {
  const { me, other } = pair;
  const fit = fitOf(pair);
  const times = nextBestTimes({ ...me, habit: null }, other, now);
  const common = subjectsInCommon(me, other);

  const minutesNow = minutesFree(pair, now);
  const canStudyNow = minutesNow !== null;
  const when = canStudyNow
    ? say('now')
    : times[0]
      ? say('on {whenTheirs} your time', { whenTheirs: times[0].whenTheirs })
      : say('some time this week');

  return {
    userId: other.userId,
    displayName: other.displayName,
    compatibilityScore: fit.score,
    verdict: verdictOf(fit.score, minutesNow, times),
    facets: fit.facets,
    complementarySkills: [
      ...fit.exchange.youExplain.map((topic) => ({ topic, explainedBy: 'you' as const })),
      ...fit.exchange.theyExplain.map((topic) => ({ topic, explainedBy: 'them' as const })),
    ],
    commonSubjects: common,
    risks: risksOf(pair, fit, times, now),
    jointStudyPlan: agendaOf(pair, fit.exchange, common),
    isOnline: other.activity !== null,
    currentActivity: other.activity,
    canStudyNow,
    minutesNow,
    nextBestTimes: times,
    myTimezone: me.timezone,
    theirTimezone: other.timezone,
    draftMessage: draftOf(pair, fit.exchange, common, when),
  };
}
