import { writeCookie, YEAR_SECONDS } from '@/components/client/stored';

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

/** A cookie, not local storage, so that the server paints the chosen theme and nothing flashes. */
export const THEME_COOKIE = 'clerva-theme';

export const isTheme = (value: unknown): value is Theme => THEMES.some((theme) => theme === value);

/** What the page shows now, whoever decided it. Browser only. */
export function shownTheme(): 'light' | 'dark' {
  const chosen = document.documentElement.dataset.theme;
  if (chosen === 'light' || chosen === 'dark') return chosen;
  return window.matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

/** Keeps the choice for a year and applies it to the page that is open. Browser only. */
export function chooseTheme(theme: Theme): void {
  writeCookie(THEME_COOKIE, theme, YEAR_SECONDS);
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}
