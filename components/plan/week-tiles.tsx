'use client';

import { clsx } from 'clsx';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useText } from '#use-text';
import { IconButton } from '@/components/ui/button';
import { Bar } from '@/components/ui/progress-bar';
import { shortDate, spanOf } from '@/lib/calendar/words';
import type { PlanView } from '@/lib/db/queries/plan-actions';
import type { WeekBlock } from '@/lib/domain/plan';
import type { Translate } from '@/lib/language/text';
import { told } from '@/lib/language/told';

type WeekTilesProps = {
  plan: PlanView;
  /** The week that has today in it. */
  current: number;
  /** The week whose days are shown, if one is. */
  selected: number | undefined;
  onSelect: (index: number) => void;
};

const SHOWN = 3;

function factsOf(block: WeekBlock, plan: PlanView, isLast: boolean, t: Translate) {
  const planned = block.tasks.reduce((sum, { etaMin }) => sum + etaMin, 0);
  const done = block.tasks.filter(({ completed }) => completed).reduce((sum, { etaMin }) => sum + etaMin, 0);
  const minutes =
    done > 0 || block.startsOn <= plan.today
      ? t('{done} of {planned} min', { done, planned })
      : t('{planned} min', { planned });
  const end =
    isLast && plan.deadline !== null && plan.endsOn >= block.endsOn
      ? t('due {date}', { date: shortDate(plan.deadline, t.language) })
      : null;
  return {
    percent: planned === 0 ? 0 : Math.round((done / planned) * 100),
    text: [spanOf(block.startsOn, block.endsOn, t.language), minutes, end]
      .filter((part) => part !== null)
      .join(' · '),
  };
}

/** The weeks, three at a time; pressing one opens its days. */
export function WeekTiles({ plan, current, selected, onSelect }: WeekTilesProps) {
  const t = useText();
  const { weekBlocks } = plan;
  const at = selected ?? current;
  const start = Math.max(0, Math.min(at, weekBlocks.length - SHOWN));
  const shown = weekBlocks.slice(start, start + SHOWN);
  const isLong = weekBlocks.length > SHOWN;
  const step = (by: number) => onSelect(Math.max(0, Math.min(weekBlocks.length - 1, at + by)));
  return (
    <div className="mb-2 flex items-start gap-1 md:mb-6 md:items-center">
      <ul aria-label={t('Weeks')} className="grid min-w-0 flex-1 gap-2 md:grid-cols-3">
        {shown.map((block, offset) => {
          const index = start + offset;
          const isSelected = index === selected;
          const { percent, text } = factsOf(block, plan, index === weekBlocks.length - 1, t);
          return (
            <li key={block.startsOn} className={clsx(index !== at && 'max-md:hidden')}>
              <button
                type="button"
                aria-pressed={isSelected}
                onClick={() => onSelect(index)}
                className={clsx(
                  'flex h-full w-full flex-col justify-start text-left md:rounded-3 md:border md:px-4 md:pt-3 md:pb-3.5',
                  isSelected ? 'md:border-ink' : 'md:border-rule md:hover:bg-sunk',
                )}
              >
                <span className="block font-semibold wrap-anywhere">
                  {told(block.focus, plan.detail.said, t)}
                </span>
                <span className="block text-ink-3 text-xs tabular">{text}</span>
                <Bar share={percent / 100} className="mt-2.5 h-1 w-full bg-sunk" />
              </button>
            </li>
          );
        })}
      </ul>
      {weekBlocks.length > 1 && (
        <div className={clsx('flex md:flex-col', !isLong && 'md:hidden')}>
          <IconButton label={t('Week before')} onClick={() => step(-1)} disabled={at === 0}>
            <ChevronLeft aria-hidden="true" className="size-4.5" />
          </IconButton>
          <IconButton label={t('Week after')} onClick={() => step(1)} disabled={at >= weekBlocks.length - 1}>
            <ChevronRight aria-hidden="true" className="size-4.5" />
          </IconButton>
        </div>
      )}
    </div>
  );
}
