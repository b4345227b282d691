'use client';

import { useText } from '#use-text';
import { Button } from '@/components/ui/button';
import { Dialog, DialogContent } from '@/components/ui/dialog';

export type Question = {
  title: string;
  text: string;
  yes: string;
  /** What is pressed instead; nothing is left where it is not said. */
  no?: string;
  /** What can be taken back is one more press of Enter; what cannot has to be chosen. */
  canBeUndone?: boolean;
  onYes: () => void;
};

/** Asks once before what a slip of a key could do, or what cannot be taken back. */
export function AskOnce({ question, onClose }: { question: Question | undefined; onClose: () => void }) {
  const t = useText();
  return (
    <Dialog open={question !== undefined} onOpenChange={(open) => !open && onClose()}>
      {question && (
        <DialogContent title={question.title} description={question.text}>
          <div className="flex flex-wrap gap-2">
            <Button
              variant="primary"
              autoFocus={question.canBeUndone ?? false}
              onClick={() => {
                onClose();
                question.onYes();
              }}
            >
              {question.yes}
            </Button>
            <Button variant="quiet" autoFocus={!question.canBeUndone} onClick={onClose}>
              {question.no ?? t('Stay')}
            </Button>
          </div>
        </DialogContent>
      )}
    </Dialog>
  );
}
