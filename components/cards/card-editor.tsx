'use client';

import type { ComponentProps } from 'react';
import { useText } from '#use-text';
import { useAction } from '@/components/client/use-action';
import { Button } from '@/components/ui/button';
import { Dialog, DialogContent } from '@/components/ui/dialog';
import { Form, type ReadField } from '@/components/ui/form';
import { TextArea } from '@/components/ui/text-field';
import { MAX_SIDE_CHARACTERS } from '@/lib/domain/bounds';
import { inEnglish } from '@/lib/language/text';
import { clozeIndexes } from '@/lib/study/cards/cloze';
import type { ReadyCard } from '@/lib/study/cards/new-card';
import { changeCard } from './requests';
import { usePictures } from './use-pictures';

export type Editable = ReadyCard & { id: string };
type Sides = Pick<ReadyCard, 'front' | 'back'>;

type CardEditorProps = {
  /** The card to edit; closed without one. */
  card: Editable | undefined;
  onClose: () => void;
  onSaved: (sides: Sides) => void;
  onSuspended?: () => void;
};

/** Why these sides are no card, or not the one they were; undefined when they are. */
export function sidesProblem({ front, back }: Sides, card?: Editable, t = inEnglish): string | undefined {
  if (front === '') return t('Write a front.');
  const over = Math.max(front.length, back.length) - MAX_SIDE_CHARACTERS;
  if (over > 0)
    return t('A side of a card holds {value} characters; this has {over} more.', {
      value: MAX_SIDE_CHARACTERS,
      over,
    });
  const asked = clozeIndexes(front);
  if (card === undefined && back === '' && asked.length === 0) {
    return t('Write a back, or hide part of the front in {gap}.', { gap: '{{c1::…}}' });
  }
  if (card?.kind === 'basic' && back === '') return t('Write a back.');
  if (card?.kind === 'cloze' && !asked.includes(card.clozeIndex)) {
    return t('Keep {gap} around what this card asks for.', { gap: `{{c${card.clozeIndex}::…}}` });
  }
  return undefined;
}

type SideFieldProps = ComponentProps<typeof TextArea>;

/** A side of a card, as its source. It takes in whatever is pasted: what a field cuts off is lost without a word. */
export const SideField = (props: SideFieldProps) => <TextArea className="font-notes" {...props} />;

/** The same, where pictures can be pasted. */
export function PictureSideField({ error, hint, ...props }: SideFieldProps) {
  const { onPaste, adding, pictureProblem } = usePictures();
  return <SideField {...props} onPaste={onPaste} error={error ?? pictureProblem} hint={adding || hint} />;
}

/** Both sides of a card, changed in place. Its schedule stays as it is. */
export function CardEditor({ card, onClose, ...rest }: CardEditorProps) {
  const t = useText();
  return (
    <Dialog open={card !== undefined} onOpenChange={(open) => !open && onClose()}>
      <DialogContent title={t('Edit this card')} className="max-w-lg">
        {card && <EditorForm card={card} onClose={onClose} {...rest} />}
      </DialogContent>
    </Dialog>
  );
}

function EditorForm({ card, onClose, onSaved, onSuspended }: CardEditorProps & { card: Editable }) {
  const t = useText();
  const { run, pending, problem } = useAction(async (work: () => Promise<void>) => {
    await work();
    onClose();
  });
  const save = (read: ReadField) =>
    run(async () => {
      const sides = { front: read('front'), back: read('back') };
      const wrong = sidesProblem(sides, card, t);
      if (wrong) throw new Error(wrong);
      if (sides.front === card.front && sides.back === card.back) return;
      await changeCard(card.id, sides);
      onSaved(sides);
    });
  const suspend = () =>
    run(async () => {
      await changeCard(card.id, { suspended: true });
      onSuspended?.();
    });
  return (
    <Form onSend={save} className="grid gap-4">
      <PictureSideField label={t('Front')} name="front" defaultValue={card.front} rows={4} autoFocus />
      <PictureSideField
        label={card.kind === 'cloze' ? t('Extra') : t('Back')}
        name="back"
        defaultValue={card.back}
        rows={3}
        error={problem}
      />
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="primary" busy={pending}>
          {t('Save')}
        </Button>
        <Button variant="quiet" onClick={onClose}>
          {t('Cancel')}
        </Button>
        {onSuspended && (
          <Button variant="quiet" className="ml-auto" onClick={suspend}>
            {t('Suspend it')}
          </Button>
        )}
      </div>
    </Form>
  );
}
