'use client';

import { Pencil, X } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { useText } from '#use-text';
import { Button, IconButton } from '@/components/ui/button';
import { Form } from '@/components/ui/form';
import { Tooltip } from '@/components/ui/tooltip';
import { isChoosingWord } from '@/components/ui/use-hotkeys';
import type { Attached } from '@/lib/domain/attachment';
import { MESSAGE_MAX_CHARACTERS } from '@/lib/domain/bounds';
import { AttachedChips } from './attachment-chips';
import { Versions } from './versions';

export const bubble =
  'ml-auto w-fit max-w-[82%] whitespace-pre-wrap rounded-[16px_16px_4px_16px] bg-sunk px-4 py-2.75 text-md leading-6 [overflow-wrap:anywhere]';

type QuestionProps = {
  text: string;
  /** The files it came with. */
  files: readonly Attached[];
  /** What the server knows it by; nothing can be changed before that is told. */
  id: string | undefined;
  versions: readonly string[];
  isBusy: boolean;
  onShow: (messageId: string) => void;
  /** Its other words, while they are written. */
  edited: string | undefined;
  onEdit: (words: string | undefined) => void;
  /** Asks it in its other words. */
  onAsk: (id: string, words: string) => void;
};

/** The student's own words, and the way to ask otherwise. */
export function Question({
  text,
  files,
  id,
  versions,
  isBusy,
  onShow,
  edited,
  onEdit,
  onAsk,
}: QuestionProps) {
  const t = useText();
  const pencil = useRef<HTMLDivElement>(null);
  const close = () => {
    onEdit(undefined);
    requestAnimationFrame(() => pencil.current?.querySelector<HTMLElement>('[data-edit]')?.focus());
  };
  if (edited !== undefined && id !== undefined) {
    const save = () => (edited.trim() === text.trim() ? close() : onAsk(id, edited));
    return <QuestionField words={edited} onWords={onEdit} isBusy={isBusy} onSave={save} onCancel={close} />;
  }
  return (
    <article aria-label={t('You asked')} className="group mt-2 mb-7">
      <p dir="auto" className={bubble}>
        {text}
      </p>
      <AttachedChips files={files} />
      {id !== undefined && (
        <div ref={pencil} className="-mr-2 mt-0.5 flex items-center justify-end">
          <Versions of="question" ids={versions} current={id} isBusy={isBusy} onShow={onShow} />
          {!isBusy && (
            <Tooltip text={t('Ask it otherwise')}>
              <IconButton
                data-edit=""
                label={t('Edit the question')}
                onClick={() => onEdit(text)}
                className="text-ink-3"
              >
                <Pencil aria-hidden="true" className="size-4" />
              </IconButton>
            </Tooltip>
          )}
        </div>
      )}
    </article>
  );
}

type QuestionFieldProps = {
  words: string;
  onWords: (words: string) => void;
  isBusy: boolean;
  onSave: () => void;
  onCancel: () => void;
};

/** The question in a field of its own place. Enter asks, Escape leaves it as it was. */
function QuestionField({ words, onWords, isBusy, onSave, onCancel }: QuestionFieldProps) {
  const t = useText();
  const field = useRef<HTMLTextAreaElement>(null);
  const canSave = !isBusy && words.trim() !== '' && words.length <= MESSAGE_MAX_CHARACTERS;
  useEffect(() => {
    field.current?.focus();
    field.current?.setSelectionRange(-1, -1);
  }, []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (isChoosingWord(event.nativeEvent)) return;
    if (event.key === 'Escape') {
      event.preventDefault();
      onCancel();
    }
    if (event.key !== 'Enter' || event.shiftKey) return;
    event.preventDefault();
    if (canSave) onSave();
  };
  return (
    <Form aria-label={t('Edit the question')} className="mt-2 mb-7" onSend={() => canSave && onSave()}>
      <textarea
        ref={field}
        dir="auto"
        rows={Math.min(10, Math.max(2, words.split('\n').length))}
        value={words}
        aria-label={t('The question in other words')}
        aria-describedby="edit-keeps"
        onChange={(event) => onWords(event.target.value)}
        onKeyDown={onKeyDown}
        className="field-sizing-content max-h-80 w-full resize-none rounded-3 border border-edge bg-page px-4 py-2.75 text-md leading-6"
      />
      <div className="mt-1.5 flex flex-wrap items-center justify-end gap-2">
        <p id="edit-keeps" className="mr-auto text-ink-3 text-xs">
          {t('What was asked and answered before stays.')}
        </p>
        <Button size="sm" variant="quiet" onClick={onCancel}>
          {t('Cancel')}
        </Button>
        <Button size="sm" type="submit" disabled={!canSave}>
          {t('Ask')}
        </Button>
      </div>
    </Form>
  );
}

type WaitingQuestionProps = {
  text: string;
  /** What it waits for. */
  reason: string;
  /** The way to ask it without waiting for files; undefined where it waits for none. */
  onAskWithout: (() => void) | undefined;
  onRemove: () => void;
};

/** A question that waits for the answer before it, or for its files. */
export function WaitingQuestion({ text, reason, onAskWithout, onRemove }: WaitingQuestionProps) {
  const t = useText();
  return (
    <article aria-label={t('Your next question')} className="mt-2 mb-7">
      <p dir="auto" className={`${bubble} text-ink-2`}>
        {text}
      </p>
      <div className="mt-1 flex items-center justify-end gap-1 text-ink-3 text-xs">
        <p role="status" dir="auto" className="min-w-0 break-words">
          {reason}
        </p>
        {onAskWithout && (
          <Button size="sm" variant="quiet" className="shrink-0" onClick={onAskWithout}>
            {t('Ask without')}
          </Button>
        )}
        <IconButton label={t('Take the question back')} onClick={onRemove} className="-mr-2">
          <X aria-hidden="true" className="size-4" />
        </IconButton>
      </div>
    </article>
  );
}
