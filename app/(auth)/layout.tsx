import Link from 'next/link';
import type { ReactNode } from 'react';
import { useText } from '#use-text';
import { ProofSample } from '@/components/auth/proof-sample';
import { LanguageChoice } from '@/components/language/language-choice';
import { Brand } from '@/components/ui/brand';
import { Texts } from '@/lib/language/server-text';
import { paths } from '@/lib/links';

export default function AuthLayout({ children }: { children: ReactNode }) {
  const t = useText();
  return (
    <Texts of={['auth']}>
      <div className="grid min-h-dvh md:grid-cols-2">
        <div className="grid grid-rows-[auto_1fr_auto] px-6 pt-5 pb-7 md:px-12 md:py-8">
          <header>
            <Brand />
          </header>
          <main className="mx-auto mt-16 w-full max-w-94 self-start pb-8 md:mt-0 md:self-center md:py-8">
            {children}
          </main>
          <footer className="flex flex-wrap items-center gap-x-4 text-ink-3 text-xs">
            <span>{t('Your notes are yours. Nobody else can read them.')}</span>
            <Link href={paths.privacy} className="link inline-flex min-h-8 items-center">
              {t('Privacy')}
            </Link>
            <Link href={paths.terms} className="link inline-flex min-h-8 items-center">
              {t('Terms')}
            </Link>
            <LanguageChoice />
          </footer>
        </div>
        <ProofSample />
      </div>
    </Texts>
  );
}
