'use client';

import { ListChecks } from 'lucide-react';
import type { ReactNode } from 'react';
import { useText } from '#use-text';
import { Button } from '@/components/ui/button';
import { CourseDot } from './course-colors';
import { NO_COURSE, type Shown, SORTS, type Sort } from './documents';

type ChoiceProps = { label: string; value: string; onValue: (value: string) => void; children: ReactNode };

const Choice = ({ label, value, onValue, children }: ChoiceProps) => (
  <select
    aria-label={label}
    value={value}
    onChange={(event) => onValue(event.target.value)}
    className="h-11 min-w-0 max-w-44 rounded-2 max-md:grow max-md:basis-24 border border-edge bg-page px-2 text-sm md:h-9"
  >
    {children}
  </select>
);

type FilterBarProps = {
  shown: Shown;
  onShown: (change: Partial<Shown>) => void;
  courses: readonly string[];
  tags: readonly string[];
  isSelecting: boolean;
  onSelecting: () => void;
  /** How much is kept, in words. */
  kept: string;
};

/** Order and filters, which the address keeps, and the way to select. */
export function FilterBar({ shown, onShown, courses, tags, isSelecting, onSelecting, kept }: FilterBarProps) {
  const t = useText();
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Choice label={t('Order')} value={shown.sort} onValue={(sort) => onShown({ sort: sort as Sort })}>
        {Object.entries(SORTS).map(([sort, words]) => (
          <option key={sort} value={sort}>
            {t(words)}
          </option>
        ))}
      </Choice>
      {shown.course !== null && shown.course !== NO_COURSE && <CourseDot course={shown.course} />}
      {courses.length > 0 && (
        <Choice
          label={t('Course')}
          value={shown.course ?? ''}
          onValue={(course) => onShown({ course: course || null })}
        >
          <option value="">{t('All courses')}</option>
          {courses.map((course) => (
            <option key={course} value={course}>
              {course}
            </option>
          ))}
          <option value={NO_COURSE}>{t('Without a course')}</option>
        </Choice>
      )}
      {tags.length > 0 && (
        <Choice label={t('Tag')} value={shown.tag ?? ''} onValue={(tag) => onShown({ tag: tag || null })}>
          <option value="">{t('All tags')}</option>
          {tags.map((tag) => (
            <option key={tag} value={tag}>
              #{tag}
            </option>
          ))}
        </Choice>
      )}
      <p className="text-ink-3 text-xs tabular max-md:order-last max-md:w-full md:ml-auto">{kept}</p>
      <Button size="sm" variant="quiet" aria-pressed={isSelecting} onClick={onSelecting}>
        <ListChecks aria-hidden="true" className="size-4" />
        <span className="max-md:sr-only">{t('Select')}</span>
      </Button>
    </div>
  );
}
