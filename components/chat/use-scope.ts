import { useEffect, useState } from 'react';
import type { ClervaMessage } from '@/lib/agent/messages';
import type { Conversation } from './conversation';

export type Scope = { docId: string; title: string };

/** The one document that an answer was looked for in. */
function scopeOf(message: ClervaMessage): Scope | undefined {
  const scopes = message.parts.flatMap((part) =>
    part.type === 'tool-searchNotes' && part.state === 'output-available' && !('ok' in part.output)
      ? [part.output.scope ?? []]
      : [],
  );
  const last = scopes.at(-1);
  return last?.length === 1 ? last[0] : undefined;
}

/** The document of the last answer, which the next question keeps to until the student lets it go. */
export function useScope(conversation: Conversation, messages: readonly ClervaMessage[]) {
  const [leftAt, setLeftAt] = useState<string>();
  const last = messages.findLast(({ role }) => role === 'assistant');
  const scope = last && last.id !== leftAt ? scopeOf(last) : undefined;
  const docId = scope?.docId;
  useEffect(() => {
    conversation.docId = docId;
  }, [conversation, docId]);
  return { scope, leaveScope: () => setLeftAt(last?.id) };
}
