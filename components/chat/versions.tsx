'use client';

import { ChevronLeft, ChevronRight } from 'lucide-react';
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
    <fieldset aria-label={`Versions of this ${of}`} className="flex items-center text-ink-3 text-xs">
      {step(`Earlier version of the ${of}`, ids[at - 1], ChevronLeft)}
      <span aria-live="polite" className="tabular-nums">
        <span aria-hidden="true">
          {at + 1}/{ids.length}
        </span>
        <span className="sr-only">
          Version {at + 1} of {ids.length}
        </span>
      </span>
      {step(`Later version of the ${of}`, ids[at + 1], ChevronRight)}
    </fieldset>
  );
}
