import Link from 'next/link';
import type { ReactNode } from 'react';
import { useText } from '#use-text';
import { LanguageChoice } from '@/components/language/language-choice';
import { Brand } from '@/components/ui/brand';
import { paths } from '@/lib/links';

/** Pages to read before one has an account: nothing of a student is on them. */
export default function PublicLayout({ children }: { children: ReactNode }) {
  const t = useText();
  return (
    <div className="mx-auto grid max-w-measure gap-8 px-6 pt-5 pb-16 md:pt-8">
      <header className="flex flex-wrap items-center justify-between gap-x-4">
        <Link href={paths.today} className="no-underline">
          <Brand />
        </Link>
        <nav aria-label={t('About this place')} className="flex flex-wrap gap-x-4">
          <Link href={paths.privacy} className="link inline-flex min-h-11 items-center">
            {t('Privacy')}
          </Link>
          <Link href={paths.terms} className="link inline-flex min-h-11 items-center">
            {t('Terms')}
          </Link>
          <LanguageChoice />
        </nav>
      </header>
      <main className="grid gap-8">{children}</main>
    </div>
  );
}
