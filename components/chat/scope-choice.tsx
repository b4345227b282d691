'use client';

import { ChevronDown, X } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { useText } from '#use-text';
import { IconButton } from '@/components/ui/button';
import { Dialog, DialogContent, DialogTrigger } from '@/components/ui/dialog';
import { LoadingLines } from '@/components/ui/loading-lines';
import type { ScopeChoiceProps } from './scope-picker';

const ScopePicker = dynamic(() => import('./scope-picker').then((module) => module.ScopePicker), {
  ssr: false,
  loading: () => <LoadingLines label={useText()('Reading your library')} />,
});

/** Where the answer is looked for: a chip with the way back to all notes, and the choice of others. */
export function ScopeChoice({ scope, onChoose }: ScopeChoiceProps) {
  const t = useText();
  const [isOpen, setOpen] = useState(false);
  return (
    <div className="mb-1 flex w-fit max-w-full items-center text-ink-2 text-xs">
      <Dialog open={isOpen} onOpenChange={setOpen}>
        <DialogTrigger className="flex min-h-9 min-w-0 items-center gap-1 rounded-2 px-2 hover:bg-sunk hover:text-ink">
          <span className="min-w-0 truncate">
            {scope
              ? t.rich('Only in <span>{title}</span>', {
                  title: scope.title,
                  span: (words) => <span dir="auto">{words}</span>,
                })
              : t('In all my notes')}
          </span>
          <ChevronDown aria-hidden="true" className="size-3.5 shrink-0" />
        </DialogTrigger>
        <DialogContent title={t('Where to look')} className="max-w-lg">
          <ScopePicker
            scope={scope}
            onChoose={(next) => {
              onChoose(next);
              setOpen(false);
            }}
          />
        </DialogContent>
      </Dialog>
      {scope && (
        <IconButton label={t('Ask all my notes')} onClick={() => onChoose(undefined)}>
          <X aria-hidden="true" className="size-4" />
        </IconButton>
      )}
    </div>
  );
}
