import type { ThreadFile } from '../domain/attachment.ts';
import type { Notice } from '../domain/message.ts';
import { listening, say, sayList } from '../language/said.ts';
import type { Telemetry } from '../observability/telemetry.ts';
import { isToolFailure } from '../tools/tool-failure.ts';
import { isSightAlone } from './attachments.ts';
import type { ClervaPart } from './messages.ts';

/**
 * Whether an answer looked for something and stands on nothing: every search failed or found no evidence, and nothing is
 * cited.
 */
export function foundNothing(parts: readonly ClervaPart[]): boolean {
  const searches = parts.filter((part) => part.type === 'tool-searchNotes');
  const isFound = searches.some(
    ({ state, output }) =>
      state === 'output-available' && !isToolFailure(output) && output.evidence.band !== 'none',
  );
  return searches.length > 0 && !isFound && !parts.some(({ type }) => type === 'data-citation');
}

type NoticeFacts = {
  documents: { ready: number; processing: number };
  parts: readonly ClervaPart[];
  /** The files of the conversation, and whether the model is shown pictures. */
  attachments?: readonly ThreadFile[] | undefined;
  sees?: boolean | undefined;
  telemetry: Pick<Telemetry, 'lastCall'>;
};

/** What the page says beside an answer, because the answer's own words may not. */
export function noticesFor(turn: NoticeFacts): Notice[] {
  const { made, said } = listening(() => noticesOf(turn));
  return made.map((notice) => ({ ...notice, said }));
}

function noticesOf(turn: NoticeFacts): Notice[] {
  const notices: Notice[] = [];
  if (!turn.sees && turn.attachments?.some((file) => file.isNew && isSightAlone(file))) {
    const text = say(
      'This model cannot see pictures. Choose one that does, or write down what the picture shows.',
    );
    notices.push({ kind: 'not_seen', text });
  }
  const outputs = turn.parts.flatMap((part) =>
    part.type === 'tool-searchNotes' && part.state === 'output-available' && !('ok' in part.output)
      ? [part.output]
      : [],
  );
  const isCited = turn.parts.some(({ type }) => type === 'data-citation');
  if (outputs.length > 0 && turn.documents.ready === 0) {
    const text =
      turn.documents.processing > 0
        ? say('Your notes are still being read. Ask again in a moment.')
        : say('There are no notes to answer from yet. Add some in the library.');
    notices.push({ kind: 'no_notes', text });
  } else if (outputs.length > 0 && !isCited && outputs.every(({ evidence }) => evidence.band === 'none')) {
    notices.push({ kind: 'not_in_notes', text: say('Nothing in your notes speaks of this.') });
  }
  const mended = new Map(
    outputs.flatMap((output) => output.mended.map(({ from, to }) => [from, to] as const)),
  );
  if (mended.size > 0) {
    const words = [...mended].map(([from, to]) => say('“{from}” as “{to}”', { from, to }));
    notices.push({ kind: 'read_as', text: say('I read {words}.', { words: sayList(words) }) });
  }
  if (turn.telemetry.lastCall()?.metadata?.finishReason === 'length') {
    notices.push({ kind: 'cut_short', text: say('The answer reached its length limit. Ask for the rest.') });
  }
  return notices;
}
