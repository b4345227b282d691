'use client';

import { Check, Copy, X } from 'lucide-react';
import { useCopy } from '@/components/client/use-copy';
import { IconButton } from './button';
import { Tooltip } from './tooltip';

const LABELS = { copied: 'Copied', failed: 'The browser does not allow copying' };
const ICONS = { idle: Copy, copied: Check, failed: X };

/** Copies what `text` gives at the moment of pressing. */
export function CopyButton({
  label,
  text,
  className,
}: {
  label: string;
  text: () => string;
  className?: string;
}) {
  const { state, copy } = useCopy();
  const shown = state === 'idle' ? label : LABELS[state];
  const Icon = ICONS[state];
  return (
    <Tooltip text={shown}>
      <IconButton label={shown} className={className} onClick={() => copy(text())}>
        <Icon aria-hidden="true" className="size-4" />
      </IconButton>
    </Tooltip>
  );
}
