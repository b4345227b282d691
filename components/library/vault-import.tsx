'use client';

import { useSyncExternalStore } from 'react';
import { useText } from '#use-text';
import { putAside } from '@/components/client/put-aside';
import { requestJson, sentenceOf } from '@/components/client/request';
import { createStore } from '@/components/client/store';
import { TextButton } from '@/components/ui/button';
import { Spinner } from '@/components/ui/spinner';
import { Strip } from '@/components/ui/strip';
import { MAX_IMPORT_BYTES } from '@/lib/domain/bounds';
import type { VaultReport } from '@/lib/domain/note';
import { sentence, type Translate } from '@/lib/language/text';
import { api } from '@/lib/links';
import { formatBytes } from './file-check';
import { refreshDocuments } from './stores';

export const isZip = (file: File) => /\.zip$/i.test(file.name);

type Import = { name: string } & (
  | { step: 'running' }
  | { step: 'failed'; sentence: string }
  | { step: 'done'; report: VaultReport }
);

const fault = sentence('That did not work, and it is our fault. Nothing was added.');

const imported = createStore<Import | undefined>(undefined);

/** Brings zips of notes, one after the other, and keeps what came of the last one, whatever page is looked at. */
export async function bringVault(file: File, t: Translate): Promise<void> {
  const { name, size } = file;
  imported.set({ name, step: 'running' });
  try {
    if (size > MAX_IMPORT_BYTES) {
      const limit = formatBytes(MAX_IMPORT_BYTES, t);
      throw new Error(
        t('This zip is {size}, and {limit} is the limit. Zip some folders at a time.', {
          size: formatBytes(size, t),
          limit,
        }),
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
    imported.set({ name, step: 'failed', sentence: sentenceOf(error, t) });
  }
}

function sentencesOf({ added, already, pictures, links }: VaultReport, t: Translate): string {
  return [
    added > 0 ? t('Added {added, plural, one {# note} other {# notes}}.', { added }) : t('Nothing added.'),
    already > 0 && t('{already, plural, one {# note was} other {# notes were}} here already.', { already }),
    pictures > 0 && t('{pictures, plural, one {# picture} other {# pictures}} came along.', { pictures }),
    links.kept > 0 &&
      t('{kept, plural, one {# link leads where it led} other {# links lead where they led}}.', {
        kept: links.kept,
      }),
    links.broken > 0 &&
      t('{broken, plural, one {# link} other {# links}} led nowhere before and still do.', {
        broken: links.broken,
      }),
  ]
    .filter(Boolean)
    .join(' ');
}

/** What came of a zip, and what of it was left out. */
export function VaultImport({ className = 'mt-3' }: { className?: string }) {
  const t = useText();
  const brought = useSyncExternalStore(imported.subscribe, imported.get, () => undefined);
  if (!brought) return null;
  const close = (
    <TextButton className="min-h-6" onClick={() => imported.set(undefined)}>
      {t('Close')}
    </TextButton>
  );
  if (brought.step === 'running') {
    return (
      <Strip className={className}>
        <span className="flex items-center gap-2">
          <Spinner /> {t('Reading the notes in {name}', { name: brought.name })}
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
      {sentencesOf(brought.report, t)}
      {leftOut.length > 0 && (
        <details className="mt-1">
          <summary className="min-h-6 cursor-pointer font-medium">
            {t('{count, plural, one {# file} other {# files}} left out', { count: leftOut.length })}
          </summary>
          <ul className="mt-1 max-h-48 overflow-y-auto text-ink-2 text-xs">
            {leftOut.map(({ name, why, said }) => (
              <li key={name} className="wrap-anywhere py-0.5">
                <span className="font-notes">{name}</span>: {t.fault({ message: why, said })}
              </li>
            ))}
          </ul>
        </details>
      )}
    </Strip>
  );
}
