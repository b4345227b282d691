// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { LANGUAGE_COOKIE, LANGUAGE_NAMES, LANGUAGES, type Language } from '@/lib/domain/language';
import { translatorOf } from '@/lib/language/catalogues';
import { TextProvider } from '@/lib/language/use-text';
import { keepLanguage, LanguageChoice } from './language-choice';

const refresh = vi.hoisted(() => vi.fn());
vi.mock('next/navigation', () => ({ useRouter: () => ({ refresh }) }));

const written: string[] = [];
beforeEach(() => {
  written.length = 0;
  refresh.mockClear();
  vi.spyOn(document, 'cookie', 'set').mockImplementation((cookie) => void written.push(cookie));
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

const shown = (language: Language) =>
  render(
    <TextProvider language={language} messages={{ Language: translatorOf(language)('Language') }}>
      <LanguageChoice />
    </TextProvider>,
  );

test.each([
  ['en', 'Language'],
  ['de', 'Sprache'],
] as const)('names every language in its own words, the present one chosen: %s', (language, name) => {
  shown(language);
  const choice = screen.getByRole<HTMLSelectElement>('combobox', { name });
  expect(choice.value).toBe(language);
  expect([...choice.options].map(({ value, text, lang }) => [value, text, lang])).toEqual(
    LANGUAGES.map((one) => [one, LANGUAGE_NAMES[one], one]),
  );
});

test.each(LANGUAGES)('keeps %s for every page of this browser, and draws the page anew', (language) => {
  shown(language === 'en' ? 'de' : 'en');
  fireEvent.change(screen.getByRole('combobox'), { target: { value: language } });
  expect(written).toEqual([`${LANGUAGE_COOKIE}=${language}; path=/; max-age=31536000; samesite=lax`]);
  expect(refresh).toHaveBeenCalledOnce();
});

test('is forgotten where it is left to the browser', () => {
  keepLanguage(null);
  expect(written).toEqual([`${LANGUAGE_COOKIE}=; path=/; max-age=0; samesite=lax`]);
});
