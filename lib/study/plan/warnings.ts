import { counted, datedFrom, shortListOf } from '../../calendar/words.ts';
import type { PlanDays, PlanFits } from '../../domain/plan.ts';
import { goalLabel } from './goal.ts';
import { minutesText } from './sentences.ts';

type WarningFacts = {
  today: string;
  days: PlanDays;
  isCut: boolean;
  /** How many days the student asked for, where that is not what they named. */
  askedDaysPerWeek: number;
  fits: PlanFits;
  shortenedGoals: readonly string[];
  /** Goals that nothing in the library names. */
  unknownGoals: readonly string[];
  hasLibrary: boolean;
  freeMinutes: number;
  carriedTasks: number;
  setAside: readonly string[];
};

const labels = (goals: readonly string[]) => shortListOf(goals.map(goalLabel));

function fitWarnings({ fits, days, shortenedGoals }: WarningFacts): string[] {
  const { dropped, neededMin, availableMin } = fits;
  // What a day would have to hold for everything to fit, in steps a person would choose.
  const factor = neededMin / Math.max(1, availableMin);
  const enough = Math.ceil((days.timePerDayMin * factor) / 5) * 5;
  const wayOut =
    enough <= 240
      ? ` ${enough} minutes a day would hold everything.`
      : ' Fewer goals or a later date would help.';
  const takes = `takes about ${minutesText(neededMin)}, and there are ${minutesText(availableMin)}.`;
  if (dropped.length > 0) {
    const names = labels(dropped.map(({ goal }) => goal));
    return [`It does not all fit: it ${takes} I left out ${names}.${wayOut}`];
  }
  if (fits.ok) return [];
  if (shortenedGoals.length === 0) return [`This is short: a plan like this ${takes}${wayOut}`];
  return [
    `Not every page fits: it ${takes} I planned the first parts of ${labels(shortenedGoals)}.${wayOut}`,
  ];
}

/** What the student should know about the plan, the most important first. */
export function planWarnings(facts: WarningFacts): string[] {
  const { days, today, unknownGoals, freeMinutes, carriedTasks, setAside, fits } = facts;
  const warnings = fitWarnings(facts);
  if (setAside.length > 0) {
    warnings.push(`There is no day with room for ${shortListOf(setAside)}. I set it aside.`);
  }
  if (days.deadline === null) {
    warnings.push(`You gave no deadline, so this covers four weeks, until ${datedFrom(days.endsOn, today)}.`);
  } else if (facts.isCut) {
    warnings.push(
      `The deadline is far away, so this covers the first half year, until ${datedFrom(days.endsOn, today)}. Plan again then.`,
    );
  }
  if (days.weekdays.length > 0 && days.daysPerWeek !== facts.askedDaysPerWeek) {
    warnings.push(
      `You named ${counted(days.daysPerWeek, 'day')}, so I plan ${days.daysPerWeek} a week and not ${facts.askedDaysPerWeek}.`,
    );
  }
  if (!facts.hasLibrary) {
    warnings.push('Your library is empty. Add your notes and plan again, and the tasks will name the pages.');
  } else if (unknownGoals.length > 0) {
    warnings.push(
      `Nothing in your library names ${labels(unknownGoals)}. Add notes on it and plan again to get pages.`,
    );
  }
  if (fits.ok && freeMinutes > 0.4 * fits.availableMin && freeMinutes >= 60) {
    warnings.push(`About ${minutesText(freeMinutes)} stay free for what the quizzes show.`);
  }
  if (carriedTasks > 0) {
    warnings.push(
      carriedTasks === 1 ? 'Your own task came along.' : `Your ${carriedTasks} own tasks came along.`,
    );
  }
  return warnings;
}
