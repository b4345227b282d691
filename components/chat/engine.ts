import { Chat } from '@ai-sdk/react';
import { type ChatInit, lastAssistantMessageIsCompleteWithApprovalResponses as isDecided } from 'ai';
import type { ClervaMessage } from '@/lib/agent/messages';
import { createChatTransport, type TransportOptions } from './chat-transport';

export type EngineOptions = Pick<ChatInit<ClervaMessage>, 'onError' | 'onData' | 'onFinish'> & {
  transport: TransportOptions;
  /** Whether an answer goes on whose questions are all answered. */
  goesOn: () => boolean;
};

/** What sends a turn and reads its stream: a quarter of all code of a page, so that it comes with the first thing to send. */
export const createEngine = (
  { transport, goesOn, ...options }: EngineOptions,
  messages: ClervaMessage[],
): Chat<ClervaMessage> =>
  new Chat<ClervaMessage>({
    ...options,
    messages,
    transport: createChatTransport(transport),
    sendAutomaticallyWhen: (given) => isDecided(given) && goesOn(),
  });
