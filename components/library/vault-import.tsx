'use client';

import { useSyncExternalStore } from 'react';
import { putAside } from '@/components/client/put-aside';
import { requestJson, sentenceOf } from '@/components/client/request';
import { createStore } from '@/components/client/store';
import { TextButton } from '@/components/ui/button';
import { Spinner } from '@/components/ui/spinner';
import { Strip } from '@/components/ui/strip';
import { counted } from '@/lib/calendar/words';
import { MAX_IMPORT_BYTES } from '@/lib/domain/bounds';
import type { VaultReport } from '@/lib/domain/note';
import { api } from '@/lib/links';
import { formatBytes } from './file-check';
import { refreshDocuments } from './stores';

export const isZip = (file: File) => /\.zip$/i.test(file.name);

type Import = { name: string } & (
  | { step: 'running' }
  | { step: 'failed'; sentence: string }
  | { step: 'done'; report: VaultReport }
);

const fault = 'That did not work, and it is our fault. Nothing was added.';

const imported = createStore<Import | undefined>(undefined);

/** Brings zips of notes, one after the other, and keeps what came of the last one, whatever page is looked at. */
export async function bringVault(file: File): Promise<void> {
  const { name, size } = file;
  imported.set({ name, step: 'running' });
  try {
    if (size > MAX_IMPORT_BYTES) {
      const limit = formatBytes(MAX_IMPORT_BYTES);
      throw new Error(
        `This zip is ${formatBytes(size)}, and ${limit} is the limit. Zip some folders at a time.`,
      );
    }
    const upload = await putAside(file, fault);
    const report = await requestJson<VaultReport>(api.importVault, {
      method: 'POST',
      body: { upload },
      fault,
    });
    imported.set({ name, step: 'done', report });
    refreshDocuments();
  } catch (error) {
    imported.set({ name, step: 'failed', sentence: sentenceOf(error) });
  }
}

function sentencesOf({ added, already, pictures, links }: VaultReport): string {
  return [
    added > 0 ? `Added ${counted(added, 'note')}.` : 'Nothing added.',
    already > 0 ? `${counted(already, 'note')} ${already === 1 ? 'was' : 'were'} here already.` : '',
    pictures > 0 ? `${counted(pictures, 'picture')} came along.` : '',
    links.kept > 0
      ? `${counted(links.kept, 'link')} lead where ${links.kept === 1 ? 'it' : 'they'} led.`
      : '',
    links.broken > 0 ? `${counted(links.broken, 'link')} led nowhere before and still do.` : '',
  ]
    .filter(Boolean)
    .join(' ');
}

/** What came of a zip, and what of it was left out. */
export function VaultImport({ className = 'mt-3' }: { className?: string }) {
  const brought = useSyncExternalStore(imported.subscribe, imported.get, () => undefined);
  if (!brought) return null;
  const close = (
    <TextButton className="min-h-6" onClick={() => imported.set(undefined)}>
      Close
    </TextButton>
  );
  if (brought.step === 'running') {
    return (
      <Strip className={className}>
        <span className="flex items-center gap-2">
          <Spinner /> Reading the notes in {brought.name}
        </span>
      </Strip>
    );
  }
  if (brought.step === 'failed') {
    return (
      <Strip tone="bad" className={className} action={close}>
        {brought.name}: {brought.sentence}
      </Strip>
    );
  }
  const { leftOut } = brought.report;
  return (
    <Strip className={className} action={close}>
      {sentencesOf(brought.report)}
      {leftOut.length > 0 && (
        <details className="mt-1">
          <summary className="min-h-6 cursor-pointer font-medium">
            {counted(leftOut.length, 'file')} left out
          </summary>
          <ul className="mt-1 max-h-48 overflow-y-auto text-ink-2 text-xs">
            {leftOut.map(({ name, why }) => (
              <li key={name} className="wrap-anywhere py-0.5">
                <span className="font-notes">{name}</span>: {why}
              </li>
            ))}
          </ul>
        </details>
      )}
    </Strip>
  );
}
