'use client';

import { useRouter } from 'next/navigation';
import { useText } from '#use-text';
import { writeCookie, YEAR_SECONDS } from '@/components/client/stored';
import { LANGUAGE_COOKIE, LANGUAGE_NAMES, LANGUAGES, type Language } from '@/lib/domain/language';

/** Keeps the choice in this browser, for pages that nobody is signed in on. Null leaves it to what the browser wants. */
export const keepLanguage = (language: Language | null) =>
  writeCookie(LANGUAGE_COOKIE, language ?? '', language === null ? 0 : YEAR_SECONDS);

/** The languages in their own words, where there is no profile yet to choose one in. */
export function LanguageChoice() {
  const t = useText();
  const router = useRouter();
  return (
    <select
      aria-label={t('Language')}
      value={t.language}
      onChange={(event) => {
        keepLanguage(LANGUAGES.find((one) => one === event.target.value) ?? null);
        router.refresh();
      }}
      className="min-h-8 rounded-1 bg-transparent pr-1 text-ink-3 text-xs hover:text-ink"
    >
      {LANGUAGES.map((language) => (
        <option key={language} value={language} lang={language}>
          {LANGUAGE_NAMES[language]}
        </option>
      ))}
    </select>
  );
}
