import { z } from 'zod';
import { dateIn } from '../../calendar/dates.ts';
import {
  cardEvidenceSchema,
  contestEvidenceSchema,
  type Evidence,
  reviewEvidenceSchema,
  storedAnswerSchema,
  type Upcoming,
} from '../../study/mastery/evidence.ts';
import type { DatabaseClient } from '../clients.ts';
import { databaseError } from '../errors.ts';

const task = z.object({
  title: z.string(),
  etaMin: z.number().min(0).catch(0),
  completed: z.boolean(),
  date: z.iso.date(),
  goal: z.string().catch(''),
});
const plan = z.object({
  title: z.string(),
  deadline: z.iso.date().nullable(),
  goals: z.array(z.string()),
  weekBlocks: z.array(z.object({ tasks: z.array(z.unknown()).catch([]) }).catch({ tasks: [] })).catch([]),
});

/** Rows that a student or an older version wrote in another shape are left out, never a reason to fail. */
const rowsOf = <Schema extends z.ZodType>(schema: Schema) =>
  z.array(z.unknown()).transform((rows) =>
    rows.flatMap((row): z.output<Schema>[] => {
      const parsed = schema.safeParse(row);
      return parsed.success ? [parsed.data] : [];
    }),
  );

const evidenceSchema = z.object({
  readAt: z.string(),
  mark: z.string(),
  timezone: z.string().nullable(),
  attempts: z.array(z.object({ score: z.number().min(0).max(1).nullable().catch(null) })),
  answers: rowsOf(storedAnswerSchema),
  reviews: rowsOf(reviewEvidenceSchema),
  cards: rowsOf(cardEvidenceSchema),
  contests: rowsOf(contestEvidenceSchema),
  topics: z.array(z.string()),
  plan: plan.nullable().catch(null),
  exams: rowsOf(z.object({ title: z.string(), date: z.iso.date(), topics: z.array(z.string()) })),
});

type Loaded = z.output<typeof evidenceSchema>;

function upcomingOf({ plan: followed, exams }: Loaded, today: string): Upcoming[] {
  const decks = exams
    .filter(({ date }) => date >= today)
    .map((exam): Upcoming => ({ ...exam, kind: 'exam', minutes: 0, text: exam.title }));
  if (!followed) return decks;
  const { title, deadline, goals } = followed;
  const tasks = followed.weekBlocks
    .flatMap(({ tasks: rows }) => rows)
    .flatMap((row): Upcoming[] => {
      const { success, data } = task.safeParse(row);
      if (!success || data.completed || data.date < today) return [];
      const { etaMin: minutes, date, goal } = data;
      return [
        { kind: 'task', title: data.title, date, minutes, topics: [goal], text: `${data.title} · ${goal}` },
      ];
    });
  const ending: Upcoming[] =
    deadline === null || deadline < today
      ? []
      : [
          {
            kind: 'exam',
            title,
            date: deadline,
            minutes: 0,
            topics: goals,
            text: `${title} · ${goals.join(' · ')}`,
          },
        ];
  return [...decks, ...ending, ...tasks];
}

/** An answer as the evidence holds it; what was chosen is asked for by those who show it. */
export type StoredAnswer = Loaded['answers'][number];
export type StoredEvidence = Omit<Evidence, 'answers'> & { answers: StoredAnswer[] };

/**
 * Everything a student's profile is worked out from, in one round trip. The student is always named: a job reads this
 * with every right, and row level security would not hold it to one student.
 */
export async function readEvidence(
  db: DatabaseClient,
  params: { userId: string; now: Date },
): Promise<StoredEvidence> {
  const { data, error } = await db.rpc('learning_evidence', { p_user_id: params.userId });
  if (error) throw databaseError(error);
  const loaded = evidenceSchema.parse(data);
  const { readAt, mark, attempts, answers, reviews, cards, contests, topics } = loaded;
  const timezone = loaded.timezone ?? 'UTC';
  const upcoming = upcomingOf(loaded, dateIn(params.now, timezone));
  return { readAt, mark, timezone, attempts, answers, reviews, cards, contests, topics, upcoming };
}
