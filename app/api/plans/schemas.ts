import { z } from 'zod';

const goal = z.string().trim().min(1).max(200);
const deadline = z.string().trim().min(1).max(60).nullable();
const weekdays = z.array(z.int().min(0).max(6)).max(7);

/** What a plan is made from. */
export const newPlan = z.object({
  goals: z.array(goal).min(1).max(20),
  timePerDayMin: z.int().min(5).max(960),
  daysPerWeek: z.int().min(1).max(7),
  deadline: deadline.default(null),
  weekdays: weekdays.default([]),
  knownWeakSpots: z.array(goal).max(20).default([]),
});

export const planChange = z
  .object({
    title: z.string().trim().min(1).max(200).optional(),
    goals: newPlan.shape.goals.optional(),
    timePerDayMin: newPlan.shape.timePerDayMin.optional(),
    daysPerWeek: newPlan.shape.daysPerWeek.optional(),
    deadline: deadline.optional(),
    weekdays: weekdays.optional(),
    knownWeakSpots: z.array(goal).max(20).optional(),
    /** True puts the plan away, false takes it up again. */
    archived: z.boolean().optional(),
    /** Sets aside what is left of a goal. */
    dropGoal: z.string().max(300).optional(),
  })
  .refine((fields) => Object.keys(fields).length > 0, 'Name what to change.');

export const newTasks = z.object({
  tasks: z
    .array(
      z.object({
        title: z.string().trim().min(1).max(200),
        etaMin: z.int().min(1).max(600),
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

export const taskChange = z
  .object({
    completed: z.boolean().optional(),
    date: z.string().max(40).optional(),
    title: z.string().trim().min(1).max(200).optional(),
    etaMin: z.int().min(1).max(600).optional(),
  })
  .refine((fields) => Object.keys(fields).length > 0, 'Name what to change.');
