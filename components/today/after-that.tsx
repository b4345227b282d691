import Link from 'next/link';
import type { TodayItem } from '@/lib/today/today-item';

/** What comes next, quietly: its minutes, its name, its reason. */
export function AfterThat({ items }: { items: readonly TodayItem[] }) {
  if (items.length === 0) return null;
  return (
    <section aria-labelledby="after-that">
      <h2 id="after-that" className="pb-2.5 font-semibold">
        After that
      </h2>
      <ul>
        {items.map(({ key, minutes, title, titleIsNotes, note, start }) => (
          <li key={key} className="border-rule border-t last:border-b">
            <Link
              href={start.href}
              className="group grid grid-cols-[3.5rem_minmax(0,1fr)] items-baseline gap-x-3 py-3 md:grid-cols-[3.5rem_minmax(0,1fr)_auto]"
            >
              <span className="text-ink-3 text-xs tabular">{minutes === null ? '' : `${minutes} min`}</span>
              <span
                className={`font-medium text-[0.9375rem] leading-5.5 group-hover:underline group-hover:underline-offset-3 ${titleIsNotes ? 'font-notes' : ''}`}
              >
                {title}
              </span>
              <span className="col-start-2 max-w-full truncate text-ink-3 text-xs md:col-start-3 md:max-w-50">
                {note}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
