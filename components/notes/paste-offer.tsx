'use client';

import { useRouter } from 'next/navigation';
import { mutate } from 'swr';
import { useText } from '#use-text';
import { newRequestId, requestJson } from '@/components/client/request';
import { useAction } from '@/components/client/use-action';
import { Button, TextButton } from '@/components/ui/button';
import { ProblemText } from '@/components/ui/problem-text';
import { momentInWords } from '@/lib/calendar/words';
import { MAX_NOTE_CHARACTERS } from '@/lib/domain/bounds';
import { api, paths } from '@/lib/links';

export type Pasted = { files: File[] } | { text: string; html: string };

/** Shorter than a sentence, something was pasted by mistake. */
const LEAST_CHARACTERS = 40;
const ADDRESS = /^https?:\/\/\S{4,2000}$/;

/** A picture from the clipboard has the same name each time: by its moment it is told from the others. */
const named = (file: File, at: Date): File => {
  const ending = /^image\.(\w+)$/.exec(file.name)?.[1];
  if (ending === undefined) return file;
  const moment = `${momentInWords(at, 'day')} ${momentInWords(at, 'time').replace(':', '.')}`;
  return new File([file], `Picture of ${moment}.${String(at.getSeconds()).padStart(2, '0')}.${ending}`, {
    type: file.type,
    lastModified: file.lastModified,
  });
};

/** What of a clipboard can be kept: files, an address, or a text. */
export function pastedIn(data: DataTransfer, at: Date): Pasted | undefined {
  const text = data.getData('text/plain').trim();
  // Word brings a picture of the text that it copied.
  if (data.files.length > 0 && text === '') return { files: [...data.files].map((file) => named(file, at)) };
  const isKept = ADDRESS.test(text) || text.length >= LEAST_CHARACTERS;
  return isKept ? { text, html: data.getData('text/html') } : undefined;
}

type PasteOfferProps = { pasted: { text: string; html: string }; onClose: () => void };

/** Asks whether a copied text becomes a note, or an address a page of the library. */
export function PasteOffer({ pasted: { text, html }, onClose }: PasteOfferProps) {
  const t = useText();
  const router = useRouter();
  const isAddress = ADDRESS.test(text);
  const { run, pending, problem } = useAction(async () => {
    if (isAddress) {
      await requestJson(api.documentFromUrl, { method: 'POST', body: { url: text } });
      await mutate(api.documents);
    } else {
      const written = html === '' ? text : (await import('./pasted')).markdownOfHtml(html);
      const content = written || text;
      if (content.length > MAX_NOTE_CHARACTERS)
        throw new Error(t('This is longer than a note can be. Save it as a file and add that.'));
      const id = newRequestId();
      await requestJson(api.note(id), {
        method: 'PUT',
        body: { content, base: 0, requestId: newRequestId() },
      });
      await mutate(api.documents);
      router.push(paths.note(id));
    }
    onClose();
  });
  return (
    <div>
      <p className="font-semibold">
        {isAddress ? t('Add this page to your library?') : t('Keep what you pasted as a note?')}
      </p>
      <p className="mt-0.5 line-clamp-2 wrap-anywhere font-notes text-ink-2 text-sm" dir="auto">
        {text.slice(0, 300)}
      </p>
      <div className="mt-2 flex items-center gap-3">
        <Button size="sm" variant="primary" busy={pending} onClick={() => void run()}>
          {isAddress ? t('Add page') : t('Keep as a note')}
        </Button>
        <TextButton className="min-h-11 md:min-h-8" onClick={onClose}>
          {t('No')}
        </TextButton>
      </div>
      <ProblemText problem={problem} />
    </div>
  );
}
