import Link from 'next/link';
import { buttonClass } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { paths } from '@/lib/links';

/** A quiz of which every question was reported. */
export function NoQuestions() {
  return (
    <div className="grid min-h-full place-items-center px-5 py-16">
      <EmptyState
        as="h1"
        title="No question is left here"
        actions={
          <Link href={paths.practice} className={buttonClass({ variant: 'primary' })}>
            To Practice
          </Link>
        }
      >
        Every question of this quiz was reported. Ask for a new one, and it will be written afresh.
      </EmptyState>
    </div>
  );
}
