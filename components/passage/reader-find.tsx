'use client';

import { ChevronDown, ChevronUp, Search, X } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useRef, useState } from 'react';
import { useText } from '#use-text';
import { requestJson } from '@/components/client/request';
import { useAction } from '@/components/client/use-action';
import { IconButton } from '@/components/ui/button';
import { Form } from '@/components/ui/form';
import { useHotkeys } from '@/components/ui/use-hotkeys';
import { MAX_QUERY_CHARACTERS } from '@/lib/domain/bounds';
import type { FoundInDocument } from '@/lib/domain/document';
import type { Translate } from '@/lib/language/text';
import { api, paths } from '@/lib/links';

type Found = FoundInDocument & { words: string; at: number };

/** Finds words in the whole document and walks from place to place. The browser's own search stays what it is. */
export function ReaderFind({ docId, page }: { docId: string; page: number }) {
  const t = useText();
  const router = useRouter();
  const field = useRef<HTMLInputElement>(null);
  const [isOpen, setOpen] = useState(false);
  const [found, setFound] = useState<Found>();
  const go = (next: Found, at: number) => {
    const match = next.matches[at];
    setFound({ ...next, at });
    if (match) router.push(paths.passage(docId, match.page, match), { scroll: false });
  };
  const step = (by: number) => {
    if (!found || found.matches.length === 0) return;
    go(found, (found.at + by + found.matches.length) % found.matches.length);
  };
  const { run, pending, problem } = useAction(async (words: string) => {
    const told = await requestJson<FoundInDocument>(api.findInDocument(docId, words));
    // From here on, as somebody who reads means it.
    const first = told.matches.findIndex((match) => match.page >= page);
    go({ ...told, words, at: 0 }, Math.max(0, first));
  });
  const open = () => {
    setOpen(true);
    requestAnimationFrame(() => field.current?.focus());
  };
  const close = () => {
    setOpen(false);
    setFound(undefined);
  };
  useHotkeys({ f: open });
  if (!isOpen) {
    return (
      <IconButton label={t('Find in this document')} onClick={open}>
        <Search aria-hidden="true" className="size-4.5" strokeWidth={1.75} />
      </IconButton>
    );
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: the element is not in every supported browser.
    <div role="search" className="flex items-center gap-1.5 max-md:basis-full">
      <Form
        onLeave={close}
        onSend={(read) => {
          const words = read('words');
          if (words === '') return;
          if (found?.words === words) step(1);
          else void run(words);
        }}
        className="min-w-0 flex-1"
      >
        <input
          ref={field}
          name="words"
          type="text"
          aria-label={t('Find in this document')}
          placeholder={t('Find in this document')}
          autoComplete="off"
          maxLength={MAX_QUERY_CHARACTERS}
          className="h-9 w-full rounded-2 border border-edge bg-page px-2.5 text-sm md:w-48"
        />
      </Form>
      <p role="status" className="min-w-14 text-ink-3 text-xs tabular">
        {problem ?? (pending ? t('Looking') : found && countOf(found, t))}
      </p>
      <IconButton label={t('Previous place')} onClick={() => step(-1)}>
        <ChevronUp aria-hidden="true" className="size-4" />
      </IconButton>
      <IconButton label={t('Next place')} onClick={() => step(1)}>
        <ChevronDown aria-hidden="true" className="size-4" />
      </IconButton>
      <IconButton label={t('Close')} onClick={close}>
        <X aria-hidden="true" className="size-4" />
      </IconButton>
    </div>
  );
}

const countOf = ({ matches, at, isCut }: Found, t: Translate) =>
  matches.length === 0
    ? t('Not in it')
    : t('{at} of {count}{value}', { at: at + 1, count: matches.length, value: isCut ? '+' : '' });
