import { z } from 'zod';
import { makePlan } from '../db/queries/plan-actions.ts';
import { dayOfWeek } from '../domain/availability.ts';
import { planFits, planRequestSchema, weekBlock } from '../domain/plan.ts';
import { saidSchema } from '../domain/said.ts';
import { findMaterial } from '../retrieval/material.ts';
import { readingsOf } from '../study/plan/material.ts';
import { withRemarks } from '../study/plan/sentences.ts';
import { defineTool, orNull } from './define-tool.ts';

/** Enough to see whether the notes speak of a goal, and where. */
const PASSAGES_A_GOAL = 8;
const MODEL_WEEKS = 6;
const MODEL_TASKS = 8;

const { goals, timePerDayMin, daysPerWeek, deadline, knownWeakSpots } = planRequestSchema.shape;

const input = z.object({
  goals: goals.describe('What to learn, one goal each, in the student’s words, the most important first.'),
  timePerDayMin: timePerDayMin.describe('Minutes on a study day.'),
  daysPerWeek: daysPerWeek.describe('How many days a week; 5 when the student did not say.'),
  deadline: deadline.describe('The day of the exam as YYYY-MM-DD; null when there is none.'),
  knownWeakSpots: orNull(knownWeakSpots.unwrap()).describe(
    'Topics the student says they are weak in; null for none.',
  ),
  weekdays: orNull(z.array(dayOfWeek.describe('0 is Sunday, 6 is Saturday.')).max(7)).describe(
    'The weekdays the student named; null when they named none.',
  ),
});

const output = z.object({
  planId: z.string(),
  title: z.string(),
  startsOn: z.string(),
  endsOn: z.string().describe('The last day with tasks.'),
  deadline: z.string().nullable(),
  timePerDayMin: z.int(),
  daysPerWeek: z.int(),
  weekdays: z.array(z.int()),
  weekBlocks: z.array(weekBlock),
  fits: planFits,
  warnings: z.array(z.string()).describe('What the student has to know about the plan.'),
  dropFirst: z.string().nullable().describe('What to leave when time gets short.'),
  why: z.string().describe('Why the goals come in this order.'),
  said: saidSchema.optional(),
});
type CreateStudyPlanOutput = z.output<typeof output>;

/** Weeks by name and the tasks of the first; the whole plan is on its page. */
function modelText({ weekBlocks, ...plan }: CreateStudyPlanOutput): string {
  const { planId, title, deadline, timePerDayMin, daysPerWeek, fits, warnings } = plan;
  const first = weekBlocks.find(({ tasks }) => tasks.length > 0);
  return JSON.stringify({
    planId,
    title,
    deadline,
    endsOn: plan.endsOn,
    timePerDayMin,
    daysPerWeek,
    fits,
    warnings,
    dropFirst: plan.dropFirst,
    why: plan.why,
    weeks: weekBlocks.slice(0, MODEL_WEEKS).map(({ week, focus, startsOn, endsOn, tasks }) => ({
      week,
      focus,
      startsOn,
      endsOn,
      tasks: tasks.length,
      minutes: tasks.reduce((sum, { etaMin }) => sum + etaMin, 0),
    })),
    weekCount: weekBlocks.length,
    firstTasks: (first?.tasks ?? [])
      .slice(0, MODEL_TASKS)
      .map(({ date, title: task, etaMin }) => ({ date, title: task, etaMin })),
  });
}

export const createStudyPlan = defineTool({
  name: 'createStudyPlan',
  description:
    'Plans the days up to an exam from goals, minutes a day and days a week, with the student’s own documents, decks, quizzes and measured weak topics, and stores it as the plan to follow. Says when the goals do not fit. The plan before it goes to the archive.',
  input,
  output,
  actOf: () => 'plan',
  async run({ goals, knownWeakSpots, weekdays, ...request }, context, signal, report) {
    const { db, userId, retrieval, passages, now, timezone } = context;
    const scope = {
      userId,
      sources: null,
      lastDocId: passages.lastDocument(),
      count: PASSAGES_A_GOAL,
      offset: 0,
      signal,
    };
    let searched = 0;
    report({ stage: 'searching', done: searched, of: goals.length });
    const search = async (topic: string) => {
      const readings = readingsOf((await findMaterial({ db, ...retrieval }, { ...scope, topic })).chunks);
      searched += 1;
      report(
        searched < goals.length
          ? { stage: 'searching', done: searched, of: goals.length }
          : { stage: 'planning' },
      );
      return readings;
    };
    const asked = { ...request, goals, weekdays: weekdays ?? [], knownWeakSpots: knownWeakSpots ?? [] };
    const made = await makePlan(db, asked, { now, timezone, signal, search });
    const { id, detail, dropFirst, why, ...plan } = withRemarks(made, made.startsOn);
    const { fits, warnings, said } = detail;
    return {
      planId: id,
      ...plan,
      fits,
      warnings,
      dropFirst: dropFirst?.sentence ?? null,
      why: why ?? '',
      said,
    };
  },
  toModelText: modelText,
});
