// Without what reads schemas, which pages that only choose a language would load.

/** The languages the interface is written in; the texts in the code are English. */
export const LANGUAGES = ['en', 'de', 'es', 'fr'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Each in its own words, for those who can read no other. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = {
  en: 'English',
  de: 'Deutsch',
  es: 'Español',
  fr: 'Français',
};

/** Kept in the browser for the pages before somebody is signed in. */
export const LANGUAGE_COOKIE = 'clerva-language';

export const isLanguage = (value: unknown): value is Language => LANGUAGES.some((one) => one === value);

/** The one of ours that a browser wants most, by its `accept-language`; English where it names none of them. */
export function wantedLanguage(header: string | null): Language {
  const wanted = (header ?? '').split(',').flatMap((entry, place) => {
    const [tag = '', ...rest] = entry.trim().split(';');
    const weight = Number(/q=([\d.]+)/.exec(rest.join(';'))?.[1] ?? 1);
    const language = tag.trim().toLowerCase().split('-')[0];
    return isLanguage(language) && weight > 0 ? [{ language, weight, place }] : [];
  });
  return wanted.sort((a, b) => b.weight - a.weight || a.place - b.place)[0]?.language ?? 'en';
}
