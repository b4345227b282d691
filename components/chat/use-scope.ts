import { useEffect, useState } from 'react';
import type { Scope } from '@/components/chooser/document-picker';
import type { ClervaMessage } from '@/lib/agent/messages';
import type { Conversation } from './conversation';

/** The one document that an answer was looked for in. */
function scopeOf(message: ClervaMessage): Scope | undefined {
  const scopes = message.parts.flatMap((part) =>
    part.type === 'tool-searchNotes' && part.state === 'output-available' && !('ok' in part.output)
      ? [part.output.scope ?? []]
      : [],
  );
  const last = scopes.at(-1);
  const [only] = last ?? [];
  return only && last?.length === 1 ? { course: null, docIds: [only.docId], title: only.title } : undefined;
}

/**
 * The notes that the next question keeps to: those the student chose, else the document of the last answer, until they
 * let it go.
 */
export function useScope(
  conversation: Conversation,
  messages: readonly ClervaMessage[],
  onChosen: () => void,
) {
  const [chosen, setChosen] = useState(conversation.chosen);
  const [leftAt, setLeftAt] = useState<string>();
  const last = messages.findLast(({ role }) => role === 'assistant');
  const followed = last && last.id !== leftAt ? scopeOf(last) : undefined;
  const docId = followed?.docIds[0];
  const choose = (scope: Scope | undefined) => {
    conversation.chosen = scope;
    setChosen(scope);
    setLeftAt(last?.id);
    onChosen();
  };
  useEffect(() => {
    conversation.docId = docId;
  }, [conversation, docId]);
  return { scope: chosen ?? followed, choose };
}
