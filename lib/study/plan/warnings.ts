import type { PlanDays, PlanFits } from '../../domain/plan.ts';
import { say, sayAll, sayDay, sayList } from '../../language/said.ts';
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

const labels = (goals: readonly string[]) => sayList(goals.map(goalLabel), 3);

function fitWarnings({ fits, days, shortenedGoals }: WarningFacts): string[] {
  const { dropped, neededMin, availableMin } = fits;
  // What a day would have to hold for everything to fit, in steps a person would choose.
  const factor = neededMin / Math.max(1, availableMin);
  const enough = Math.ceil((days.timePerDayMin * factor) / 5) * 5;
  const wayOut =
    enough <= 240
      ? say('{enough} minutes a day would hold everything.', { enough })
      : say('Fewer goals or a later date would help.');
  const facts = { needed: minutesText(neededMin), available: minutesText(availableMin) };
  if (dropped.length > 0) {
    const names = labels(dropped.map(({ goal }) => goal));
    const left = say(
      'It does not all fit: it takes about {needed}, and there are {available}. I left out {names}.',
      { ...facts, names },
    );
    return [sayAll([left, wayOut])];
  }
  if (fits.ok) return [];
  const short =
    shortenedGoals.length === 0
      ? say('This is short: a plan like this takes about {needed}, and there are {available}.', facts)
      : say(
          'Not every page fits: it takes about {needed}, and there are {available}. I planned the first parts of {names}.',
          { ...facts, names: labels(shortenedGoals) },
        );
  return [sayAll([short, wayOut])];
}

/** What the student should know about the plan, the most important first. */
export function planWarnings(facts: WarningFacts): string[] {
  const { days, today, unknownGoals, freeMinutes, carriedTasks, setAside, fits } = facts;
  const warnings = fitWarnings(facts);
  const until = sayDay(days.endsOn, today, 'dated');
  if (setAside.length > 0) {
    warnings.push(
      say('There is no day with room for {names}. I set it aside.', { names: sayList(setAside, 3) }),
    );
  }
  if (days.deadline === null) {
    warnings.push(say('You gave no deadline, so this covers four weeks, until {until}.', { until }));
  } else if (facts.isCut) {
    warnings.push(
      say('The deadline is far away, so this covers the first half year, until {until}. Plan again then.', {
        until,
      }),
    );
  }
  if (days.weekdays.length > 0 && days.daysPerWeek !== facts.askedDaysPerWeek) {
    warnings.push(
      say('You named {days, plural, one {# day} other {# days}}, so I plan {days} a week and not {asked}.', {
        days: days.daysPerWeek,
        asked: facts.askedDaysPerWeek,
      }),
    );
  }
  if (!facts.hasLibrary) {
    warnings.push(
      say('Your library is empty. Add your notes and plan again, and the tasks will name the pages.'),
    );
  } else if (unknownGoals.length > 0) {
    warnings.push(
      say('Nothing in your library names {names}. Add notes on it and plan again to get pages.', {
        names: labels(unknownGoals),
      }),
    );
  }
  if (fits.ok && freeMinutes > 0.4 * fits.availableMin && freeMinutes >= 60) {
    warnings.push(
      say('About {free} stay free for what the quizzes show.', { free: minutesText(freeMinutes) }),
    );
  }
  if (carriedTasks > 0) {
    warnings.push(
      say('Your {count, plural, =1 {own task} other {# own tasks}} came along.', { count: carriedTasks }),
    );
  }
  return warnings;
}
