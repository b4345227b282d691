import type { ClervaPart } from './messages.ts';

/**
 * What a tool made, or asks, for clients that draw their own: the page builds its cards from the same parts. A card in
 * the state `approval-requested` waits for `{ approvalId, approved }`.
 */
export type Card = {
  tool: string;
  toolCallId: string;
  state: 'done' | 'failed' | 'denied' | 'approval-requested';
  input: unknown;
  output?: unknown;
  approvalId?: string;
  message?: string;
};

const isFailure = (output: unknown): output is { message: string } =>
  typeof output === 'object' && output !== null && 'ok' in output && output.ok === false;

export function cardsOf(parts: readonly ClervaPart[]): Card[] {
  return parts.flatMap((part): Card[] => {
    if (!('toolCallId' in part)) return [];
    const card = { tool: part.type.slice('tool-'.length), toolCallId: part.toolCallId, input: part.input };
    switch (part.state) {
      case 'output-available':
        return isFailure(part.output)
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
  });
}
