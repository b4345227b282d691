import { isToolFailure } from '../tools/tool-failure.ts';
import { type ClervaMessage, contentOf, type ToolPart } from './messages.ts';

export const ANSWER_CARD_STATES = ['done', 'failed', 'denied', 'approval-requested'] as const;

/**
 * What a tool made, or asks, for clients that draw their own: the page builds its cards from the same parts. A card in
 * the state `approval-requested` waits for `{ approvalId, approved }`.
 */
export type AnswerCard = {
  tool: string;
  toolCallId: string;
  state: (typeof ANSWER_CARD_STATES)[number];
  input: unknown;
  output?: unknown;
  approvalId?: string;
  message?: string;
};

const nameOf = ({ type }: ToolPart) => type.slice('tool-'.length);

function cardOf(part: ToolPart): AnswerCard[] {
  const card = { tool: nameOf(part), toolCallId: part.toolCallId, input: part.input };
  switch (part.state) {
    case 'output-available':
      return isToolFailure(part.output)
        ? [{ ...card, state: 'failed', message: part.output.message }]
        : [{ ...card, state: 'done', output: part.output }];
    case 'output-error':
      return [{ ...card, state: 'failed', message: part.errorText }];
    case 'output-denied':
      return [{ ...card, state: 'denied' }];
    case 'approval-requested':
      return [{ ...card, state: 'approval-requested', approvalId: part.approval.id }];
    default:
      return [];
  }
}

/** A whole answer as one JSON object, for clients that do not stream. */
export function jsonAnswer(
  message: ClervaMessage,
  { threadId, traceId }: Record<'threadId' | 'traceId', string>,
) {
  const { text, citations, tools } = contentOf(message.parts);
  return {
    threadId,
    messageId: message.id,
    text,
    citations: [...citations.values()],
    cards: tools.flatMap(cardOf),
    toolsUsed: [...new Set(tools.map(nameOf))],
    usage: message.metadata?.usage ?? null,
    traceId,
  };
}
