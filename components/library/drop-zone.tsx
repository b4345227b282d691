'use client';

import { clsx } from 'clsx';
import { Upload } from 'lucide-react';
import { type DragEvent, type RefObject, useEffect, useEffectEvent, useState } from 'react';
import { ACCEPT, kindsSentence } from '@/lib/ingestion/kinds';
import { formatBytes } from './file-check';

type DropZoneProps = {
  maxBytes: number;
  onFiles: (files: File[], folders: number) => void;
  /** Lets a button elsewhere on the page open the same picker. */
  inputRef: RefObject<HTMLInputElement | null>;
};

const hasFiles = (transfer: DataTransfer | null) => transfer?.types.includes('Files') ?? false;

/** Folders arrive as files of no type that cannot be read; they are told apart before anything is tried. */
function splitDrop(transfer: DataTransfer): { files: File[]; folders: number } {
  const files: File[] = [];
  let folders = 0;
  for (const item of transfer.items) {
    if (item.kind !== 'file') continue;
    const file = item.getAsFile();
    if (item.webkitGetAsEntry()?.isDirectory) folders += 1;
    else if (file) files.push(file);
  }
  return { files, folders };
}

/** A place to drop files that is also a button. A drop anywhere on the page counts. */
export function DropZone({ maxBytes, onFiles, inputRef }: DropZoneProps) {
  const [isOver, setIsOver] = useState(false);
  const take = useEffectEvent(onFiles);

  useEffect(() => {
    let depth = 0;
    const move = (change: number) => (event: globalThis.DragEvent) => {
      if (!hasFiles(event.dataTransfer)) return;
      depth = Math.max(0, depth + change);
      setIsOver(depth > 0);
    };
    const enter = move(1);
    const leave = move(-1);
    const over = (event: globalThis.DragEvent) => {
      // Without this the browser would leave the app and show the file.
      if (hasFiles(event.dataTransfer)) event.preventDefault();
    };
    const drop = (event: globalThis.DragEvent) => {
      depth = 0;
      setIsOver(false);
      if (!event.dataTransfer || !hasFiles(event.dataTransfer)) return;
      event.preventDefault();
      const { files, folders } = splitDrop(event.dataTransfer);
      take(files, folders);
    };
    window.addEventListener('dragenter', enter);
    window.addEventListener('dragleave', leave);
    window.addEventListener('dragover', over);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('dragenter', enter);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('dragover', over);
      window.removeEventListener('drop', drop);
    };
  }, []);

  return (
    <>
      <button
        type="button"
        onClick={() => inputRef.current?.click()}
        onDragOver={(event: DragEvent) => event.preventDefault()}
        className={clsx(
          'flex w-full items-center gap-4 rounded-3 border px-4 py-3.5 text-left transition-colors md:border-[1.5px] md:border-dashed md:px-5 md:py-4',
          isOver ? 'border-pen bg-pen-wash' : 'border-rule bg-page hover:bg-sunk md:border-edge',
        )}
      >
        <Upload aria-hidden="true" className="size-5.5 shrink-0" strokeWidth={1.75} />
        <span className="min-w-0">
          <span className="block font-semibold">
            {isOver ? (
              'Let go to add'
            ) : (
              <>
                <span className="hidden md:inline">Drop notes here, or press to choose</span>
                <span className="md:hidden">Add a file</span>
              </>
            )}
          </span>
          <span className="block text-ink-3 text-xs">
            {kindsSentence('and')}. Up to {formatBytes(maxBytes)} each.
          </span>
        </span>
      </button>
      <input
        ref={inputRef}
        type="file"
        multiple
        accept={ACCEPT}
        tabIndex={-1}
        aria-hidden="true"
        className="sr-only"
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])], 0);
          // The same file can be chosen again after it was removed.
          event.target.value = '';
        }}
      />
    </>
  );
}
