'use client';

import { Check, Copy, X } from 'lucide-react';
import { useText } from '#use-text';
import { useCopy } from '@/components/client/use-copy';
import { text } from '@/lib/language/text';
import { IconButton } from './button';
import { Tooltip } from './tooltip';

const LABELS = { copied: text('Copied'), failed: text('The browser does not allow copying') };
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
  const t = useText();
  const { state, copy } = useCopy();
  const shown = state === 'idle' ? label : t(LABELS[state]);
  const Icon = ICONS[state];
  return (
    <Tooltip text={shown}>
      <IconButton label={shown} className={className} onClick={() => copy(text())}>
        <Icon aria-hidden="true" className="size-4" />
      </IconButton>
    </Tooltip>
  );
}
