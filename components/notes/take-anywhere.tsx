'use client';

import { Upload } from 'lucide-react';
import { usePathname } from 'next/navigation';
import { useEffect, useEffectEvent, useState } from 'react';
import { useText } from '#use-text';
import { BackgroundWork } from '@/components/library/background-work';
import { splitDrop, takeFiles } from '@/components/library/take-files';
import { useUploadLimits } from '@/components/library/taken-files';
import { UploadTray } from '@/components/library/upload-tray';
import type { Translate } from '@/lib/language/text';
import { paths } from '@/lib/links';
import { type Pasted, PasteOffer, pastedIn } from './paste-offer';
import { UnsentNotes } from './unsent-notes';

/** A dialog is about something else; what takes files itself says that it has taken them. */
const isTaken = (event: Event) =>
  event.defaultPrevented ||
  (event.target instanceof Element && event.target.closest('[role=dialog]') !== null);

/** Whether files are held over the page, which takes them wherever nothing on it does. */
function useFileDrop(onFiles: (files: File[], folders: number) => void): boolean {
  const [isOver, setIsOver] = useState(false);
  const take = useEffectEvent(onFiles);

  useEffect(() => {
    const ended = new AbortController();
    let depth = 0;
    const moved = (next: number) => {
      depth = Math.max(0, next);
      setIsOver(depth > 0);
    };
    const on = (
      name: 'dragenter' | 'dragleave' | 'dragover' | 'drop',
      act: (event: DragEvent, transfer: DataTransfer) => void,
    ) => {
      const listen = (event: DragEvent) => {
        if (event.dataTransfer?.types.includes('Files')) act(event, event.dataTransfer);
      };
      window.addEventListener(name, listen, { signal: ended.signal });
    };
    on('dragenter', () => moved(depth + 1));
    on('dragleave', () => moved(depth - 1));
    // Without this the browser would leave the app and show the file.
    on('dragover', (event) => event.preventDefault());
    on('drop', (event, transfer) => {
      moved(0);
      const isOthers = isTaken(event);
      event.preventDefault();
      if (isOthers) return;
      const { files, folders } = splitDrop(transfer);
      take(files, folders);
    });
    return () => ended.abort();
  }, []);
  return isOver;
}

/** What is copied elsewhere and pasted where nothing is typed. */
function usePaste(onPaste: (pasted: Pasted) => void) {
  const take = useEffectEvent(onPaste);
  useEffect(() => {
    const listen = (event: ClipboardEvent) => {
      const { target, clipboardData } = event;
      const isTyping =
        target instanceof HTMLElement &&
        (target.isContentEditable || target.closest('input, textarea, select') !== null);
      if (isTaken(event) || isTyping || !clipboardData) return;
      const pasted = pastedIn(clipboardData, new Date());
      if (!pasted) return;
      event.preventDefault();
      take(pasted);
    };
    window.addEventListener('paste', listen);
    return () => window.removeEventListener('paste', listen);
  }, []);
}

/** Takes files and what was copied on every page, shows where they go, and what becomes of them. */
export function TakeAnywhere() {
  const t = useText();
  const limits = useUploadLimits();
  const pathname = usePathname();
  const [pasted, setPasted] = useState<Pasted>();
  const isOver = useFileDrop((files, folders) => takeFiles(files, folders, limits, t));
  usePaste((next) => {
    if ('files' in next) takeFiles(next.files, 0, limits, t);
    else setPasted(next);
  });
  return (
    <>
      {isOver && (
        // What lies below takes the drop.
        <div className="pointer-events-none fixed inset-2 z-40 grid animate-appear place-items-end justify-center rounded-4 border-2 border-pen border-dashed pb-24 md:place-items-center md:pb-0">
          <p className="flex max-w-sm items-center gap-3 rounded-3 bg-pen-wash px-5 py-4 font-semibold shadow-float">
            <Upload aria-hidden="true" className="size-5.5 shrink-0" strokeWidth={1.75} />
            {targetWords(pathname, t)}
          </p>
        </div>
      )}
      <UploadTray isHidden={pathname === paths.library}>
        {pasted && 'text' in pasted && (
          <PasteOffer key={pasted.text} pasted={pasted} onClose={() => setPasted(undefined)} />
        )}
      </UploadTray>
    </>
  );
}

/** What goes on beside every page. */
export const BesidePage = ({ uploadsAtATime }: { uploadsAtATime: number }) => (
  <>
    <BackgroundWork uploadsAtATime={uploadsAtATime} />
    <UnsentNotes />
    <TakeAnywhere />
  </>
);

function targetWords(pathname: string, t: Translate): string {
  if (pathname.startsWith(paths.ask))
    return t('Let go on the box to ask about it, anywhere else to add it to your library');
  if (pathname === paths.newNote || pathname.endsWith('/edit'))
    return t('Let go in the text to put it into the note, anywhere else to add it to your library');
  return t('Let go to add it to your library');
}
