import { z } from 'zod';
import { dayOfWeek } from './availability.ts';
import { MAX_GOALS, MAX_TASK_MINUTES, STUDY_DAY_MINUTES } from './bounds.ts';
import { line, namesAField, title } from './fields.ts';
import { saidSchema } from './said.ts';

const date = z.iso.date('A date as YYYY-MM-DD.');

const TASK_KINDS = ['read', 'quiz', 'cards', 'practise', 'recall', 'review', 'mock', 'own'] as const;
export type TaskKind = (typeof TASK_KINDS)[number];

export const planTask = z.object({
  id: z.string().min(1).max(40),
  title: z.string().min(1).max(300),
  etaMin: z.int().min(1).max(1440),
  link: z.string().max(2000).nullable(),
  completed: z.boolean(),
  date,
  kind: z.enum(TASK_KINDS),
  /** The goal it serves; empty for the student's own tasks. */
  goal: z.string().max(300),
  reason: z.string().max(300).nullable(),
  movedFrom: date.nullable(),
});
export type PlanTask = z.infer<typeof planTask>;

export const weekBlock = z.object({
  week: z.int().min(1),
  startsOn: date,
  endsOn: date,
  focus: z.string().max(300),
  /** What the study days of the week hold, before slack. */
  minutes: z.int().min(0),
  tasks: z.array(planTask),
});
export type WeekBlock = z.infer<typeof weekBlock>;

export const planFits = z.object({
  ok: z.boolean(),
  neededMin: z.int().min(0),
  availableMin: z.int().min(0),
  dropped: z.array(z.object({ goal: z.string(), reason: z.string() })),
});
export type PlanFits = z.infer<typeof planFits>;

const rankedGoal = z.object({
  goal: z.string(),
  /** 1 for a goal like any other, up to 2 for the weakest. */
  weight: z.number(),
  /** Why it stands where it stands: "you named it as weak", "48% over 12 answers". */
  evidence: z.string().nullable(),
});
export type RankedGoal = z.infer<typeof rankedGoal>;

const taskMove = z.object({
  taskId: z.string(),
  /** Null when it came back from being set aside. */
  from: date.nullable(),
  /** Null when it no longer fits and was set aside. */
  to: date.nullable(),
  wasMovedFrom: date.nullable(),
});
export type TaskMove = z.infer<typeof taskMove>;

const planChange = z.object({
  kind: z.enum(['missed', 'dropped']),
  on: date,
  sentence: z.string(),
  moves: z.array(taskMove),
});
export type PlanChange = z.infer<typeof planChange>;

/** What a plan knows beside its tasks. Everything has a default, so that a plan made by other means can be read. */
export const planDetail = z.object({
  fits: planFits.default({ ok: true, neededMin: 0, availableMin: 0, dropped: [] }),
  warnings: z.array(z.string()).default([]),
  /** The goals from the most important to the first to drop. */
  ranking: z.array(rankedGoal).default([]),
  knownWeakSpots: z.array(z.string()).default([]),
  /** Whether the student named the weekdays, or only how many. */
  weekdaysNamed: z.boolean().default(false),
  /** Tasks without a day: dropped, or no longer fitting. Their date is the last one they had. */
  setAside: z.array(planTask).default([]),
  /** Ids of tasks set aside on purpose: they do not come back by themselves. */
  dropped: z.array(z.string()).default([]),
  /** Ids of missed tasks that the student left where they were. */
  leftAlone: z.array(z.string()).default([]),
  /** Ids of tasks the student put on their day. */
  pinned: z.array(z.string()).default([]),
  /** What was last moved, for its sentence and for Undo. */
  change: planChange.nullable().default(null),
  said: saidSchema.default({}),
});

/** When the student can study. */
export type PlanDays = {
  timePerDayMin: number;
  daysPerWeek: number;
  /** 0 is Sunday. */
  weekdays: number[];
  startsOn: string;
  /** The last day that may hold a task: the day before the deadline, or the end of the horizon. */
  endsOn: string;
  deadline: string | null;
};

export type Plan = PlanDays & {
  title: string;
  goals: string[];
  weekBlocks: WeekBlock[];
  detail: z.infer<typeof planDetail>;
};

const goals = z.array(title).max(MAX_GOALS);

const settings = z.object({
  goals: goals.min(1),
  timePerDayMin: z.int().min(STUDY_DAY_MINUTES.min).max(STUDY_DAY_MINUTES.max),
  daysPerWeek: z.int().min(1).max(7),
  /** As the student or the model wrote it; null for none. */
  deadline: line(60).nullable(),
  /** The weekdays the student named; empty for none. */
  weekdays: z.array(dayOfWeek).max(7),
  knownWeakSpots: goals,
});

/** What a plan is made from. */
export const planRequestSchema = settings.extend({
  deadline: settings.shape.deadline.default(null),
  weekdays: settings.shape.weekdays.default([]),
  knownWeakSpots: goals.default([]),
});
export type PlanRequest = z.output<typeof planRequestSchema>;

/** Of a plan as it stands. */
export const planEditSchema = settings
  .extend({
    title,
    /** True puts the plan away, false takes it up again. */
    archived: z.boolean(),
    /** Sets aside what is left of a goal. */
    dropGoal: z.string().max(300),
  })
  .partial()
  .refine(namesAField, 'Name what to change.');
export type PlanEdit = z.output<typeof planEditSchema>;

const taskMinutes = z.int().min(1).max(MAX_TASK_MINUTES);

/** Tasks of the student's own. */
export const newTasksSchema = z.object({
  tasks: z
    .array(
      z.object({
        title,
        etaMin: taskMinutes,
        /** A page of this app. */
        link: z
          .string()
          .max(500)
          .regex(/^\/(?!\/)/)
          .nullable()
          .default(null),
      }),
    )
    .min(1)
    .max(50),
});

export const taskEditSchema = z
  .object({ completed: z.boolean(), date: z.string().max(40), title, etaMin: taskMinutes })
  .partial()
  .refine(namesAField, 'Name what to change.');
export type TaskEdit = z.output<typeof taskEditSchema>;
