import type { MessageContent, ToolPart } from '@/lib/agent/messages';
import type { ToolProgress } from '@/lib/domain/message';
import { inEnglish, type Message, type Translate, text } from '@/lib/language/text';
import { isToolFailure } from '@/lib/tools/tool-failure';
import type { Progress } from './conversation';
import { viewOf } from './tools';

const UNKNOWN = {
  running: text('Working'),
  done: text('Worked on it'),
  failed: text('One step did not work'),
};

export type ActivityState = 'running' | 'done' | 'failed';
/** `toolCallId`: a call that runs and may be cancelled. */
export type ActivityStep = {
  key: string;
  state: ActivityState;
  text: string;
  details?: string[];
  toolCallId?: string;
};
export type Activity = { state: ActivityState; summary: string; steps: ActivityStep[] };

const AGREED = text('You said yes. It is done when everything here is answered');
const PASSED_OVER = text('You said yes, and went on before everything here was answered. Nothing was done');
const CUT_SHORT = text('You said yes, but the answer ended before this could be seen through');

/** What has no result runs as long as the answer is written, and not after it. */
function stateOf(part: ToolPart, isWriting: boolean): ActivityState {
  if (part.state === 'output-error' || part.state === 'output-denied') return 'failed';
  if (part.state !== 'output-available') return isWriting ? 'running' : 'failed';
  return isToolFailure(part.output) ? 'failed' : 'done';
}

/** What became of a yes that brought no result yet; undefined while it is acted upon. */
function agreement(isAsking: boolean, isWriting: boolean, isPassedOver: boolean): Message | undefined {
  if (isAsking) return isPassedOver ? PASSED_OVER : AGREED;
  return isWriting ? undefined : CUT_SHORT;
}

const isRefused = (part: ToolPart) =>
  part.state === 'output-denied' || (part.state === 'approval-responded' && !part.approval.approved);

type Passage = { docId: string; source: string; n: number };
const isPassage = (value: Partial<Passage> | null): value is Passage =>
  typeof value?.docId === 'string' && typeof value.source === 'string' && typeof value.n === 'number';

/** The passages of a finished search; a stored one may be of an older shape and is then only called a search. */
function passagesOf(part: ToolPart): Passage[] | undefined {
  if (part.type !== 'tool-searchNotes' || stateOf(part, false) !== 'done') return undefined;
  const { chunks, evidence }: { chunks?: unknown; evidence?: { band?: unknown } } = Object(part.output);
  if (!Array.isArray(chunks) || !chunks.every(isPassage)) return undefined;
  // Without evidence nothing was given to the model to read, whatever came closest.
  return evidence?.band === 'none' ? [] : chunks;
}

function searchStep(part: ToolPart, passages: readonly Passage[], t: Translate): ActivityStep {
  const query = part.type === 'tool-searchNotes' ? part.input?.query : undefined;
  return {
    ...done(
      part.toolCallId,
      query ? t('Searched your notes for “{query}”', { query }) : t('Searched your notes'),
    ),
    details: [...new Set(passages.map(({ source }) => source))],
  };
}

const done = (key: string, text: string): ActivityStep => ({ key, state: 'done', text });

const STAGES: Record<ToolProgress['stage'], Message> = {
  searching: text('searching your notes'),
  reading: text('reading'),
  writing: text('writing'),
  checking: text('checking'),
  planning: text('fitting it into your days'),
};

/** How far a tool is, in words: "4 of 10 written". */
function progressText({ stage, done = 0, of }: ToolProgress, t: Translate): string {
  if (done === 0 && (of ?? 0) <= 1) return t(STAGES[stage]);
  const count = of === undefined ? `${done}` : t('{done} of {of}', { done, of });
  return stage === 'writing' ? t('{count} written', { count }) : `${t(STAGES[stage])}, ${count}`;
}

const isCancelled = (part: ToolPart) =>
  part.state === 'output-available' && isToolFailure(part.output) && part.output.code === 'cancelled';

