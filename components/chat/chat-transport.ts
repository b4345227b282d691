import { type ChatTransport, DefaultChatTransport } from 'ai';
import type { Chosen } from '@/components/chooser/document-picker';
import {
  type Fault,
  RequestError,
  readProblem,
  studentHeader,
  tellSession,
} from '@/components/client/request';
import { type ClervaMessage, isToolPart, messageText } from '@/lib/agent/messages';
import type { Approval } from '@/lib/domain/message';
import type { TurnSettings } from '@/lib/domain/turn';
import { sentence } from '@/lib/language/text';
import { api } from '@/lib/links';
import { attachedIn } from './attachment-chips';

/** The student's answers to tools that asked first, when they are what the last message waits for. */
function approvalsOf(message: ClervaMessage | undefined): Approval[] {
  if (message?.role !== 'assistant') return [];
  return message.parts.filter(isToolPart).flatMap((part) =>
    part.state === 'approval-responded'
      ? [
          {
            approvalId: part.approval.id,
            approved: part.approval.approved,
            ...(part.approval.reason === undefined ? {} : { reason: part.approval.reason }),
          },
        ]
      : [],
  );
}

type Fetch = typeof globalThis.fetch;
export type Pause = (seconds: number, signal: AbortSignal | null | undefined) => Promise<void>;

/** Why a turn is sent again, as `t.fault` says it. */
export type Waiting = Fault;

export type TransportOptions = {
  /** Unknown until the first answer of a new conversation begins. */
  threadId: () => string | undefined;
  /** The id of the question that is sent: sent twice, it is asked once. */
  requestId: () => string | undefined;
  /** The question that is asked otherwise, and how an answer is to differ that is written again. */
  change: () => { edits?: string | undefined; messageId?: string | undefined; nudge?: TurnSettings['nudge'] };
  /** The document that the student keeps to. */
  docId: () => string | undefined;
  within: () => Chosen | undefined;
  /** The model that was chosen, where it is not the usual one. */
  model: () => string | undefined;
  /** Told why a turn waits before it is sent again, and undefined once it does not. */
  onWait: (reason: Waiting | undefined) => void;
  fetch: Fetch;
  pause?: Pause | undefined;
};

/** Together some twenty seconds: longer than a restart, or than an answer whose process died is held to be written. */
const MAX_RETRIES = 4;
/** A server that is busy for longer says so to the student. */
const LONGEST_WAIT_SECONDS = 60;
const NO_CONNECTION = sentence('The connection did not hold.');

const pauseInTime: Pause = (seconds, signal) =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, seconds * 1000);
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });

/**
 * Sends a turn again that was refused for the moment: `retry-after` says that nothing was begun, unless the database was
 * merely late. A question carries its id, so that one that arrived without its answer is found, and not asked twice. What
 * is refused for good is thrown with its sentence.
 */
function persistent({ fetch, onWait, pause = pauseInTime }: TransportOptions): Fetch {
  const attempt = async (input: Parameters<Fetch>[0], init: RequestInit | undefined) => {
    try {
      return await fetch(input, init);
    } catch (error) {
      if (init?.signal?.aborted || navigator.onLine === false) throw error;
      return error;
    }
  };
  return async (input, init) => {
    const isQuestion = typeof init?.body === 'string' && 'requestId' in JSON.parse(init.body);
    let retries = 0;
    try {
      for (; ; retries += 1) {
        const outcome = await attempt(input, init);
        const response = outcome instanceof Response ? outcome : undefined;
        if (response?.ok) return response;
        const body =
          response &&
          (await response
            .clone()
            .json()
            .catch(() => null));
        const problem = response && { ...readProblem(body), status: response.status };
        if (problem) tellSession(problem);
        // 502 is what a proxy says while the server behind it starts anew.
        const isAway = !response || response.status === 502 || response.status === 503;
        const mayPass = isAway || problem?.code === 'turn_in_progress';
        const after = response?.headers.get('retry-after');
        const isRefused = Boolean(after) && problem?.code !== 'database_unavailable';
        const isSafe = isRefused || (isQuestion && problem?.code !== 'turn_in_progress');
        const seconds = after ? Number(after) : 2 ** retries;
        const isSoon = seconds <= LONGEST_WAIT_SECONDS;
        if (!mayPass || !isSafe || !isSoon || retries === MAX_RETRIES) {
          throw problem ? new RequestError(problem) : outcome;
        }
        onWait(problem ?? { message: NO_CONNECTION });
        await pause(seconds, init?.signal);
      }
    } finally {
      if (retries > 0) onWait(undefined);
    }
  };
}

/** Sends only what is new: the server holds the history and would not believe the browser's. */
export function createChatTransport(options: TransportOptions): ChatTransport<ClervaMessage> {
  const { threadId, requestId, docId, within, model, change } = options;
  const transport: ChatTransport<ClervaMessage> = new DefaultChatTransport<ClervaMessage>({
    api: api.chat,
    fetch: persistent(options),
    headers: studentHeader,
    prepareSendMessagesRequest: ({ messages, trigger }) => {
      const id = threadId();
      const settings = model() === undefined ? {} : { settings: { model: model() } };
      if (trigger === 'regenerate-message' && id !== undefined) {
        const { messageId, nudge } = change();
        return { api: api.regenerate(id), body: { requestId: requestId(), messageId, nudge, ...settings } };
      }
      const last = messages.at(-1);
      const thread = id === undefined ? {} : { threadId: id };
      const approvals = approvalsOf(last);
      if (approvals.length > 0) return { body: { ...thread, approvals, ...settings } };
      const { docIds, course } = within() ?? {};
      const followed = docId() === undefined ? {} : { docId: docId() };
      const scope = docIds === undefined ? followed : { within: { docIds, course } };
      const message = last ? messageText(last.parts) : '';
      const { edits } = change();
      const ids = last ? attachedIn(last).map((file) => file.id) : [];
      const attachments = ids.length > 0 ? { attachments: ids } : {};
      return {
        body: { ...thread, ...scope, requestId: requestId(), edits, message, ...attachments, ...settings },
      };
    },
    prepareReconnectToStreamRequest: ({ id }) => ({ api: api.stream(threadId() ?? id) }),
  });
  // The server plays a running answer from its beginning, so what is on the page must not be added to.
  return Object.assign(transport, { resumeStreamIsReplay: true });
}
