'use client';

import type { ToolPart } from '@/lib/agent/messages';
import { isToolFailure } from '@/lib/tools/tool-failure';
import { CardBoundary } from './card-boundary';
import { viewOf } from './tools';

/** The cards of an answer, in the order their tools ran. */
export function ToolCards({ tools, threadId }: { tools: readonly ToolPart[]; threadId: string | undefined }) {
  return tools.map((part) => {
    const Card = viewOf(part)?.Card;
    if (!Card || part.state !== 'output-available' || isToolFailure(part.output)) return null;
    return (
      <CardBoundary key={part.toolCallId}>
        <Card part={part} threadId={threadId} />
      </CardBoundary>
    );
  });
}
