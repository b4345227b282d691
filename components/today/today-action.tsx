import Link from 'next/link';
import type { ReactNode } from 'react';
import { useText } from '#use-text';
import { paths } from '@/lib/links';
import type { ItemSource, TodayItem } from '@/lib/today/today-item';
import { StartLink } from './start-link';
import { TodayFrame } from './today-frame';

function SourceLine({ docId, page, title, heading }: ItemSource) {
  const t = useText();
  return (
    <>
      {t.rich('From <link>{title}</link>', {
        title,
        link: (words) => (
          <Link
            prefetch={false}
            href={page === null ? paths.document(docId) : paths.passage(docId, page)}
            className="font-notes text-ink-2 text-sm hover:underline hover:underline-offset-3"
          >
            {words}
          </Link>
        ),
      })}
      {heading && heading !== title && <> · {heading}</>}
    </>
  );
}

/** The next action: its minutes in the margin, its reason under it, and one ink button. */
export function TodayAction({ item, alternatives }: { item: TodayItem; alternatives: ReactNode }) {
  const t = useText();
  const { lead, title, titleIsNotes, why, minutes, extent, source, start } = item;
  return (
    <TodayFrame
      figure={minutes === null ? undefined : t('{minutes} min', { minutes })}
      figureNote={extent ?? undefined}
      lead={lead}
      title={titleIsNotes ? <span className="font-medium font-notes">{title}</span> : title}
      why={<p>{why}</p>}
      source={source ? <SourceLine {...source} /> : undefined}
      actions={
        <>
          <StartLink href={start.href}>{start.label}</StartLink>
          {alternatives}
        </>
      }
    />
  );
}
