import { isLanguage, LANGUAGE_COOKIE, type Language, wantedLanguage } from '@/lib/domain/language';

/** For a page the server had no say in: what was drawn before it, else what this browser keeps, else what it wants. */
export function documentLanguage(): Language {
  const drawn = document.documentElement.lang;
  if (isLanguage(drawn)) return drawn;
  const kept = document.cookie.split('; ').find((cookie) => cookie.startsWith(`${LANGUAGE_COOKIE}=`));
  const chosen = kept?.slice(LANGUAGE_COOKIE.length + 1);
  return isLanguage(chosen) ? chosen : wantedLanguage(navigator.languages.join(','));
}
