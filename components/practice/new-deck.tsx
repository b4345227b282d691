'use client';

import { Plus } from 'lucide-react';
import { useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { DeckForm } from './deck-form';

/** Opens the form for a deck in place. */
export function NewDeck({ isFirst }: { isFirst: boolean }) {
  const [isOpen, setIsOpen] = useState(false);
  const opener = useRef<HTMLDivElement>(null);
  if (isOpen) {
    return (
      <div className="mt-4">
        <DeckForm
          onClose={() => {
            setIsOpen(false);
            requestAnimationFrame(() => opener.current?.querySelector('button')?.focus());
          }}
        />
      </div>
    );
  }
  return (
    <div ref={opener} className="mt-2">
      {isFirst && (
        <p className="pb-2 text-ink-2 text-md">No deck yet. Cards you keep make one by themselves.</p>
      )}
      <Button variant="quiet" className="-ml-4" onClick={() => setIsOpen(true)}>
        <Plus aria-hidden="true" className="size-4" /> New deck
      </Button>
    </div>
  );
}
