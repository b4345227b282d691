'use client';

import { Check } from 'lucide-react';
import Link from 'next/link';
import { useEffect, useRef } from 'react';
import useSWR from 'swr';
import { useText } from '#use-text';
import { isGone, requestJson } from '@/components/client/request';
import { LoadingLines } from '@/components/ui/loading-lines';
import { Strip } from '@/components/ui/strip';
import type { Citation } from '@/lib/domain/citation';
import type { DocumentPage } from '@/lib/domain/document';
import { api, paths } from '@/lib/links';
import { locatorPlace } from '@/lib/study/locator';
import { sentenceCase } from '@/lib/study/sentence-case';
import { locateQuote } from './locate-quote';
import { formatOf } from './passage-blocks';
import { NOT_FOUND, PassageText, scrollToMark } from './passage-text';
import { isPlayed, RecordingPlayer } from './recording-player';

/** What a passage panel shows: a quote, where it stands, and how far it proves the claim. */
export type PassageSource = Omit<Citation, 'chunkOrd' | 'page'>;

/** One page of a document; kept, so that going back to a passage shows it at once. */
function useDocumentPage(docId: string, page: number) {
  return useSWR(api.documentPage(docId, page), (url: string) => requestJson<DocumentPage>(url), {
    revalidateOnFocus: false,
    revalidateIfStale: false,
    shouldRetryOnError: (error: unknown) => !isGone(error),
    errorRetryCount: 3,
  });
}

/** The page's text with the quote marked in place. */
export function PassageView({ source }: { source: PassageSource }) {
  const t = useText();
  const { data, error, mutate } = useDocumentPage(source.docId, source.locator.index);
  if (isGone(error) && !data) return <GonePassage source={source} />;
  if (error && !data) {
    return (
      <Strip tone="bad" className="m-4" onRetry={() => mutate()}>
        {t('The page did not arrive. Your file is untouched.')}
      </Strip>
    );
  }
  if (!data) return <LoadingLines label={t('Opening the passage')} className="px-6 py-4 md:pl-18" />;
  return <MarkedPage key={`${source.docId} ${source.n} ${source.quoteStart}`} page={data} source={source} />;
}

function MarkedPage({ page, source }: { page: DocumentPage; source: PassageSource }) {
  const t = useText();
  const root = useRef<HTMLDivElement>(null);
  const found = locateQuote(page, source);

  useEffect(() => {
    // Only the panel scrolls: `scrollIntoView` would also move the conversation behind it.
    scrollToMark(root.current?.closest('[data-passage-scroll]'));
  }, []);

  return (
    <div ref={root} className="pb-8">
      {source.headingPath.length > 0 && (
        <p className="pt-3 pb-4 text-ink-3 text-xs">{source.headingPath.map(sentenceCase).join(' › ')}</p>
      )}
      <RecordingPlayer docId={source.docId} {...page} from={found?.start} />
      {found === null && <p className="mb-4 rounded-3 bg-sunk px-4 py-3 text-sm">{t(NOT_FOUND)}</p>}
      <PassageText
        content={page.content}
        format={formatOf(page)}
        marks={found ? [{ ...found, n: source.n, verdict: source.verdict }] : []}
        plays={isPlayed(page.fileName)}
        draw
      />
    </div>
  );
}

function GonePassage({ source }: { source: PassageSource }) {
  const t = useText();
  return (
    <div className="py-4 pr-2">
      <p className="text-md">
        {t(
          'This document is no longer in your library, so its page cannot be opened. The answer quoted these words:',
        )}
      </p>
      <blockquote className="mt-3 font-notes text-ink-2 text-notes">{source.quote}</blockquote>
    </div>
  );
}

/** What the mark is worth, and the way to the whole document. */
export function PassageSeal({ source }: { source: PassageSource }) {
  const t = useText();
  const place = locatorPlace(source.locator, t);
  const { data, error } = useDocumentPage(source.docId, source.locator.index);
  if (isGone(error) && !data) return null;
  const found = data ? locateQuote(data, source) : undefined;
  // The link carries where the words are now: a document read again may have moved them.
  const marks =
    data && found ? { from: data.charStart + found.start, to: data.charStart + found.end } : undefined;
  return (
    <footer className="flex flex-wrap items-center gap-x-2.5 gap-y-1 border-rule border-t bg-page px-5 py-3.5 text-ink-2 text-xs md:px-6">
      {found === null ? (
        <span className="min-w-0 flex-1">{t('Only the page was found: {place}', { place })}</span>
      ) : source.verdict === 'verified' ? (
        <span className="min-w-0 flex-1">
          <span className="mr-2 inline-flex items-center gap-1.5 align-bottom font-semibold text-moss">
            <Check aria-hidden="true" className="size-4" />
            {t('Verified')}
          </span>
          {t('these exact words are {place}', { place })}
        </span>
      ) : (
        <span className="min-w-0 flex-1">
          {t.rich('<span>Paraphrase</span>close to these words; read both', {
            span: (words) => <span className="mr-2 font-semibold text-ink">{words}</span>,
          })}
        </span>
      )}
      <Link
        data-open-document=""
        className="link"
        href={paths.passage(source.docId, source.locator.index, marks)}
      >
        {t('Open document')}
      </Link>
    </footer>
  );
}
