import { LANGUAGES } from '@/lib/domain/language';
import { BUILD, serverEnv } from '@/lib/env';
import { translatorOf } from '@/lib/language/catalogues';

export const dynamic = 'force-dynamic';

/** What the worker itself says: it stands in for a page that is not kept, in the language of those that are. */
function wordsIn(language: (typeof LANGUAGES)[number]) {
  const t = translatorOf(language);
  return {
    title: t('You are offline'),
    absent: t('This page is not kept on this device.'),
    here: t('What is here without a connection:'),
    again: t('Try again'),
    today: t('Today'),
  };
}

/** What `public/sw.js` has to know of this server: a worker is made anew where it changes. */
export function GET(): Response {
  const words = Object.fromEntries(LANGUAGES.map((language) => [language, wordsIn(language)]));
  const settings = { build: BUILD, isOn: serverEnv().OFFLINE, words };
  return new Response(`self.clerva = ${JSON.stringify(settings)};\n`, {
    headers: { 'content-type': 'text/javascript; charset=utf-8' },
  });
}
