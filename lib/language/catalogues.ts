import type { Language } from '../domain/language.ts';
import { inFragment } from './fragment.ts';
import de from './messages/de.json' with { type: 'json' };
import es from './messages/es.json' with { type: 'json' };
import fr from './messages/fr.json' with { type: 'json' };
import { type Group, type Messages, type Translate, translator } from './text.ts';

type Catalogue = Readonly<Record<Group, Messages>>;
const CATALOGUES: Readonly<Record<Exclude<Language, 'en'>, Catalogue>> = { de, es, fr };

/** The texts of some groups; none for English. */
export const messagesOf = (language: Language, groups: readonly Group[]): Messages =>
  language === 'en' ? {} : Object.assign({}, ...groups.map((group) => CATALOGUES[language][group]));

const translators = new Map<Language, Translate>();

/** Says every text, where all of them are at hand: on the server. */
export function translatorOf(language: Language): Translate {
  const translate =
    translators.get(language) ??
    translator(language, messagesOf(language, Object.keys(de) as Group[]), inFragment);
  translators.set(language, translate);
  return translate;
}
