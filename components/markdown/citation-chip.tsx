'use client';

import { clsx } from 'clsx';
import { useText } from '#use-text';
import { Float } from '@/components/ui/float';
import type { Citation } from '@/lib/domain/citation';
import type { Translate } from '@/lib/language/text';
import { locatorName, locatorText } from '@/lib/study/locator';
import { useProof } from './proof-context';

const HOVER_MILLISECONDS = 150;
/** Long enough to carry the pointer over the gap into the card. */
const LEAVE_MILLISECONDS = 250;

/** "Source 1, Psychology ch. 8, page 244, verified". */
export function chipName({ n, title, locator, verdict }: Citation, t: Translate): string {
  return t('Source {n}, {title}, {locatorName}, {verdict}', {
    n,
    title,
    locatorName: locatorName(locator, t),
    verdict: verdict === 'verified' ? t('verified') : t('paraphrase'),
  });
}

/** The shape alone: a yellow square for the exact words, a round outline for close ones. */
export const chipShape = (verdict: Citation['verdict']) =>
  clsx(
    'inline-grid h-4.75 min-w-4.75 place-items-center px-1.25 font-semibold text-chip leading-none tabular forced-colors:border',
    verdict === 'verified'
      ? 'rounded-1 bg-mark text-mark-ink'
      : 'rounded-full text-ink-2 shadow-[inset_0_0_0_1px_var(--edge)]',
  );

/** A number right after the words it proves. Hover or focus shows the source, a press opens its passage. */
export function CitationChip({ citation }: { citation: Citation }) {
  const t = useText();
  const { active, open } = useProof();
  const { n, verdict } = citation;
  const isActive = active === n;
  return (
    <Float
      openMs={HOVER_MILLISECONDS}
      closeMs={LEAVE_MILLISECONDS}
      className="z-50 w-80 max-w-[calc(100vw-1rem)] animate-appear rounded-3 border border-rule bg-page p-4 text-left shadow-float"
      content={<CitationCard citation={citation} />}
    >
      <button
        type="button"
        data-citation={n}
        aria-label={chipName(citation, t)}
        aria-expanded={isActive}
        onClick={(event) => open(n, event.currentTarget)}
        className={clsx(
          chipShape(verdict),
          // A hit area of 37 px without moving the line.
          "relative align-[2px] after:absolute after:-inset-x-1.25 after:-inset-y-2.25 after:content-['']",
          isActive
            ? 'mr-1 ml-1.5 ring-2 ring-pen ring-offset-2 ring-offset-page'
            : clsx(
                'mr-px ml-0.75 hover:ring-2',
                verdict === 'verified' ? 'hover:ring-mark-edge' : 'hover:ring-edge',
              ),
          isActive && verdict === 'paraphrase' && 'border border-edge',
        )}
      >
        {n}
      </button>
    </Float>
  );
}

function CitationCard({ citation }: { citation: Citation }) {
  const t = useText();
  const { title, locator, quote, verdict } = citation;
  return (
    <>
      <p className="font-medium font-notes text-md leading-5.5">{title}</p>
      <p className="mt-0.5 text-ink-3 text-xs tabular">
        {locatorText(locator, t)} ·{' '}
        {verdict === 'verified' ? t('these exact words') : t('close to these words')}
      </p>
      <p className="mt-2 line-clamp-2 font-notes text-ink-2 text-sm leading-5.5">{quote}</p>
    </>
  );
}
