import { accountSchema } from '../../domain/account.ts';
import { DAILY } from '../../domain/bounds.ts';
import { AppError } from '../../errors.ts';
import { say } from '../../language/said.ts';
import { notesOf } from '../../study/account.ts';
import { dropPageDrafts, readPageDrafts, readPublishedPages, savePageDrafts } from '../drafts.ts';
import { spokenPages } from '../extract/captions.ts';
import { download, type ExtractedBatch, type IngestionDependencies, PROGRESS } from '../pipeline.ts';
import { readAside } from '../reader/pool.ts';
import { countUse, type IngestionJob, recordCost, saveProgress } from '../store.ts';
import type { Piece } from './index.ts';
import { type HeardPiece, heardPieceSchema, wovenTranscript } from './transcript.ts';

/** What was heard waits behind all pages there can be until it is woven into them. */
const PIECES_FROM = 1_000_000;

/** A sentence or two, some ten seconds: what is cited is played from where its line begins. */
const LINE_CHARACTERS = 160;

export type HearingPlan = { seconds: number; pieces: Piece[] };

function hearingOf({ hearing }: IngestionDependencies) {
  if (!hearing) throw new AppError('hearing_unavailable');
  return hearing;
}

/**
 * How long the recording is and in what pieces it is heard; its minutes are counted. Empty where it was heard before and only
 * the index has changed: its words are taken as they stand, since hearing costs by the minute.
 */
export async function planHearing(deps: IngestionDependencies, job: IngestionJob): Promise<HearingPlan> {
  const pages = job.isReread ? await readPublishedPages(deps.db, job.documentId) : [];
  if (pages.length > 0) {
    await saveDrafts(deps, job, pages);
    return { seconds: 0, pieces: [] };
  }
  const { pieceSeconds } = hearingOf(deps);
  const bytes = await download(deps, job);
  const { fileName, mimeType } = job;
  const plan = await readAside(job.userId, 'planRecording', { bytes, fileName, mimeType, pieceSeconds });
  const minutes = Math.ceil(plan.seconds / 60);
  const isWithin = await countUse(deps.db, {
    userId: job.userId,
    kind: 'recording_minutes',
    used: minutes,
    perDay: DAILY.recordingMinutes,
  });
  if (!isWithin) {
    throw new AppError('quota_exceeded', {
      message: () =>
        say(
          'This recording has {minutes, plural, one {# minute} other {# minutes}}, more than is left of the {most} that can be heard in a day. Read it again tomorrow.',
          { minutes, most: DAILY.recordingMinutes },
        ),
      retryable: false,
    });
  }
  await saveProgress(deps.db, job, { ...(job.isReread ? {} : { locator: 'time' }), stage: 'extracting' });
  return plan;
}

/** Hears one piece and puts aside what was said. */
export async function hearPiece(
  deps: IngestionDependencies,
  job: IngestionJob,
  { pieces, index }: HearingPlan & { index: number },
): Promise<{ characters: number }> {
  const { hear, model, usdPerMinute } = hearingOf(deps);
  const piece = pieces[index];
  if (!piece) throw new AppError('internal');
  const startedAt = performance.now();
  const bytes = await download(deps, job);
  const { fileName, mimeType, userId } = job;
  const part = await readAside(userId, 'cutRecording', { bytes, fileName, mimeType, piece });
  const seconds = piece.to - part.from;
  const heard = await hear({ bytes: part.bytes, fileName, seconds });
  const content: HeardPiece = { from: part.from, to: piece.to, heard };
  await saveDrafts(deps, job, [{ page: PIECES_FROM + index, label: null, content: JSON.stringify(content) }]);
  const share = (index + 1) / pieces.length;
  await saveProgress(deps.db, job, {
    progress: Math.round(PROGRESS.extracting + share * (PROGRESS.chunking - PROGRESS.extracting)),
  });
  const characters = heard.reduce((sum, { text }) => sum + text.length, 0);
  await recordCost(deps.db, {
    event_type: 'llm_call',
    user_id: userId,
    trace_id: `ingest-${job.documentId}-${job.run}`,
    model,
    latency_ms: Math.round(performance.now() - startedAt),
    token_count: 0,
    cost_usd: (seconds / 60) * usdPerMinute,
    metadata: { documentId: job.documentId, output: 'transcription', seconds: Math.round(seconds) },
  });
  return { characters };
}

/** Makes pages of what was heard. Run twice it finds the pieces gone and the pages made. */
export async function writeTranscript(
  deps: IngestionDependencies,
  job: IngestionJob,
  { seconds }: HearingPlan,
): Promise<ExtractedBatch> {
  const drafts = await readPageDrafts(deps.db, job.documentId);
  const pieces = drafts.filter(({ page }) => page >= PIECES_FROM);
  let pages = drafts.filter(({ page }) => page < PIECES_FROM);
  if (pieces.length > 0) {
    const heard = pieces.map(({ content }) => heardPieceSchema.parse(JSON.parse(content)));
    const cues = wovenTranscript(heard).map((one) => ({ ...one, speaker: one.speaker ?? null }));
    pages = spokenPages(cues, LINE_CHARACTERS);
    if (pages.length === 0) {
      throw new AppError('file_no_text', { message: 'No speech was found in this recording.' });
    }
    await saveDrafts(deps, job, pages);
    await dropPageDrafts(deps.db, job.documentId, pages.length + 1);
  }
  const account = accountSchema.parse({
    pagesRead: pages.length,
    pageCount: pages.length,
    ...notesOf(() => [
      say(
        '{minutes, plural, =0 {Heard} one {# minute heard} other {# minutes heard}} by a model: words may be misheard.',
        { minutes: Math.ceil(seconds / 60) },
      ),
    ]),
  });
  const characters = pages.reduce((sum, { content }) => sum + content.length, 0);
  return { next: null, pageCount: pages.length, locator: 'time', emptyPages: [], account, characters };
}

const saveDrafts = (
  { db }: IngestionDependencies,
  { documentId, userId }: IngestionJob,
  pages: readonly { page: number; label: string | null; content: string }[],
) =>
  savePageDrafts(
    db,
    pages.map((page) => ({ ...page, doc_id: documentId, user_id: userId, char_count: page.content.length })),
  );
