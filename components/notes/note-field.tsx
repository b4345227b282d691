'use client';

import { clsx } from 'clsx';
import {
  type ClipboardEvent,
  type DragEvent,
  type Ref,
  useEffect,
  useImperativeHandle,
  useRef,
  useState,
} from 'react';
import { flushSync } from 'react-dom';
import { useText } from '#use-text';
import { lazyModule } from '@/components/client/lazy-module';
import { useStable } from '@/components/client/use-stable';
import { TextButton } from '@/components/ui/button';
import type { Editing, EditorHandlers } from './editor';

const program = lazyModule(() => import('./editor'));

/** `open`: the editor, as soon as it is there. */
export type NoteFieldHandle = { open: () => Promise<Editing> };

type NoteFieldProps = {
  text: string;
  isHidden: boolean;
  handlers: Omit<EditorHandlers, 'onHtml'>;
  onReady: (editing: Editing) => void;
  ref: Ref<NoteFieldHandle>;
};

/** Until `field` is between two words: a key that is down reaches the field it was pressed in. */
async function untilStill(field: HTMLTextAreaElement, isComposing: boolean): Promise<void> {
  if (isComposing) {
    const { promise, resolve } = Promise.withResolvers<void>();
    field.addEventListener('compositionend', () => resolve(), { once: true });
    await promise;
  }
  await new Promise((next) => setTimeout(next));
}

/** Puts the editor in the place of the plain field, once, when it is first needed. */
function useOpening({ text, handlers, onReady }: Pick<NoteFieldProps, 'text' | 'handlers' | 'onReady'>) {
  const plain = useRef<HTMLTextAreaElement>(null);
  const isComposing = useRef(false);
  const opening = useRef<Promise<Editing>>(undefined);
  const [state, setState] = useState<'plain' | 'open' | 'broken'>('plain');
  const stable = useStable({
    ...handlers,
    onHtml: async (html: string) => (await import('./pasted')).markdownOfHtml(html),
  });
  const [begun] = useState(text);
  useEffect(
    () => () => {
      // Nothing waits for a word that is never finished.
      stable.onCompose(false);
      opening.current?.then(
        (editing) => editing.destroy(),
        () => undefined,
      );
      opening.current = undefined;
    },
    [stable],
  );

  async function take(): Promise<Editing> {
    const { createEditor } = await program.load();
    if (plain.current) await untilStill(plain.current, isComposing.current);
    if (!plain.current) throw new Error('The page of the note was left.');
    const editing = createEditor(plain.current, begun, stable);
    flushSync(() => setState('open'));
    onReady(editing);
    return editing;
  }
  const { open } = useStable({
    open: () => {
      opening.current ??= take().catch((error: unknown) => {
        opening.current = undefined;
        setState('broken');
        throw error;
      });
      return opening.current;
    },
  });
  return { plain, isComposing, state, open, stable };
}

/** What is pasted or dropped, to be given on later: an event keeps it only while it is handled. */
function copyOf(data: DataTransfer): DataTransfer {
  const copy = new DataTransfer();
  for (const type of data.types) if (type !== 'Files') copy.setData(type, data.getData(type));
  for (const file of data.files) copy.items.add(file);
  return copy;
}

/** The field itself: plain as the page arrives, and the editor from the first press or key on. */
export function NoteField({ text, isHidden, handlers, onReady, ref }: NoteFieldProps) {
  const t = useText();
  const { plain, isComposing, state, open, stable } = useOpening({ text, handlers, onReady });
  useImperativeHandle(ref, () => ({ open }), [open]);
  const begin = () => void open().catch(() => undefined);
  // What was typed before the page could listen stands in the field alone.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, before anything is drawn into the field again.
  useEffect(() => {
    const early = plain.current?.value ?? '';
    if (early !== text.replace(/\r\n?/g, '\n')) stable.onChange(early);
  }, []);

  const handOn = (given: ClipboardEvent | DragEvent, data: DataTransfer) => {
    given.preventDefault();
    const copy = copyOf(data);
    const again =
      given.type === 'paste'
        ? new globalThis.ClipboardEvent('paste', { clipboardData: copy, bubbles: true, cancelable: true })
        : new globalThis.DragEvent('drop', { dataTransfer: copy, bubbles: true, cancelable: true });
    open().then(
      (editing) => editing.give(again),
      // Without the editor its plain words are still taken.
      () => {
        const field = plain.current;
        field?.setRangeText(copy.getData('text/plain'), field.selectionStart, field.selectionEnd, 'end');
        if (field) stable.onChange(field.value);
      },
    );
  };
  const compose = (isOn: boolean) => {
    isComposing.current = isOn;
    stable.onCompose(isOn);
  };
  return (
    <div className={clsx('min-h-0 min-w-0 overflow-hidden', isHidden && 'hidden')}>
      {state === 'broken' && (
        <p className="px-5 pt-3 text-sm">
          {t.rich('The editor could not be loaded. <button>Load the page again</button>', {
            button: (words) => <TextButton onClick={() => window.location.reload()}>{words}</TextButton>,
          })}
        </p>
      )}
      {state !== 'open' && (
        <textarea
          ref={plain}
          data-unkept=""
          value={text}
          dir="auto"
          // biome-ignore lint/a11y/noAutofocus: the page is this field.
          autoFocus
          // A browser would put what stood here before a reload over what is kept.
          autoComplete="off"
          autoCapitalize="sentences"
          spellCheck
          aria-label={t('Text of the note, in Markdown')}
          placeholder={t('# What it is called')}
          className="note-plain block h-full w-full resize-none overflow-y-auto bg-transparent font-notes outline-none placeholder:text-ink-3"
          onChange={(event) => {
            stable.onChange(event.target.value);
            begin();
          }}
          onKeyDown={begin}
          onPointerDown={() => void program.load().catch(() => undefined)}
          onClick={begin}
          onDragEnter={begin}
          onCompositionStart={() => compose(true)}
          onCompositionEnd={() => compose(false)}
          onPaste={(event) => {
            const { types } = event.clipboardData;
            if (types.includes('Files') || types.includes('text/html')) handOn(event, event.clipboardData);
          }}
          onDrop={(event) => {
            if (event.dataTransfer.types.includes('Files')) handOn(event, event.dataTransfer);
          }}
        />
      )}
    </div>
  );
}
