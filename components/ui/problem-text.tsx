import { clsx } from 'clsx';

type ProblemTextProps = { problem: string | undefined; id?: string; className?: string };

/** What went wrong, said where it did; nothing while nothing has. */
export function ProblemText({ problem, id, className }: ProblemTextProps) {
  if (!problem) return null;
  return (
    <p id={id} role="alert" className={clsx('text-brick text-xs', className)}>
      {problem}
    </p>
  );
}
