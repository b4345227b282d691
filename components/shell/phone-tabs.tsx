import { clsx } from 'clsx';
import Link from 'next/link';
import { isWithin } from '@/lib/links';
import { LinkPending } from './link-pending';
import { PHONE_TABS } from './navigation';

/** Phone navigation in the thumb's third. */
export function PhoneTabs({ pathname }: { pathname: string }) {
  return (
    <nav
      aria-label="Main"
      className="shrink-0 border-rule border-t bg-page px-1 pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      <ul className="grid auto-cols-fr grid-flow-col">
        {PHONE_TABS.map(({ href, label, icon: Icon }) => {
          const current = isWithin(pathname, href);
          return (
            <li key={href}>
              <Link
                href={href}
                aria-current={current ? 'page' : undefined}
                className={clsx(
                  'relative grid h-16 content-center justify-items-center gap-0.75 text-chip leading-3.5',
                  current ? 'font-[650] text-ink' : 'font-medium text-ink-3',
                )}
              >
                <LinkPending className="absolute top-2 right-4" />
                <Icon aria-hidden="true" className="size-5.5" strokeWidth={1.75} />
                {label}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
