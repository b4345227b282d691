import { type AnswerDependencies, type AnswerParams, type AnswerWatch, citedChunks } from '../answer.ts';
import { STANDING_ORDERS } from '../instructions.ts';
import type { ClervaChunk } from '../messages.ts';
import {
  checkByProvider,
  checkMessage,
  type Moderate,
  type Verdict,
  verdictOn,
  withinAMoment,
} from './guard.ts';

/** How long the first words of an answer wait for the provider's opinion, counted from the turn's beginning. */
const OPINION_MS = 800;

export type GuardDependencies = {
  moderate?: Moderate | undefined;
  /** Whether brands are guarded where the turn does not say. */
  guardsBrands?: boolean;
};

type Watch = AnswerWatch & { onVerdict(verdict: Verdict): void };

/** So many letters in a row of our own orders are no chance. */
const TOLD_CHARACTERS = 60;
const plain = (text: string) => text.replace(/[\s*_>-]+/g, ' ');
/** Once for all answers: what a thousand open ones would each hold has to be swept around. */
const ORDERS = plain(STANDING_ORDERS);

/** Whether what is written by now, piece by piece, gives away the orders that the tutor stands under. */
function ordersTold(): (piece: string) => boolean {
  let tail = '';
  return (piece) => {
    const text = plain(tail + piece);
    tail = text.slice(-TOLD_CHARACTERS);
    for (let at = 0; at + TOLD_CHARACTERS <= text.length; at += 1) {
      if (ORDERS.includes(text.slice(at, at + TOLD_CHARACTERS))) return true;
    }
    return false;
  };
}

const isContent = ({ type }: ClervaChunk) => /^(?:text|tool|data)-/.test(type);

/**
 * The chunks of an answer, or what is said in its place. The rules here are asked before the model, so that what they stop
 * costs no call; the provider's opinion comes beside it and is waited for only before the first words.
 */
export async function* guardedChunks(
  dependencies: AnswerDependencies & GuardDependencies,
  params: AnswerParams,
  { onVerdict, ...watch }: Watch,
): AsyncGenerator<ClervaChunk> {
  const { opened, continued = [], settings = {} } = params;
  const guardsBrands = settings.brandGuard ?? dependencies.guardsBrands ?? false;
  const given = { ...params, settings: { ...settings, brandGuard: guardsBrands } };
  // What the student agrees to was looked at when it was asked.
  if (continued.length > 0) return yield* citedChunks(dependencies, given, watch);
  const student = { timezone: opened.profile.timezone, guardsBrands };
  const startedAt = performance.now();
  let verdict = checkMessage(opened.text, student);
  if (!verdict) {
    const halt = new AbortController();
    const signal = AbortSignal.any([watch.signal, halt.signal]);
    const opinion = checkByProvider(dependencies.moderate, opened.text, student, signal).then((found) => {
      verdict = found;
      if (found) halt.abort();
      return found;
    });
    const tells = ordersTold();
    let isHeld = true;
    for await (const chunk of citedChunks(dependencies, given, { ...watch, signal })) {
      if (isHeld && isContent(chunk)) {
        isHeld = false;
        await withinAMoment(opinion, Math.max(0, OPINION_MS - (performance.now() - startedAt)));
      }
      if (guardsBrands && chunk.type === 'text-delta' && tells(chunk.delta)) {
        verdict = verdictOn('orders', opened.text);
        halt.abort();
      }
      if (halt.signal.aborted) break;
      yield chunk;
    }
  }
  if (!verdict || watch.signal.aborted) return;
  onVerdict(verdict);
  yield { type: 'text-start', id: 'guard' };
  yield { type: 'text-delta', id: 'guard', delta: verdict.text };
  yield { type: 'text-end', id: 'guard' };
}
