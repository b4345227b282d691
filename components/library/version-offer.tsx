'use client';

import { useState } from 'react';
import { useText } from '#use-text';
import { requestJson } from '@/components/client/request';
import { useAction } from '@/components/client/use-action';
import { useZone } from '@/components/client/use-browser-fact';
import { Button, TextButton } from '@/components/ui/button';
import { ProblemText } from '@/components/ui/problem-text';
import { momentInWords } from '@/lib/calendar/words';
import type { VersionRequest } from '@/lib/domain/version';
import type { Translate } from '@/lib/language/text';
import { api } from '@/lib/links';
import type { LibraryDocument } from './documents';
import { refreshDocuments } from './stores';

type Zone = string | undefined;
const versionOf = ({ createdAt }: Pick<LibraryDocument, 'createdAt'>, zone: Zone, t: Translate) =>
  t('the version of {time}', { time: momentInWords(createdAt, 'day', zone, t.language) });

/** What a document on its way will be asked about. */
export const foretold = (earlier: LibraryDocument | undefined, zone: Zone, t: Translate) =>
  earlier && t('Maybe replaces {versionOf}', { versionOf: versionOf(earlier, zone, t) });

type VersionOfferProps = { document: LibraryDocument; earlier: LibraryDocument | undefined };

/** Asks of a document that looks like a new version of another whether it is, and takes a yes back. */
export function VersionOffer({ document, earlier }: VersionOfferProps) {
  const t = useText();
  const zone = useZone();
  const [replaced, setReplaced] = useState<LibraryDocument>();
  const { run, pending, problem } = useAction(async (id: string, answer: VersionRequest) => {
    await requestJson(api.documentVersion(id), { method: 'POST', body: answer });
    setReplaced(answer.do === 'replace' ? earlier : undefined);
    refreshDocuments();
  });
  if (replaced) {
    return (
      <p role="status" className="flex flex-wrap items-center gap-x-2 text-ink-2 text-xs">
        {t.rich('It replaced {versionOf}, which old answers still open.<button>Undo</button>', {
          versionOf: versionOf(replaced, zone, t),
          button: (words) => (
            <TextButton
              className="min-h-11 md:min-h-6"
              autoFocus
              onClick={() => void run(replaced.id, { do: 'restore' })}
            >
              {words}
            </TextButton>
          ),
        })}
        <ProblemText problem={problem} />
      </p>
    );
  }
  if (!earlier) return null;
  return (
    <div className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1">
      <p className="text-ink-2 text-xs">
        {t.rich('Looks like a new version of <span>{title}</span>, added on {time}.', {
          title: earlier.title,
          span: (words) => <span className="wrap-anywhere font-notes">{words}</span>,
          time: momentInWords(earlier.createdAt, 'day', zone, t.language),
        })}
      </p>
      <span className="flex flex-wrap gap-2">
        <Button size="sm" busy={pending} onClick={() => void run(document.id, { do: 'replace' })}>
          {t('Replace {versionOf}', { versionOf: versionOf(earlier, zone, t) })}
        </Button>
        <Button
          size="sm"
          variant="quiet"
          disabled={pending}
          onClick={() => void run(document.id, { do: 'keep' })}
        >
          {t('Keep both')}
        </Button>
      </span>
      <ProblemText problem={problem} />
    </div>
  );
}
