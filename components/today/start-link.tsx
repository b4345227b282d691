'use client';

import { useRouter } from 'next/navigation';
import type { ReactNode } from 'react';
import { ButtonLink } from '@/components/ui/button';
import { Kbd } from '@/components/ui/kbd';
import { useHotkeys } from '@/components/ui/use-hotkeys';

/** The page's one ink button. Enter starts it while nothing else has the focus. */
export function StartLink({ href, children }: { href: string; children: ReactNode }) {
  const router = useRouter();
  useHotkeys({ enter: () => router.push(href) });
  return (
    <ButtonLink variant="primary" size="lg" className="basis-full md:basis-auto" href={href}>
      {children}
      <span aria-hidden="true" className="hidden md:inline">
        <Kbd onInk>↵</Kbd>
      </span>
    </ButtonLink>
  );
}
