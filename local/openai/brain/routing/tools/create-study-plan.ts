import { readDaysPerWeek } from '../../slots/days.ts';
import { isoDate, readDeadline } from '../../slots/deadline.ts';
import { readGoals } from '../../slots/goals.ts';
import { readWeakSpots } from '../../slots/lists.ts';
import { readMinutesPerDay } from '../../slots/minutes.ts';
import { clamp, NUMBER } from '../../slots/numbers.ts';
import { ask, type Call, type Clause, type Filled, type State, type ToolRules } from '../types.ts';
import { frame, PLAN, PRONOUN } from '../vocabulary.ts';

const USUAL_DAYS = 5;
const MINUTES_QUESTION = 'How many minutes a day can you study, and on how many days a week?';
const EXAM = '(?:exams?|finals?|midterms?|test|deadline)';
const TIME = '(?:minutes?|mins?|hours?|hrs?|h)';

export const createStudyPlan: ToolRules = {
  tool: 'createStudyPlan',
  frames: [
    frame(3.2, String.raw`\b${PLAN}\b`),
    frame(
      3,
      String.raw`\b(?:plan|schedule|organi[sz]e|map out|structure) (?:out )?(?:my|our|the) (?:\w+ )?(?:week|month|days?|study(?:ing|ies)?|studies|revision|time|exam|prep|semester|learning|finals)`,
      String.raw`\b(?:make|create|give|need|want|build|draw up|get|have)\b[^.?!\n]{0,25}\b(?:a |the )?(?:\w+[- ])?(?:plan|schedule)\b[^.?!\n]{0,40}\b(?:for|to|until|before|exam|test|study|learn|pass|finish|cover|revise)`,
      String.raw`\bplan (?:a|my|our|the) (?:study|revision|exam)|\bplan (?:it|this|that|everything) (?:out |for me)`,
      String.raw`\bplan (?:for|to) (?:my |the |pass|learn|study|revise|finish|cover|master)`,
      String.raw`\bbreak [^.?!\n]{0,40}\binto (?:weeks|days|weekly|daily)|\bspread [^.?!\n]{0,40}\bover\b|\bre-?plan\b`,
      '^(?:please )?(?:make|create|build|need|want|i need|i want)(?: me)? (?:a |the |my |new )?plan[.!]?$',
      String.raw`\borgani[sz]e my (?:\w+ )?(?:schedule|time|week|studies|studying|calendar)\b`,
      String.raw`\b(?:minutes?|mins?|hours?) (?:a|per|each) day to study\b`,
    ),
    frame(
      2.6,
      String.raw`\b(?:help me|i (?:want|need|have|must|would like|'d like) to|i'?m trying to|how (?:should|do|can) i|i gotta|needs help) (?:study|prepar(?:e|ing)|prep|revise|get ready|review|cram|learn|pass|ace|finish|master)\b[^.?!\n]{0,80}\b(?:${EXAM}|by|before|in (?:${NUMBER}) (?:days?|weeks?|months?))\b`,
    ),
    frame(
      2.4,
      String.raw`\b(?:${EXAM}|bar|mcat|sat)\b[\s\S]{0,100}\b${TIME}\b[\s\S]{0,20}\b(?:day|daily|week|weekdays?|weekends?|night|evening|available|each|every)`,
      String.raw`\b${TIME}\b (?:a|per|each|every|on) (?:day|night|evening|weekdays?)[\s\S]{0,80}\b${EXAM}\b`,
    ),
  ],
  fill(clause: Clause): Filled {
    const { say, state } = clause;
    const days = readDaysPerWeek(say);
    const minutes = readMinutesPerDay(say, days);
    const deadline = readDeadline(say, state.now);
    const weakSpots = readWeakSpots(say);
    const goals = goalsOf(clause, weakSpots);
    const call: Call = {
      tool: 'createStudyPlan',
      args: {
        goals,
        ...(minutes !== undefined ? { timePerDayMin: clamp(minutes, 5, 720) } : {}),
        daysPerWeek: days ?? USUAL_DAYS,
        ...(deadline ? { deadline } : {}),
        ...(weakSpots.length > 0 ? { knownWeakSpots: weakSpots } : {}),
      },
    };
    const assumed = days === undefined ? [`${USUAL_DAYS} days a week, because you named no days.`] : [];
    return planOrQuestion(call, state, assumed);
  },
};

function goalsOf({ say, paste, inherited, state }: Clause, weakSpots: string[]): string[] {
  const goals = readGoals(say, paste);
  if (goals.length > 0) return goals;
  if (inherited) return [inherited];
  if (state.subject && PRONOUN.test(say)) return [state.subject];
  return weakSpots;
}

/** The plan's call when it has all it needs, else the next question about it. */
export function planOrQuestion(call: Call, state: State, assumed: string[]): Filled {
  const { goals, timePerDayMin, deadline } = call.args;
  if (!Array.isArray(goals) || goals.length === 0)
    return ask(call, 'goals', 'What is the plan for: which subject, exam or topics?');
  if (timePerDayMin === undefined) return ask(call, 'timePerDayMin', MINUTES_QUESTION);
  if (typeof deadline === 'string' && deadline < isoDate(state.now))
    return ask(call, 'deadline', `That date (${deadline}) is past. By when should it be done?`);
  return { calls: [call], assumed };
}
