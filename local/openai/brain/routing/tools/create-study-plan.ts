import { hasSeveralDueDays, leavesOutDays, readDaysPerWeek, readWeekdays } from '../../slots/days.ts';
import { isoDate, readDeadline, withoutTimes } from '../../slots/deadline.ts';
import { readGoals, readWeakSpots, splitList } from '../../slots/goals.ts';
import { clamp, NUMBER, readMinutesPerDay } from '../../slots/minutes.ts';
import { leftover } from '../leftover.ts';
import { ask, type Call, type Clause, type Filled, type State, type ToolRules } from '../types.ts';
import { frame, PLAN, PRONOUN, unless } from '../vocabulary.ts';
import { WEAK_SUBJECT } from './build-learning-profile.ts';

const USUAL_DAYS = 5;
const MINUTES_QUESTION = 'How many minutes a day can you study, and on how many days a week?';
const EXAM =
  '(?:exams?|examination|finals?|midterms?|tests?|deadline|quiz|resits?|retakes?|mocks?|viva|certification|boards?|a-levels?|gcses?|sats?|mcat|toefl|ielts|gre|lsat|bar)';
const SCHEDULE = '(?:plan|schedule|timetable|agenda|roadmap|routine|programme?|calendar|strategy)';
const PREPARE =
  '(?:prepar(?:e|ing)|prep|study(?:ing)?|revis(?:e|ing)|get(?:ting)? ready|cram|learn(?:ing)?|review(?:ing)?|pass|ace|finish|master|cover|get through|be done with|know|complete|train|practi[cs]e|catch up|fit (?:\\w+ ){0,5}in|manage|survive)';
const OTHER_PLAN = String.raw`\b(?:data|phone|business|meal|diet|workout|training|travel|marketing|lesson|floor|pension|payment|insurance|health|birthday|wedding|party|holiday|vacation|weekend|evacuation|five[- ]year|marshall|family|flight|bus|train|tv|class|work|shift) (?:plan|schedule|timetable)s?\b|\b(?:free|premium|paid|pro) plan\b`;

