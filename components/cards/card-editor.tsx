'use client';

import { type FormEvent, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog, DialogContent } from '@/components/ui/dialog';
import { clozeIndexes } from '@/lib/study/cards/cloze';
import type { ReadyCard } from '@/lib/study/cards/new-card';
import { changeCard } from './requests';
import { TextArea } from './text-area';

type Editable = ReadyCard & { id: string };
type Sides = Pick<ReadyCard, 'front' | 'back'>;

type CardEditorProps = {
  /** The card to edit; closed without one. */
  card: Editable | undefined;
  onClose: () => void;
  onSaved: (sides: Sides) => void;
  onSuspended?: () => void;
};

/** Why these sides are no card; undefined when they are one. */
export function sidesProblem(
  card: Pick<Editable, 'kind' | 'clozeIndex'>,
  { front, back }: Sides,
): string | undefined {
  if (front === '') return 'Write a front.';
  if (card.kind === 'basic' && back === '') return 'Write a back.';
  if (card.kind === 'cloze' && !clozeIndexes(front).includes(card.clozeIndex)) {
    return `Keep {{c${card.clozeIndex}::…}} around what this card asks for.`;
  }
  return undefined;
}

/** Both sides of a card, changed in place. Its schedule stays as it is. */
export function CardEditor({ card, onClose, onSaved, onSuspended }: CardEditorProps) {
  const [error, setError] = useState<string>();
  const [busy, setBusy] = useState(false);
  const close = () => {
    setError(undefined);
    onClose();
  };

  const act = async (work: () => Promise<void>) => {
    setBusy(true);
    try {
      await work();
      close();
    } catch (failure) {
      setError(failure instanceof Error ? failure.message : 'It could not be saved. Try again.');
    } finally {
      setBusy(false);
    }
  };

  const save = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (!card || busy) return;
    const form = new FormData(event.currentTarget);
    const sides = { front: String(form.get('front')).trim(), back: String(form.get('back')).trim() };
    const problem = sidesProblem(card, sides);
    if (problem) return setError(problem);
    if (sides.front === card.front && sides.back === card.back) return close();
    void act(async () => {
      await changeCard(card.id, sides);
      onSaved(sides);
    });
  };

  return (
    <Dialog open={card !== undefined} onOpenChange={(open) => !open && close()}>
      <DialogContent title="Edit this card" className="max-w-lg">
        {card && (
          <form onSubmit={save} className="grid gap-4">
            <TextArea label="Front" name="front" defaultValue={card.front} rows={4} autoFocus />
            <TextArea
              label={card.kind === 'cloze' ? 'Extra' : 'Back'}
              name="back"
              defaultValue={card.back}
              rows={3}
              error={error}
            />
            <div className="flex flex-wrap gap-2">
              <Button type="submit" variant="primary" busy={busy}>
                Save
              </Button>
              <Button variant="quiet" onClick={close}>
                Cancel
              </Button>
              {onSuspended && (
                <Button
                  variant="quiet"
                  className="ml-auto"
                  onClick={() =>
                    void act(async () => {
                      await changeCard(card.id, { suspended: true });
                      onSuspended();
                    })
                  }
                >
                  Suspend it
                </Button>
              )}
            </div>
          </form>
        )}
      </DialogContent>
    </Dialog>
  );
}
