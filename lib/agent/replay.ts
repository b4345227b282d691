import type { ClervaChunk, ClervaPart, ToolPart } from './messages.ts';

/**
 * The chunks that would build these parts: what a reader needs who takes up a continued answer without having its
 * beginning.
 */
export function replayOf(parts: readonly ClervaPart[]): ClervaChunk[] {
  return parts.flatMap((part, index): ClervaChunk[] => {
    if (part.type === 'step-start') return [{ type: 'start-step' }];
    if (part.type === 'text') {
      const id = `kept-${index}`;
      return [
        { type: 'text-start', id },
        { type: 'text-delta', id, delta: part.text },
        { type: 'text-end', id },
      ];
    }
    if ('toolCallId' in part) return replayOfTool(part);
    // Data parts are their own chunks.
    return part.type.startsWith('data-') ? [part as ClervaChunk] : [];
  });
}

function replayOfTool(part: ToolPart): ClervaChunk[] {
  const { toolCallId } = part;
  const toolName = part.type.slice('tool-'.length);
  const called: ClervaChunk = { type: 'tool-input-available', toolCallId, toolName, input: part.input };
  if (part.state === 'output-available') {
    return [called, { type: 'tool-output-available', toolCallId, output: part.output }];
  }
  if (part.state === 'output-error') {
    return [called, { type: 'tool-output-error', toolCallId, errorText: part.errorText }];
  }
  const approvalId = part.approval?.id;
  if (approvalId === undefined) return [called];
  const asked: ClervaChunk = { type: 'tool-approval-request', toolCallId, approvalId };
  const approved = part.approval?.approved;
  if (approved === undefined) return [called, asked];
  const answered: ClervaChunk = { type: 'tool-approval-response', approvalId, approved };
  return part.state === 'output-denied'
    ? [called, asked, answered, { type: 'tool-output-denied', toolCallId }]
    : [called, asked, answered];
}
