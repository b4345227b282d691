import { counted, inWords, percent } from '@/lib/calendar/words';
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

/** What the title rests on, and what it would take. */
export function lede(analytics: Pick<Analytics, 'forecast' | 'topicBreakdown'>, aim: number): string {
  const { forecast, topicBreakdown } = analytics;
  if (!forecast) {
    const answers = topicBreakdown.reduce((sum, topic) => sum + topic.answers, 0);
    const soFar = answers === 0 ? 'No answers count so far' : `${counted(answers, 'answer')} so far`;
    return `${soFar}. From 10 on I can say where you stand.`;
  }
  const from = `From ${counted(forecast.answers, 'answer')}, every topic counting the same.`;
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

/** What the weeks show; null when there are fewer than two to compare. */
export function historyHeadline(history: Analytics['history']): string | null {
  const [first, last] = [history[0], history.at(-1)];
  if (!first || !last || first === last) return null;
  const [from, to] = [percent(first.average), percent(last.average)];
  if (Math.abs(last.average - first.average) < 0.03) return `Steady at ${to} right`;
  return last.average > first.average ? `Up from ${from} to ${to} right` : `Down from ${from} to ${to} right`;
}
