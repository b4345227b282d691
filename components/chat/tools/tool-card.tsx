import { clsx } from 'clsx';
import type { ReactNode } from 'react';
import { ButtonLink } from '@/components/ui/button';

export const CARD = 'my-4 rounded-3 border border-rule bg-page px-4.5 py-4';

type ToolCardProps = {
  /** What a screen reader calls the card. */
  label: string;
  title: ReactNode;
  titleClassName?: string;
  /** Beside the title. */
  aside?: ReactNode;
  /** The ways on from here, the likeliest first. */
  ways?: readonly { href: string; label: string }[];
  /** What is done right here, in place of ways. */
  actions?: ReactNode;
  children?: ReactNode;
};

/** What a tool made, as something to act on. */
export function ToolCard({ label, title, titleClassName, aside, ways, actions, children }: ToolCardProps) {
  return (
    <section aria-label={label} className={CARD}>
      <div className="flex items-start justify-between gap-3">
        <h2 className={clsx('font-semibold text-md wrap-anywhere', titleClassName)}>{title}</h2>
        {aside}
      </div>
      {children}
      <div className="mt-3.5 flex flex-wrap items-center gap-2 empty:hidden">
        {ways?.map(({ href, label }, index) => (
          <ButtonLink
            key={href}
            variant={index === 0 ? 'primary' : 'quiet'}
            className="max-w-full"
            href={href}
          >
            <span className="truncate">{label}</span>
          </ButtonLink>
        ))}
        {actions}
      </div>
    </section>
  );
}
