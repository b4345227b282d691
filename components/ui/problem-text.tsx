import { clsx } from 'clsx';

/** What went wrong, said where it did; nothing while nothing has. */
export function ProblemText({ problem, className }: { problem: string | undefined; className?: string }) {
  if (!problem) return null;
  return (
    <p role="alert" className={clsx('text-brick text-xs', className)}>
      {problem}
    </p>
  );
}
