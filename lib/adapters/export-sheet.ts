import { z } from 'zod';
import type { DatabaseClient } from '../db/clients.ts';
import { databaseError } from '../db/errors.ts';
import { freshLearningProfile } from '../db/queries/learning-profile.ts';
import { activePlan } from '../db/queries/plan.ts';
import { AppError } from '../errors.ts';
import { kindOfName } from '../ingestion/kinds.ts';
import { type Cell, type Sheet, sheetCsv, sheetXlsx } from '../study/sheet.ts';
import { defineTool } from '../tools/define-tool.ts';
import type { ToolContext } from '../tools/tool-context.ts';

const WHAT = ['cards', 'results', 'plan', 'progress'] as const;
/** As much as an answer carries. */
const MOST_ROWS = 10_000;
const MOST_BYTES = 4_000_000;
const ROWS_PER_CALL = 500;

/** By which a card that comes back is the same card. */
const KNOWN_BY = ['Kind', 'Cloze', 'Guid'];

const percent = (share: number | null) => (share === null ? null : Math.round(share * 1_000) / 10);

/** Rows of a table of the student's, in pieces as the Data API gives them. */
async function rowsOf<Row>(
  ask: (
    from: number,
    to: number,
  ) => PromiseLike<{
    data: Row[] | null;
    error: { message: string; code: string; details: string; hint: string; name: string } | null;
  }>,
): Promise<Row[]> {
  const rows: Row[] = [];
  while (rows.length < MOST_ROWS) {
    const { data, error } = await ask(rows.length, rows.length + ROWS_PER_CALL - 1);
    if (error) throw databaseError(error);
    rows.push(...(data ?? []));
    if ((data ?? []).length < ROWS_PER_CALL) break;
  }
  return rows;
}

async function cards(db: DatabaseClient): Promise<Cell[][]> {
  const rows = await rowsOf((from, to) =>
    db
      .from('flashcard')
      .select(
        'front, back, kind, cloze_index, topic, due, reps, lapses, stability, suspended, guid, deck(name)',
      )
      .eq('proposed', false)
      .order('created_at')
      .order('id')
      .range(from, to),
  );
  return [
    [
      'Front',
      'Back',
      'Deck',
      'Topic',
      'Due',
      'Reviews',
      'Lapses',
      'Days it is kept',
      'Put aside',
      ...KNOWN_BY,
    ],
    ...rows.map(({ front, back, deck, topic, due, reps, lapses, stability, suspended, ...card }) => [
      front,
      back,
      deck?.name ?? null,
      topic,
      reps > 0 ? due.slice(0, 10) : null,
      reps,
      lapses,
      Math.round(stability * 10) / 10,
      suspended ? 'yes' : null,
      card.kind,
      card.kind === 'cloze' ? card.cloze_index : null,
      card.guid,
    ]),
  ];
}

async function results(db: DatabaseClient): Promise<Cell[][]> {
  const rows = await rowsOf((from, to) =>
    db
      .from('quiz_attempt')
      .select('correct, total, score, startedAt:started_at, finishedAt:finished_at, quiz(topic, difficulty)')
      .not('finished_at', 'is', null)
      .order('finished_at')
      .order('id')
      .range(from, to),
  );
  return [
    ['Quiz', 'Difficulty', 'Began', 'Finished', 'Right', 'Questions', 'Percent'],
    ...rows.map(({ quiz, startedAt, finishedAt, correct, total, score }) => [
      quiz?.topic ?? null,
      quiz?.difficulty ?? null,
      startedAt.slice(0, 16).replace('T', ' '),
      finishedAt?.slice(0, 16).replace('T', ' ') ?? null,
      correct,
      total,
      percent(score),
    ]),
  ];
}

async function plan(db: DatabaseClient): Promise<Cell[][]> {
  const found = await activePlan(db);
  return [
    ['Week', 'Date', 'Task', 'Minutes', 'Goal', 'Done'],
    ...(found?.weekBlocks ?? []).flatMap(({ week, tasks }) =>
      tasks.map(({ date, title, etaMin, goal, completed }) => [
        week,
        date,
        title,
        etaMin,
        goal,
        completed ? 'yes' : null,
      ]),
    ),
  ];
}

async function progress({ db, userId, now }: ToolContext): Promise<Cell[][]> {
  const { profile } = await freshLearningProfile(db, { userId, now });
  return [
    ['Topic', 'Average in percent', 'Answers', 'Standing'],
    ...profile.analytics.topicBreakdown.map(({ topic, average, answers }) => [
      topic,
      percent(average),
      answers,
      profile.strengths.includes(topic) ? 'strong' : profile.weaknesses.includes(topic) ? 'weak' : null,
    ]),
  ];
}

const ROWS: Record<(typeof WHAT)[number], (context: ToolContext) => Promise<Cell[][]>> = {
  cards: ({ db }) => cards(db),
  results: ({ db }) => results(db),
  plan: ({ db }) => plan(db),
  progress,
};

export const exportSheet = defineTool({
  name: 'exportSheet',
  description:
    'Gives the student’s cards, results of quizzes, plan or progress as a table for a spreadsheet program.',
  input: z.object({
    what: z.enum(WHAT).describe('Which table.'),
    format: z.enum(['xlsx', 'csv']).describe('As which file.'),
  }),
  output: z.object({
    fileName: z.string(),
    mimeType: z.string(),
    rows: z.int().describe('Without the names of the columns.'),
    contentBase64: z.string(),
  }),
  timeoutSeconds: 5,
  toModelText: ({ fileName, rows }) => `${fileName} with ${rows} rows is made.`,
  async run({ what, format }, context) {
    const sheet: Sheet = { name: what, rows: await ROWS[what](context) };
    const bytes = format === 'xlsx' ? sheetXlsx(sheet) : new TextEncoder().encode(`\ufeff${sheetCsv(sheet)}`);
    if (bytes.length > MOST_BYTES)
      throw new AppError('payload_too_large', {
        message: 'This table is too large to be given at once. Export your decks one by one.',
      });
    const fileName = `${what}-${context.now.toISOString().slice(0, 10)}.${format}`;
    return {
      fileName,
      mimeType: kindOfName(fileName)?.mimeType ?? 'application/octet-stream',
      rows: sheet.rows.length - 1,
      contentBase64: Buffer.from(bytes).toString('base64'),
    };
  },
});
