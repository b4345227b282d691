import { counted, inWords, listOf, percent } from '@/lib/calendar/words';
import type { Analytics } from '@/lib/study/mastery/profile';

type Forecast = Analytics['forecast'];
type Calibration = Analytics['calibration'];

/** 2 December */
export const longDate = (date: string): string => inWords(date, 'day');

/** The finding, as the title of the page. */
export function headline({ forecast }: { forecast: Forecast }): string {
  if (!forecast) return 'Too early for a forecast';
  const { exam, plan, due, today } = forecast;
  if (!exam) return `You would get ${percent(today)} right today`;
  if (plan === null) return `${percent(due)} on exam day, if you do what is due`;
  return `${percent(plan)} on exam day, if you keep to the plan`;
}

/** Questions and reviews are counted apart: a card is graded by the student, a question is not. */
function saidOf({ answers, reviews }: Pick<NonNullable<Forecast>, 'answers' | 'reviews'>): string {
  const asked = answers - reviews;
  return listOf([
    ...(asked > 0 ? [counted(asked, 'question')] : []),
    ...(reviews > 0 ? [counted(reviews, 'review')] : []),
  ]);
}

/** What the title rests on, and what it would take. */
export function lede(analytics: Pick<Analytics, 'forecast' | 'topicBreakdown'>, aim: number): string {
  const { forecast, topicBreakdown } = analytics;
  if (!forecast) {
    const sum = (of: 'answers' | 'reviews') => topicBreakdown.reduce((total, topic) => total + topic[of], 0);
    const said = saidOf({ answers: sum('answers'), reviews: sum('reviews') });
    return `${said === '' ? 'No answers count' : said} so far. From 10 on I can say where you stand.`;
  }
  const from = `From ${saidOf(forecast)}, every topic counting the same.`;
  const { exam, plan, due } = forecast;
  if (!exam) return `${from} With an exam date in your plan I can say where it leads.`;
  if (plan === null) return `A plan would show what more practice adds. The aim is ${percent(aim)}. ${from}`;
  return `${percent(due)} if you only do what is due. The aim is ${percent(aim)}. ${from}`;
}

const NAMES: Record<Calibration['byConfidence'][number]['confidence'], string> = {
  certain: 'Certain',
  fairly: 'Fairly sure',
  guessing: 'Guessing',
};

export const confidenceName = (confidence: keyof typeof NAMES): string => NAMES[confidence];

/** Fewer answers than this at one confidence say nothing about it. */
const ENOUGH = 5;
const CERTAIN_SHOULD_BE = 0.85;
const LUCKY = 0.5;

/** What the table of confidences comes to, in a sentence or two. */
export function calibrationSentence({
  certainTotal,
  certainWrong,
  guessingRight,
  guessingTotal,
}: Calibration): string {
  if (certainTotal < ENOUGH && guessingTotal < ENOUGH) {
    return 'Too few answers with a confidence to say how well you know what you know.';
  }
  const said: string[] = [];
  if (certainTotal >= ENOUGH) {
    const right = (certainTotal - certainWrong) / certainTotal;
    said.push(
      right >= CERTAIN_SHOULD_BE
        ? 'When you are certain, you are nearly always right.'
        : `When you are certain, ${percent(1 - right)} is wrong. Those questions come first.`,
    );
  }
  if (guessingTotal >= ENOUGH && guessingRight / guessingTotal >= LUCKY) {
    said.push('You know more than you think: many guesses are right.');
  }
  return said.join(' ') || 'Your guesses are guesses, as they should be.';
}

const KINDS = [
  { kind: 'questions', verb: 'right' },
  { kind: 'reviews', verb: 'recalled' },
] as const;

/** What the weeks show of questions, else of reviews; null when neither has two weeks to compare. */
export function historyHeadline(history: Analytics['history']): string | null {
  for (const { kind, verb } of KINDS) {
    const shares = history.flatMap((week) => week[kind] ?? []);
    const [first, last] = [shares[0], shares.at(-1)];
    if (shares.length < 2 || first === undefined || last === undefined) continue;
    const [from, to] = [percent(first), percent(last)];
    const subject = kind === 'questions' ? 'Questions' : 'Reviews';
    if (Math.abs(last - first) < 0.03) return `${subject} steady at ${to} ${verb}`;
    return `${subject} ${last > first ? 'up' : 'down'} from ${from} to ${to} ${verb}`;
  }
  return null;
}
