'use client';

import { getToolName } from 'ai';
import { Button } from '@/components/ui/button';
import type { ToolPart } from './message-parts';

type ConfirmationProps = {
  part: ToolPart;
  onAnswer: (answer: { id: string; approved: boolean; reason?: string }) => void;
  /** Puts the text into the box to be changed. */
  onEdit: (text: string) => void;
};

const TITLES: Record<string, { title: string; yes: string; no: string }> = {
  sendNudge: { title: 'Send this message?', yes: 'Send', no: 'Do not send' },
};

const OTHERWISE = { title: 'May I do this?', yes: 'Yes, do it', no: 'No, do not' };

/** The exact words a tool would send, and nothing that only the program understands. */
function exactText(part: ToolPart): string | undefined {
  const input: unknown = part.input;
  if (typeof input !== 'object' || input === null) return undefined;
  const message = 'message' in input ? input.message : undefined;
  return typeof message === 'string' ? message : undefined;
}

/** Nothing reaches another person unseen: the exact text, and a yes or a no. */
export function Confirmation({ part, onAnswer, onEdit }: ConfirmationProps) {
  if (part.state !== 'approval-requested') return null;
  const { id } = part.approval;
  const words = TITLES[getToolName(part)] ?? OTHERWISE;
  const text = exactText(part);
  return (
    <section aria-label={words.title} className="my-4 rounded-3 border border-rule bg-page px-4.5 py-4">
      <h3 className="font-semibold text-md">{words.title}</h3>
      {text && <p className="mt-1.5 whitespace-pre-wrap text-md">“{text}”</p>}
      <div className="mt-3.5 flex flex-wrap gap-2">
        <Button variant="primary" onClick={() => onAnswer({ id, approved: true })}>
          {words.yes}
        </Button>
        {text && (
          <Button
            onClick={() => {
              onAnswer({ id, approved: false, reason: 'The student wants to change the text first.' });
              onEdit(text);
            }}
          >
            Edit
          </Button>
        )}
        <Button variant="quiet" onClick={() => onAnswer({ id, approved: false })}>
          {words.no}
        </Button>
      </div>
    </section>
  );
}
