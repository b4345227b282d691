'use client';

import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useText } from '#use-text';
import { IconButton } from '@/components/ui/button';

type VersionsProps = {
  /** What there are several of: "answer", "question". */
  of: 'answer' | 'question';
  ids: readonly string[];
  current: string | undefined;
  isBusy: boolean;
  onShow: (messageId: string) => void;
};

/** Walks what stands in one place of a conversation. Its ends stay in focus, so that a key can be pressed again. */
export function Versions({ of, ids, current, isBusy, onShow }: VersionsProps) {
  const t = useText();
  const at = current === undefined ? -1 : ids.indexOf(current);
  if (ids.length < 2 || at === -1) return null;
  const step = (label: string, to: string | undefined, Icon: typeof ChevronLeft) => (
    <IconButton
      label={label}
      aria-disabled={to === undefined || isBusy}
      className="aria-disabled:text-ink-3 aria-disabled:opacity-50"
      onClick={() => {
        if (to !== undefined && !isBusy) onShow(to);
      }}
    >
      <Icon aria-hidden="true" className="size-4" />
    </IconButton>
  );
  return (
    <fieldset
      aria-label={t('Versions of this {of}', { of })}
      className="flex items-center text-ink-3 text-xs"
    >
      {step(t('Earlier version of the {of}', { of }), ids[at - 1], ChevronLeft)}
      <span aria-live="polite" className="tabular-nums">
        <span aria-hidden="true">
          {at + 1}/{ids.length}
        </span>
        <span className="sr-only">{t('Version {at} of {count}', { at: at + 1, count: ids.length })}</span>
      </span>
      {step(t('Later version of the {of}', { of }), ids[at + 1], ChevronRight)}
    </fieldset>
  );
}
