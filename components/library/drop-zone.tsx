'use client';

import { Upload } from 'lucide-react';
import type { RefObject } from 'react';
import { useText } from '#use-text';
import { FileInput } from '@/components/ui/file-input';
import { acceptOf } from '@/lib/ingestion/kinds';
import { text } from '@/lib/language/text';
import { formatBytes, kindsWords } from './file-check';
import { takeFiles } from './take-files';
import { useUploadLimits } from './taken-files';

/** All that can be read, by what a student calls it. */
const EVERY_KIND = text('PDF, Word, slides, tables, Markdown, web pages, e-books, subtitles and pictures');

/** `inputRef` lets a button elsewhere on the page open the same picker. */
type DropZoneProps = { inputRef: RefObject<HTMLInputElement | null> };

/** A place to drop files that is also a button. */
export function DropZone({ inputRef }: DropZoneProps) {
  const t = useText();
  const limits = useUploadLimits();
  const { maxBytes, maxRecordingBytes = maxBytes, endings } = limits;
  const ofRecordings =
    maxRecordingBytes > 0
      ? t('recordings up to {formatBytes}', { formatBytes: formatBytes(maxRecordingBytes, t) })
      : t('recordings cannot be heard here');
  return (
    <>
      <button
        type="button"
        onClick={() => inputRef.current?.click()}
        className="flex w-full items-center gap-4 rounded-3 border border-rule bg-page px-4 py-3.5 text-left transition-colors hover:bg-sunk md:border-[1.5px] md:border-edge md:border-dashed md:px-5 md:py-4"
      >
        <Upload aria-hidden="true" className="size-5.5 shrink-0" strokeWidth={1.75} />
        <span className="min-w-0">
          <span className="block font-semibold">
            <span className="hidden md:inline">{t('Drop or paste notes anywhere, or press to choose')}</span>
            <span className="md:hidden">{t('Add a file')}</span>
          </span>
          <span className="block text-ink-3 text-xs">
            {t(
              '{kindsSentence}. Up to {formatBytes} each; {ofRecordings}. A zip of Markdown notes, such as an Obsidian vault, comes with its folders and links.',
              {
                kindsSentence: endings ? kindsWords(t, endings) : t(EVERY_KIND),
                formatBytes: formatBytes(maxBytes, t),
                ofRecordings,
              },
            )}
          </span>
        </span>
      </button>
      <FileInput
        ref={inputRef}
        multiple
        accept={`${acceptOf(endings)},.zip`}
        onFiles={(files) => takeFiles(files, 0, limits, t)}
      />
    </>
  );
}
