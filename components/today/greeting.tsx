'use client';

import { useText } from '#use-text';
import { useBrowserFact } from '@/components/client/use-browser-fact';
import { momentInWords } from '@/lib/calendar/words';
import type { Translate } from '@/lib/language/text';

function partOfDay(hour: number, t: Translate): string {
  // Whoever is still up at two has not begun the day, and is not being sent to bed.
  if (hour < 5) return t('Good evening');
  if (hour < 12) return t('Good morning');
  if (hour < 18) return t('Good afternoon');
  return t('Good evening');
}

/** The student's own clock and date, which only their browser knows. */
export function Greeting({ name }: { name: string }) {
  const t = useText();
  const greeting = useBrowserFact(() => partOfDay(new Date().getHours(), t), t('Hello'));
  const date = useBrowserFact(() => momentInWords(new Date(), 'dayOfWeek', undefined, t.language), '');
  return (
    <p className="hidden flex-wrap items-baseline gap-x-3 md:mb-11 md:ml-30 md:flex">
      <span className="font-semibold text-lg tracking-[-0.015em]">
        {greeting}, {name}
      </span>
      <span className="text-ink-3 text-xs">{date}</span>
    </p>
  );
}
