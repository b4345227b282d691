'use client';

import { clsx } from 'clsx';
import { Upload } from 'lucide-react';
import { type RefObject, useEffect, useEffectEvent, useState } from 'react';
import { FileInput } from '@/components/ui/file-input';
import { acceptOf, kindsSentence } from '@/lib/ingestion/kinds';
import { formatBytes, type UploadLimits } from './file-check';
import { useTakenEndings } from './taken-files';

type DropZoneProps = {
  limits: UploadLimits;
  onFiles: (files: File[], folders: number) => void;
  /** Lets a button elsewhere on the page open the same picker. */
  inputRef: RefObject<HTMLInputElement | null>;
};

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

/** Whether files are held over the page. A drop anywhere on it counts. */
function useFileDrop(onFiles: DropZoneProps['onFiles']): boolean {
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
      event.preventDefault();
      const { files, folders } = splitDrop(transfer);
      take(files, folders);
    });
    return () => ended.abort();
  }, []);
  return isOver;
}

/** A place to drop files that is also a button. */
export function DropZone({ limits, onFiles, inputRef }: DropZoneProps) {
  const isOver = useFileDrop(onFiles);
  const endings = useTakenEndings();
  const { maxBytes, maxRecordingBytes = maxBytes } = limits;
  const ofRecordings =
    maxRecordingBytes > 0
      ? `recordings up to ${formatBytes(maxRecordingBytes)}`
      : 'recordings cannot be heard here';
  return (
    <>
      <button
        type="button"
        onClick={() => inputRef.current?.click()}
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
            {kindsSentence('and', endings)}. Up to {formatBytes(maxBytes)} each; {ofRecordings}. A zip of
            Markdown notes, such as an Obsidian vault, comes with its folders and links.
          </span>
        </span>
      </button>
      <FileInput
        ref={inputRef}
        multiple
        accept={`${acceptOf(endings)},.zip`}
        onFiles={(files) => onFiles(files, 0)}
      />
    </>
  );
}
