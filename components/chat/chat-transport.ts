import { type ChatTransport, DefaultChatTransport, isToolUIPart } from 'ai';
import { type ClervaMessage, messageText } from '@/lib/agent/messages';
import type { Approval } from '@/lib/domain/message';
import { api } from '@/lib/links';

/** The student's answers to tools that asked first, when they are what the last message waits for. */
function approvalsOf(message: ClervaMessage | undefined): Approval[] {
  if (message?.role !== 'assistant') return [];
  return message.parts.filter(isToolUIPart).flatMap((part) =>
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

type TransportOptions = {
  /** Unknown until the first answer of a new conversation begins. */
  threadId: () => string | undefined;
  fetch?: typeof globalThis.fetch;
};

/** Sends only what is new: the server holds the history and would not believe the browser's. */
export function createChatTransport({ threadId, fetch }: TransportOptions): ChatTransport<ClervaMessage> {
  const transport: ChatTransport<ClervaMessage> = new DefaultChatTransport<ClervaMessage>({
    api: api.chat,
    ...(fetch === undefined ? {} : { fetch }),
    prepareSendMessagesRequest: ({ messages, trigger }) => {
      const id = threadId();
      if (trigger === 'regenerate-message' && id !== undefined) {
        return { api: api.regenerate(id), body: {} };
      }
      const last = messages.at(-1);
      const thread = id === undefined ? {} : { threadId: id };
      const approvals = approvalsOf(last);
      if (approvals.length > 0) return { body: { ...thread, approvals } };
      return { body: { ...thread, message: last ? messageText(last.parts) : '' } };
    },
    prepareReconnectToStreamRequest: ({ id }) => ({ api: api.stream(threadId() ?? id) }),
  });
  // The server plays a running answer from its beginning, so what is on the page must not be added to.
  return Object.assign(transport, { resumeStreamIsReplay: true });
}
