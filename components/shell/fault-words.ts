import { isLanguage, LANGUAGE_COOKIE, type Language, wantedLanguage } from '@/lib/domain/language';
import type { Messages } from '@/lib/language/text';

/**
 * What `Fault` says, for the one page that nobody hands its words to. They are the few of the catalogues that it needs, and
 * held to them by a test: the catalogues themselves would come with every page.
 */
export const FAULT_WORDS: Readonly<Record<Language, Messages>> = {
  en: {},
  de: {
    'That did not work, and it is our fault': 'Das hat nicht geklappt, und es liegt an uns',
    'Nothing of yours is lost. If it happens again, send us the code.':
      'Von dir ist nichts verloren. Passiert es noch einmal, schick uns den Code.',
    'Try again': 'Noch einmal versuchen',
    'Copy the code {code}': 'Den Code {code} kopieren',
    Copied: 'Kopiert',
  },
  es: {
    'That did not work, and it is our fault': 'No ha funcionado, y es culpa nuestra',
    'Nothing of yours is lost. If it happens again, send us the code.':
      'No se ha perdido nada tuyo. Si vuelve a pasar, envíanos el código.',
    'Try again': 'Intentar de nuevo',
    'Copy the code {code}': 'Copiar el código {code}',
    Copied: 'Copiado',
  },
  fr: {
    'That did not work, and it is our fault': 'Ça n’a pas marché, et c’est notre faute',
    'Nothing of yours is lost. If it happens again, send us the code.':
      'Rien de toi n’est perdu. Si ça se reproduit, envoie-nous le code.',
    'Try again': 'Réessayer',
    'Copy the code {code}': 'Copier le code {code}',
    Copied: 'Copié',
  },
};

/** For a page the server had no say in: what was drawn before it, else what this browser keeps, else what it wants. */
export function documentLanguage(): Language {
  const drawn = document.documentElement.lang;
  if (isLanguage(drawn)) return drawn;
  const kept = document.cookie.split('; ').find((cookie) => cookie.startsWith(`${LANGUAGE_COOKIE}=`));
  const chosen = kept?.slice(LANGUAGE_COOKIE.length + 1);
  return isLanguage(chosen) ? chosen : wantedLanguage(navigator.languages.join(','));
}
