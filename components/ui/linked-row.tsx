import { clsx } from 'clsx';
import type { LucideIcon } from 'lucide-react';
import Link from 'next/link';

type LinkedRowProps = { href: string; icon?: LucideIcon; name: string; about: string; verb: string };

/** A line that leads as a whole to what waits there. */
export const LinkedRow = ({ href, icon: Icon, name, about, verb }: LinkedRowProps) => (
  <li className="border-rule border-t last:border-b">
    <Link
      prefetch={false}
      href={href}
      className={clsx(
        'grid min-h-14 items-center hover:text-pen',
        Icon
          ? 'grid-cols-[24px_minmax(0,1fr)_auto] gap-3.5 py-2'
          : 'grid-cols-[minmax(0,1fr)_auto] gap-4 py-2.5',
      )}
    >
      {Icon && <Icon aria-hidden="true" className="size-5 text-ink-3" strokeWidth={1.75} />}
      <span className="min-w-0">
        <span className="wrap-anywhere block font-semibold text-md leading-5.5 first-letter:uppercase md:truncate">
          {name}
        </span>
        <span className="block text-ink-3 text-xs tabular">{about}</span>
      </span>
      <span className="shrink-0 font-medium text-pen">{verb}</span>
    </Link>
  </li>
);