const isRepeated = (part: ToolPart) =>
  part.state === 'output-available' && Object(part.output).duplicate === true;

/** What a call that ended did: one that found its work done before says that it did nothing. */
function endedText(part: ToolPart, state: 'done' | 'failed'): Message {
  const { verbs = UNKNOWN, notAgain } = viewOf(part) ?? {};
  return notAgain && isRepeated(part) ? notAgain : verbs[state];
}

/** A call that has no result yet, and how far it is. */
function runningStep(
  { toolCallId }: ToolPart,
  words: string,
  progress: ToolProgress | undefined,
  t: Translate,
): ActivityStep {
  const text = progress ? `${words}: ${progressText(progress, t)}` : words;
  return { key: toolCallId, state: 'running', text, toolCallId };
}

type Watched = { isWriting: boolean; isPassedOver?: boolean; progress?: Progress };

/** One grey line for everything that was done before and during an answer, and the steps behind it. */
export function readActivity(
  { tools, citations, unsupported, text: words }: MessageContent,
  { isWriting, isPassedOver = false, progress = {} }: Watched,
  t = inEnglish,
): Activity | undefined {
  const visible = tools.filter((part) => part.state !== 'approval-requested');
  const isAsking = visible.length < tools.length;
  if (visible.length === 0) return undefined;

  const documents = new Set<string>();
  const read = new Set<number>();
  const steps = visible.map((part): ActivityStep => {
    const passages = passagesOf(part);
    for (const { docId, n } of passages ?? []) {
      documents.add(docId);
      read.add(n);
    }
    if (passages) return searchStep(part, passages, t);
    const verbs = viewOf(part)?.verbs ?? UNKNOWN;
    // A no of the student is an answer, not something that went wrong.
    if (isRefused(part)) return done(part.toolCallId, t(verbs.failed));
    const agreed = part.state === 'approval-responded' && agreement(isAsking, isWriting, isPassedOver);
    if (agreed)
      return { key: part.toolCallId, state: agreed === AGREED ? 'done' : 'failed', text: t(agreed) };
    const state = stateOf(part, isWriting);
    if (state === 'running') return runningStep(part, t(verbs.running), progress[part.toolCallId], t);
    if (isCancelled(part))
      return {
        key: part.toolCallId,
        state,
        text: t('{failed}. You cancelled it.', { failed: t(verbs.failed) }),
      };
    const text =
      state === 'failed' && (isWriting || words.trim() !== '')
        ? t('{failed}. The answer does without it.', { failed: t(verbs.failed) })
        : t(endedText(part, state));
    return { key: part.toolCallId, state, text };
  });

  const running = steps.find((step) => step.state === 'running');
  const failed = steps.find((step) => step.state === 'failed');
  const searched = visible.some((part) => passagesOf(part) !== undefined);
  const [passages, documentsRead] = [
    t('{count, plural, one {# passage} other {# passages}}', { count: read.size }),
    t('{count, plural, one {# document} other {# documents}}', { count: documents.size }),
  ];
  if (read.size > 0)
    steps.push(done('read', t('Read {passages} in {documentsRead}', { passages, documentsRead })));
  const checked = citations.size + unsupported.length;
  if (checked > 0) {
    steps.push(
      done(
        'checked',
        t('Checked {checked, plural, one {# quote} other {# quotes}}, {count} found', {
          checked,
          count: citations.size,
        }),
      ),
    );
  }
  if (running) return { state: 'running', summary: running.text, steps };
  if (read.size > 0) {
    return {
      state: 'done',
      summary: t('Searched {documentsRead}, read {passages}', { documentsRead, passages }),
      steps,
    };
  }
  if (failed) return { state: 'failed', summary: failed.text, steps };
  return {
    state: 'done',
    summary: searched ? t('Searched your notes, found nothing on it') : (steps[0]?.text ?? ''),
    steps,
  };
}
