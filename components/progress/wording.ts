import { inWords, listOf, percent } from '@/lib/calendar/words';
import { inEnglish, type Message, type Translate, text } from '@/lib/language/text';
import type { Analytics } from '@/lib/study/mastery/profile';

type Forecast = Analytics['forecast'];
type Calibration = Analytics['calibration'];

/** 2 December */
export const longDate = (date: string, t: Translate): string => inWords(date, 'day', t.language);

/** The finding, as the title of the page. */
export function headline({ forecast }: { forecast: Forecast }, t = inEnglish): string {
  if (!forecast) return t('Too early for a forecast');
  const { exam, plan, due, today } = forecast;
  if (!exam) return t('You would get {percent} right today', { percent: percent(today, t.language) });
  if (plan === null)
    return t('{percent} on exam day, if you do what is due', { percent: percent(due, t.language) });
  return t('{percent} on exam day, if you keep to the plan', { percent: percent(plan, t.language) });
}

/** Questions and reviews are counted apart: a card is graded by the student, a question is not. */
function saidOf(
  { answers, reviews }: Pick<NonNullable<Forecast>, 'answers' | 'reviews'>,
  t: Translate,
): string {
  const asked = answers - reviews;
  return listOf(
    [
      ...(asked > 0 ? [t('{asked, plural, one {# question} other {# questions}}', { asked })] : []),
      ...(reviews > 0 ? [t('{reviews, plural, one {# review} other {# reviews}}', { reviews })] : []),
    ],
    t.language,
  );
}

/** What the title rests on, and what it would take. */
export function lede(
  analytics: Pick<Analytics, 'forecast' | 'topicBreakdown'>,
  aim: number,
  t = inEnglish,
): string {
  const { forecast, topicBreakdown } = analytics;
  if (!forecast) {
    const sum = (of: 'answers' | 'reviews') => topicBreakdown.reduce((total, topic) => total + topic[of], 0);
    const said = saidOf({ answers: sum('answers'), reviews: sum('reviews') }, t);
    return said === ''
      ? t('No answers count so far. From 10 on I can say where you stand.')
      : t('{said} so far. From 10 on I can say where you stand.', { said });
  }
  const from = t('From {said}, every topic counting the same.', { said: saidOf(forecast, t) });
  const { exam, plan, due } = forecast;
  if (!exam) return t('{from} With an exam date in your plan I can say where it leads.', { from });
  if (plan === null)
    return t('A plan would show what more practice adds. The aim is {percent}. {from}', {
      percent: percent(aim, t.language),
      from,
    });
  return t('{percent} if you only do what is due. The aim is {percent2}. {from}', {
    percent: percent(due, t.language),
    percent2: percent(aim, t.language),
    from,
  });
}

const NAMES: Record<Calibration['byConfidence'][number]['confidence'], Message> = {
  certain: text('Certain'),
  fairly: text('Fairly sure'),
  guessing: text('Guessing'),
};

export const confidenceName = (confidence: keyof typeof NAMES, t: Translate): string => t(NAMES[confidence]);

/** Fewer answers than this at one confidence say nothing about it. */
const ENOUGH = 5;
const CERTAIN_SHOULD_BE = 0.85;
const LUCKY = 0.5;

/** What the table of confidences comes to, in a sentence or two. */
export function calibrationSentence(
  { certainTotal, certainWrong, guessingRight, guessingTotal }: Calibration,
  t = inEnglish,
): string {
  if (certainTotal < ENOUGH && guessingTotal < ENOUGH) {
    return t('Too few answers with a confidence to say how well you know what you know.');
  }
  const said: string[] = [];
  if (certainTotal >= ENOUGH) {
    const right = (certainTotal - certainWrong) / certainTotal;
    said.push(
      right >= CERTAIN_SHOULD_BE
        ? t('When you are certain, you are nearly always right.')
        : t('When you are certain, {percent} is wrong. Those questions come first.', {
            percent: percent(1 - right, t.language),
          }),
    );
  }
  if (guessingTotal >= ENOUGH && guessingRight / guessingTotal >= LUCKY) {
    said.push(t('You know more than you think: many guesses are right.'));
  }
  return said.join(' ') || t('Your guesses are guesses, as they should be.');
}

const TRENDS = {
  questions: {
    steady: text('Questions steady at {to} right'),
    up: text('Questions up from {from} to {to} right'),
    down: text('Questions down from {from} to {to} right'),
  },
  reviews: {
    steady: text('Reviews steady at {to} recalled'),
    up: text('Reviews up from {from} to {to} recalled'),
    down: text('Reviews down from {from} to {to} recalled'),
  },
};

/** What the weeks show of questions, else of reviews; null when neither has two weeks to compare. */
export function historyHeadline(history: Analytics['history'], t = inEnglish): string | null {
  for (const kind of ['questions', 'reviews'] as const) {
    const shares = history.flatMap((week) => week[kind] ?? []);
    const [first, last] = [shares[0], shares.at(-1)];
    if (shares.length < 2 || first === undefined || last === undefined) continue;
    const trend = Math.abs(last - first) < 0.03 ? 'steady' : last > first ? 'up' : 'down';
    return t(TRENDS[kind][trend], { from: percent(first, t.language), to: percent(last, t.language) });
  }
  return null;
}
