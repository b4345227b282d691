'use client';

import { clsx } from 'clsx';
import { FileText, Image as ImageIcon, X } from 'lucide-react';
import { useRef, useState, useSyncExternalStore } from 'react';
import { useText } from '#use-text';
import { requestJson } from '@/components/client/request';
import { useAction } from '@/components/client/use-action';
import { useSettledRows } from '@/components/client/use-first-press';
import { Button, IconButton } from '@/components/ui/button';
import { FileInput } from '@/components/ui/file-input';
import { ProblemText } from '@/components/ui/problem-text';
import type { ClervaMessage } from '@/lib/agent/messages';
import { type Attached, pictureType } from '@/lib/domain/attachment';
import type { Translate } from '@/lib/language/text';
import { api } from '@/lib/links';
import type { Attaching, AttachingFile } from './attaching';

const NO_FILES: readonly AttachingFile[] = [];

const chipClass =
  'flex min-h-11 max-w-full items-center gap-2 rounded-2 border border-rule bg-page pl-3 text-sm md:min-h-9';

function FileIcon({ fileName }: { fileName: string }) {
  const Icon = pictureType(fileName) === undefined ? FileText : ImageIcon;
  return <Icon aria-hidden="true" className="size-4 shrink-0 text-ink-3" />;
}

const stateOf = ({ phase }: AttachingFile, t: Translate): string =>
  phase.name === 'sending'
    ? `${Math.round(phase.percent)} %`
    : phase.name === 'reading'
      ? t('Reading')
      : phase.name === 'failed'
        ? t.fault(phase)
        : '';

export const useAttaching = (attaching: Attaching): readonly AttachingFile[] =>
  useSyncExternalStore(attaching.subscribe, attaching.files, () => NO_FILES);

/** The files that go with the next question. */
export function AttachingChips({ attaching, onRemoved }: { attaching: Attaching; onRemoved: () => void }) {
  const t = useText();
  const files = useAttaching(attaching);
  const list = useRef<HTMLUListElement>(null);
  useSettledRows(list, files.length);
  if (files.length === 0) return null;
  return (
    <ul ref={list} aria-label={t('Files for this question')} className="mb-1.5 flex flex-wrap gap-1.5">
      {files.map((file) => (
        <li key={file.key} className={chipClass}>
          <FileIcon fileName={file.fileName} />
          <span dir="auto" className="min-w-0 max-w-48 truncate">
            {file.fileName}
          </span>
          <span
            role="status"
            className={clsx(
              'text-xs',
              file.phase.name === 'failed' ? 'min-w-0 text-brick' : 'shrink-0 whitespace-nowrap text-ink-3',
            )}
          >
            {stateOf(file, t)}
          </span>
          {file.phase.name === 'failed' && file.phase.isCut && (
            <ChooseAgain fileName={file.fileName} onFile={(chosen) => attaching.replace(file.key, chosen)} />
          )}
          <IconButton
            label={t('Remove {fileName}', { fileName: file.fileName })}
            onClick={() => {
              attaching.remove(file.key);
              onRemoved();
            }}
          >
            <X aria-hidden="true" className="size-4" />
          </IconButton>
        </li>
      ))}
    </ul>
  );
}

/** The way back to a file that only its student has. */
function ChooseAgain({ fileName, onFile }: { fileName: string; onFile: (file: File) => void }) {
  const t = useText();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button
        size="sm"
        variant="quiet"
        aria-label={t('Choose {fileName} again', { fileName })}
        onClick={() => input.current?.click()}
      >
        {t('Choose again')}
      </Button>
      <FileInput ref={input} accept="" onFiles={([file]) => file && onFile(file)} />
    </>
  );
}

/** The files that a message came with. */
export const attachedIn = ({ parts }: Pick<ClervaMessage, 'parts'>): Attached[] =>
  parts.flatMap((part) => (part.type === 'data-attachment' ? [part.data] : []));

/** The files that went with a question, below it. */
export function AttachedChips({ files }: { files: readonly Attached[] }) {
  const t = useText();
  if (files.length === 0) return null;
  return (
    <ul aria-label={t('Files of this question')} className="mt-1.5 flex flex-wrap justify-end gap-1.5">
      {files.map((file) => (
        <AttachedChip key={file.id} file={file} />
      ))}
    </ul>
  );
}

function AttachedChip({ file: { id, fileName } }: { file: Attached }) {
  const t = useText();
  const [isKept, setKept] = useState(false);
  const keep = useAction(async () => {
    await requestJson<unknown>(api.keepAttachment(id), { method: 'POST' });
    setKept(true);
  });
  return (
    <li className={clsx(chipClass, pictureType(fileName) === undefined ? 'pr-1' : 'pr-3')}>
      <FileIcon fileName={fileName} />
      <span dir="auto" className="min-w-0 max-w-48 truncate">
        {fileName}
      </span>
      {pictureType(fileName) === undefined &&
        (isKept ? (
          <span role="status" className="px-2 text-ink-3 text-xs">
            {t('In your library')}
          </span>
        ) : (
          <Button size="sm" variant="quiet" busy={keep.pending} onClick={() => void keep.run()}>
            {t('Keep in library')}
          </Button>
        ))}
      <ProblemText problem={keep.problem} />
    </li>
  );
}
