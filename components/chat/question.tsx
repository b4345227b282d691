import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from '@/components/ui/button';

const bubble =
  'ml-auto w-fit max-w-[82%] whitespace-pre-wrap rounded-[16px_16px_4px_16px] bg-sunk px-4 py-2.75 text-md leading-6 [overflow-wrap:anywhere]';

/** The student's own words. */
export function Question({ children }: { children: ReactNode }) {
  return (
    <article aria-label="You asked" className="mt-2 mb-7">
      <p dir="auto" className={bubble}>
        {children}
      </p>
    </article>
  );
}

/** A question that waits for the answer before it. */
export function WaitingQuestion({ text, onRemove }: { text: string; onRemove: () => void }) {
  return (
    <article aria-label="Your next question" className="mt-2 mb-7">
      <p dir="auto" className={`${bubble} text-ink-2`}>
        {text}
      </p>
      <p className="mt-1 flex items-center justify-end gap-1 text-ink-3 text-xs">
        Asked when this answer is done
        <IconButton label="Take the question back" onClick={onRemove} className="-mr-2">
          <X aria-hidden="true" className="size-4" />
        </IconButton>
      </p>
    </article>
  );
}
