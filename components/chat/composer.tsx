'use client';

import { clsx } from 'clsx';
import { ArrowUp, Paperclip, Square } from 'lucide-react';
import { type KeyboardEvent, type Ref, useEffect, useImperativeHandle, useLayoutEffect, useRef } from 'react';
import { useText } from '#use-text';
import { useTakenEndings } from '@/components/library/taken-files';
import { Button, IconButton } from '@/components/ui/button';
import { FileInput } from '@/components/ui/file-input';
import { Form } from '@/components/ui/form';
import { Kbd } from '@/components/ui/kbd';
import { isChoosingWord } from '@/components/ui/use-hotkeys';
import { PICTURE_ENDINGS } from '@/lib/domain/attachment';
import { MESSAGE_MAX_CHARACTERS } from '@/lib/domain/bounds';
import { acceptOf } from '@/lib/ingestion/kinds';
import type { Attaching } from './attaching';

export type ComposerHandle = { focus: () => void };

type ComposerProps = {
  draft: string;
  onDraft: (text: string) => void;
  onAsk: (text: string) => void;
  onStop: () => void;
  /** Fills an empty box with the last question. */
  onRecall: () => void;
  isBusy: boolean;
  isStopping: boolean;
  isFirst: boolean;
  /** A question waits for its files. */
  isHeld: boolean;
  /** The files that go with the question. */
  attaching: Attaching;
  ref?: Ref<ComposerHandle>;
};

const WARN_CHARACTERS = 500;
const DOUBLE_PRESS_MILLISECONDS = 400;

/** A field as high as its text, also when that is set from outside. */
function useGrowingField(text: string) {
  const field = useRef<HTMLTextAreaElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height follows the text.
  useLayoutEffect(() => {
    const element = field.current;
    if (!element) return;
    element.style.height = 'auto';
    element.style.height = `${element.scrollHeight}px`;
  }, [text]);
  return field;
}

/** Sends what is in the box, once for a double press. */
function useSend({ draft, onAsk }: ComposerProps) {
  const sent = useRef({ text: '', at: Number.NEGATIVE_INFINITY });
  return () => {
    if (draft.trim() === '' || draft.length > MESSAGE_MAX_CHARACTERS) return;
    // A second press before the box was emptied on the page is the same question.
    const now = performance.now();
    if (sent.current.text === draft && now - sent.current.at < DOUBLE_PRESS_MILLISECONDS) return;
    sent.current = { text: draft, at: now };
    onAsk(draft);
  };
}

/** The box. It stays usable while an answer is written: what is asked then waits its turn. */
export function Composer(props: ComposerProps) {
  const t = useText();
  const { draft, onDraft, onRecall, isBusy, isFirst, isHeld, attaching, ref } = props;
  const field = useGrowingField(draft);
  // What was typed before the page could listen stands in the field alone.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, before anything is drawn into the field again.
  useEffect(() => {
    const early = field.current?.value ?? '';
    if (early !== '' && early !== draft) onDraft(early);
  }, []);
  useImperativeHandle(ref, () => ({ focus: () => field.current?.focus() }), [field]);
  const send = useSend(props);

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (isChoosingWord(event.nativeEvent)) return;
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      send();
    } else if (event.key === 'ArrowUp' && event.currentTarget.value === '') {
      event.preventDefault();
      onRecall();
    }
  };

  const left = MESSAGE_MAX_CHARACTERS - draft.length;
  const label = isFirst ? t('Ask your notes') : t('Ask a follow-up');
  return (
    <Form
      onSend={send}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        attaching.add([...event.dataTransfer.files]);
      }}
      className="flex min-h-14 items-end gap-2 rounded-4 border border-edge bg-page p-2 focus-within:outline-2 focus-within:outline-pen focus-within:-outline-offset-1"
    >
      <AttachButton attaching={attaching} />
      <textarea
        ref={field}
        data-unkept=""
        dir="auto"
        value={draft}
        onChange={(event) => onDraft(event.target.value)}
        onKeyDown={onKeyDown}
        onPaste={(event) => {
          const files = [...event.clipboardData.files];
          if (files.length === 0) return;
          event.preventDefault();
          attaching.add(files);
        }}
        rows={1}
        aria-label={label}
        aria-describedby={left < WARN_CHARACTERS ? 'composer-left' : undefined}
        placeholder={isBusy ? t('Answering') : isHeld ? t('Waiting for your file') : label}
        enterKeyHint="send"
        className="max-h-48 min-w-0 flex-1 resize-none overflow-y-auto bg-transparent px-2 py-1.75 text-md leading-6 outline-none"
      />
      {left < WARN_CHARACTERS && (
        <span
          id="composer-left"
          className={clsx('self-center text-xs tabular', left < 0 ? 'text-brick' : 'text-ink-3')}
        >
          {left < 0 ? t('{value} too many', { value: -left }) : t('{left} left', { left })}
        </span>
      )}
      <Buttons {...props} />
    </Form>
  );
}

/** Chooses files for the question; they may be dropped on the box or pasted as well. */
function AttachButton({ attaching }: { attaching: Attaching }) {
  const t = useText();
  const endings = useTakenEndings();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <IconButton label={t('Attach a file')} onClick={() => input.current?.click()} className="self-end">
        <Paperclip aria-hidden="true" className="size-4.5" />
      </IconButton>
      <FileInput
        ref={input}
        multiple
        accept={[acceptOf(endings), ...PICTURE_ENDINGS.map((ending) => `.${ending}`)].join(',')}
        onFiles={attaching.add}
      />
    </>
  );
}

function Buttons({ draft, isBusy, isStopping, onStop }: ComposerProps) {
  const t = useText();
  const hasText = draft.trim() !== '';
  return (
    <>
      {isBusy && (
        <Button busy={isStopping} onClick={onStop} className="rounded-[10px]!">
          {!isStopping && <Square aria-hidden="true" className="size-3 fill-current" />}
          {t.rich('Stop<kbd>esc</kbd>', { kbd: (words) => <Kbd className="max-md:hidden">{words}</Kbd> })}
        </Button>
      )}
      {(!isBusy || hasText) && (
        <button
          type="submit"
          aria-label={isBusy ? t('Ask after this answer') : t('Ask')}
          className={clsx(
            'grid size-10 shrink-0 place-items-center rounded-[10px] transition-colors',
            hasText ? 'bg-ink text-on-ink' : 'bg-sunk text-ink-2',
          )}
        >
          <ArrowUp aria-hidden="true" className="size-4.5" />
        </button>
      )}
    </>
  );
}
