// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import GlobalError from '@/app/global-error';
import { LANGUAGE_COOKIE, LANGUAGES, type Language } from '@/lib/domain/language';
import { messagesOf, translatorOf } from '@/lib/language/catalogues';
import { FAULT_WORDS } from './fault-words';

/** What the document, the cookies and the browser say when the page fails. */
function drawn(lang: string, cookie: string, languages: string[]) {
  document.documentElement.lang = lang;
  vi.spyOn(document, 'cookie', 'get').mockReturnValue(cookie);
  vi.spyOn(navigator, 'languages', 'get').mockReturnValue(languages);
}
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

/** The page is a document of its own, which cannot stand in an element. */
const fail = () =>
  render(
    <GlobalError error={Object.assign(new Error('down'), { digest: 'f4c7' })} reset={() => undefined} />,
    {
      container: document,
    },
  );

test.each(LANGUAGES)(
  'a failed document says all of its words in %s, and says which they are',
  async (language) => {
    document.documentElement.lang = language;
    fail();
    const t = translatorOf(language);
    expect(document.documentElement.lang).toBe(language);
    expect(screen.getByRole('heading').textContent).toBe(t('That did not work, and it is our fault'));
    expect(
      screen.getByText(t('Nothing of yours is lost. If it happens again, send us the code.')),
    ).toBeTruthy();
    expect(screen.getByRole('button', { name: t('Try again') })).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: t('Copy the code {code}', { code: 'f4c7' }) }));
    expect(await screen.findByText(t('Copied'))).toBeTruthy();
  },
);

test.each<[Language, lang: string, cookie: string, languages: string[]]>([
  ['fr', 'fr', `${LANGUAGE_COOKIE}=de`, ['es']],
  ['de', '', `other=1; ${LANGUAGE_COOKIE}=de`, ['es']],
  ['es', '', `${LANGUAGE_COOKIE}=tlh`, ['pt', 'es-MX', 'de']],
  ['en', '', '', ['pt']],
])(
  'it is %s for a document in “%s”, cookies “%s” and a browser that wants %s',
  (language, lang, cookie, languages) => {
    drawn(lang, cookie, languages);
    fail();
    expect(document.documentElement.lang).toBe(language);
  },
);

test.each(LANGUAGES)('the words for it are those of the catalogue: %s', (language) => {
  expect(messagesOf(language, ['common'])).toMatchObject(FAULT_WORDS[language]);
});