export const createStudyPlan: ToolRules = {
  tool: 'createStudyPlan',
  frames: [
    unless(frame(3.2, String.raw`\b${PLAN}\b`), OTHER_PLAN),
    unless(
      frame(
        3,
        String.raw`\b(?:plan|schedule|organi[sz]e|map out|structure|split|divide|distribute|allocate|arrange|pace|spread) (?:out |up )?(?:my|our|the|all my|all the|these|those|everything) (?:\w+ ){0,2}(?:weeks?|months?|days?|stud(?:y|ies|ying)|revision|time|exams?|prep\w*|semester|learning|finals|workload|reading|review|evenings?|topics|chapters|material|subjects?)\b`,
        String.raw`\b(?:make|create|give|need|want|build|draw up|get|have|set up|design|write|sketch|put together|work out|prepare|do|like|suggest|propose|generate|come up with|develop|start)\b[^.?!\n]{0,30}\b(?:${NUMBER}[- ](?:day|week|month)[- ])?${SCHEDULE}\b[^.?!\n]{0,40}\b(?:for|to|until|before|so|by|around|covering|about|exam|test|study|learn|pass|finish|cover|revise|with|in \d)`,
        String.raw`\b(?:make|create|give|build|draw up|set up|need|want|design|sketch|get|generate|work out)(?: me| us)? (?:a |an |the |my |some |new )?(?:\w+ ){0,2}${SCHEDULE}[.!]?$`,
        String.raw`\b(?:make|create|give|need|want|build|design|write|generate|suggest|propose)\b[^.?!\n]{0,30}\b(?:daily|weekly|monthly|detailed|realistic|personal\w*) (?:\w+ )?${SCHEDULE}\b`,
        String.raw`\b${NUMBER}[- ](?:day|week|month)s?(?:[- ]long)? (?:\w+ ){0,2}${SCHEDULE}\b`,
        String.raw`\bplan (?:a|my|our|the) (?:study|revision|exam)|\bplan (?:it|this|that|everything) (?:out |for me)|\bhelp me (?:to )?plan\b|\bplan (?:for|to) (?:my |the |pass|learn|study|revise|finish|cover|master)`,
        String.raw`\bbreak [^.?!\n]{0,40}\binto (?:weeks|days|weekly|daily)|\bspread [^.?!\n]{0,40}\bover\b|\b(?:split|divide|distribute) [^.?!\n]{0,60}\bover (?:the )?(?:next |coming )?${NUMBER} (?:days|weeks|months)\b|\bre-?plan\b|\b(?:study|revision|learning) ${SCHEDULE}\b|\broadmap (?:to|for|of)\b`,
        String.raw`\bhow (?:should|do|can|would|could|must|to) i? ?(?:\w+ )?(?:split|divide|organi[sz]e|schedule|pace|plan|structure|distribute|allocate|manage) (?:my|the|our)\b`,
        String.raw`\borgani[sz]e my (?:\w+ )?(?:schedule|time|week|studies|studying|calendar)\b|\b(?:minutes?|mins?|hours?) (?:a|per|each) day to study\b|^plan(?: please| for me)?\W*$|^(?:study )?plan(?: please| for me)?[ ,]*(?::|for\b)`,
        String.raw`\bhow (?:should|do|can|would|could|must) i (?:best )?${PREPARE}\b[^.?!\n]{0,60}\b(?:${EXAM}\b|by\b|before\b|until\b|in ${NUMBER} (?:days?|weeks?|months?))`,
        String.raw`\b${EXAM}\b[\s\S]{0,110}\b(?:how (?:should|do|can|would|could|must) i (?:best )?${PREPARE}|help me (?:to )?(?:plan|prepare|prep|study|get ready)|what(?:'s| is) the plan|plan (?:it|this|that|for me))\b`,
      ),
      OTHER_PLAN,
      String.raw`\b(?:tips|advice) (?:on|for)\b`,
    ),
    frame(
      2.6,
      String.raw`\b(?:help me|i (?:want|need|have|must|would like|'d like) to|i'?m trying to|needs help|i must|let's|want to|need to|have to) (?:to )?${PREPARE}\b[^.?!\n]{0,80}\b(?:${EXAM}\b|by\b|before\b|until\b|in (?:${NUMBER}) (?:days?|weeks?|months?))`,
    ),
  ],
  hints: [
    unless(
      frame(
        1.8,
        String.raw`\b(?:plan|timetable|schedule|roadmap)\b`,
        String.raw`\b(?:organi[sz]e|structure|schedule|manage|pace|budget|split) (?:my|the) (?:\w+ )?(?:stud\w+|learning|time|revision|work|prep\w*|exams?)\b`,
      ),
      OTHER_PLAN,
      String.raw`^(?:what|who|when was|where|why|which)\b|\b(?:the|a) \p{Lu}\p{L}+ plan\b|\bplan (?:b|of attack)\b|\bflight\b|\bforget\b`,
    ),
  ],
  /** An exam or a date beside minutes a day is a plan, whatever else is said. */
  weigh(say, state) {
    if (!/\d|hour|minute|day|week/i.test(say)) return 0;
    const minutes = readMinutesPerDay(say);
    if (minutes === undefined) return 0;
    const isHabit =
      /\b(?:a|per|each|every) (?:day|night|evening|morning|week|weekday|weekend)|\bdaily\b|\b(?:on|at) (?:the )?week(?:day|end)s?\b|\b(?:mon|tues|wednes|thurs|fri|satur|sun)days\b|\bdays (?:a|per) week|\bon (?:mon|tue|wed|thu|fri|sat|sun)[a-z]*[ ,/]+(?:and )?(?:mon|tue|wed|thu|fri|sat|sun)/i.test(
        say,
      );
    const names = new RegExp(String.raw`\b(?:${EXAM}|${SCHEDULE}|goals?|${PREPARE})\b`, 'i').test(say);
    if (names && isHabit) return 2.9;
    return names && readDeadline(say, state.now) !== undefined ? 2.5 : 0;
  },
  fill(clause: Clause): Filled {
    const { say, state } = clause;
    const days = readDaysPerWeek(say);
    const weekdays = readWeekdays(say);
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
        ...(weekdays ? { weekdays } : {}),
        ...(deadline ? { deadline } : {}),
        ...(weakSpots.length > 0 ? { knownWeakSpots: weakSpots } : {}),
      },
    };
    const assumed = assumptions(say, days);
    const asksProfile = clause.calls.some((other) => other.tool === 'buildLearningProfile');
    if (asksProfile || (weakSpots.length === 0 && WEAK_SUBJECT.test(say))) call.needs = 'profile';
    const planned = planOrQuestion(call, state, assumed);
    if ('pending' in planned || asksProfile || !call.needs) return planned;
    const profile: Call = { tool: 'buildLearningProfile', args: { forceRebuild: false } };
    return { ...planned, calls: [profile, ...planned.calls] };
  },
};

function assumptions(say: string, days: number | undefined): string[] {
  const assumed = days === undefined ? [`${USUAL_DAYS} days a week, because you named no days.`] : [];
  if (leavesOutDays(say))
    assumed.push('Weekdays only: a plan has one length of day, so the other days you named are left out.');
  if (hasSeveralDueDays(say)) assumed.push('The first of the days you named is the deadline.');
  return assumed;
}

function goalsOf({ say, paste, inherited, state }: Clause, weakSpots: string[]): string[] {
  const goals = readGoals(say, paste);
  if (goals.length > 0) return goals;
  if (inherited) return [inherited];
  if (state.subject && PRONOUN.test(say)) return [state.subject];
  if (weakSpots.length > 0) return weakSpots;
  // "anatomy and histology, 3 hours on weekends": a list of slots names its subject without any word for it.
  return readMinutesPerDay(say) === undefined || WEAK_SUBJECT.test(say)
    ? []
    : splitList(leftover(withoutTimes(say)));
}

/** The plan's call when it has all it needs, else the next question about it. */
export function planOrQuestion(call: Call, state: State, assumed: string[]): Filled {
  const { goals, timePerDayMin, deadline } = call.args;
  const hasGoals = Array.isArray(goals) && goals.length > 0;
  if (!hasGoals && call.needs !== 'profile')
    return ask(call, 'goals', 'What is the plan for: which subject, exam or topics?');
  if (timePerDayMin === undefined) return ask(call, 'timePerDayMin', MINUTES_QUESTION);
  if (typeof deadline === 'string' && deadline < isoDate(state.now))
    return ask(call, 'deadline', `That date (${deadline}) is past. By when should it be done?`);
  return { calls: [call], assumed };
}
