import { clsx } from 'clsx';
import type { ReactNode } from 'react';

type EmptyStateProps = {
  title: string;
  children: ReactNode;
  /** One ink button and at most one quiet one. */
  actions?: ReactNode;
  className?: string;
  /** The heading level that fits the page it stands on. */
  as?: 'h1' | 'h2' | 'h3';
};

/** What will be here, in one sentence, and the way to it. */
export function EmptyState({ title, children, actions, className, as: Heading = 'h2' }: EmptyStateProps) {
  return (
    <section className={clsx('rounded-3 border border-rule bg-page px-5 py-5', className)}>
      <Heading className="font-semibold text-lg leading-6">{title}</Heading>
      <div className="mt-2 max-w-measure text-ink-2 text-md">{children}</div>
      {actions && <div className="mt-4 flex flex-wrap gap-2">{actions}</div>}
    </section>
  );
}
