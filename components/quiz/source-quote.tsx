'use client';

import Link from 'next/link';
import { useText } from '#use-text';
import { formatOf } from '@/components/passage/passage-blocks';
import { PassageText } from '@/components/passage/passage-text';
import type { StudySource } from '@/lib/domain/citation';
import { paths } from '@/lib/links';
import { locatorName } from '@/lib/study/locator';
import { sentenceCase } from '@/lib/study/sentence-case';

/** The words of the student's own file that prove the answer, and the way to the page they stand on. */
export function SourceQuote({ source, draw = false }: { source: StudySource; draw?: boolean }) {
  const t = useText();
  const { docId, title, locator, headingPath, quote, quoteStart, quoteEnd } = source;
  const sections = headingPath.map(sentenceCase).filter((heading) => heading !== title);
  const place = [title, ...sections, locatorName(locator, t)].join(' › ');
  return (
    <figure className="margin-line mt-3.5 rounded-3 border border-rule bg-page pt-4 pr-5 pb-3 pl-10 [--margin-at:1.375rem]">
      <PassageText
        content={quote}
        format={formatOf({ locator: locator.kind })}
        marks={[{ start: 0, end: quote.length, verdict: 'verified' }]}
        draw={draw}
        className="text-[1.0625rem]! leading-7!"
      />
      <figcaption className="mt-2 flex items-center gap-3 text-ink-3 text-xs">
        <span className="min-w-0 flex-1 wrap-anywhere">{place}</span>
        <Link
          prefetch={false}
          href={paths.passage(docId, locator.index, { from: quoteStart, to: quoteEnd })}
          className="link inline-flex min-h-6 shrink-0 items-center"
          aria-label={t('Open {title}, {locatorName}', { title, locatorName: locatorName(locator, t) })}
        >
          {t('Open')}
        </Link>
      </figcaption>
    </figure>
  );
}
