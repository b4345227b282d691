import type { ReactNode } from 'react';
import type { Language } from '../domain/language.ts';
import type { Sayings } from '../domain/said.ts';
import type german from './messages/de.json';
import { told } from './told.ts';

/** Every text is a key of each catalogue; English needs none. */
type Catalogue = typeof german;
/** The catalogue is kept in groups, so that a page is sent only those it shows. */
export type Group = keyof Catalogue;
/** A text of the interface by its English. What stands behind `|` tells two meanings of the same words apart. */
type Said = Exclude<Group, 'errors'>;
export type Text = { [G in Said]: keyof Catalogue[G] }[Said];
/** A text outside of a component, to be said by whoever shows it: `t(message)`. No page can show it as it is. */
export type Message = { readonly text: Text };
export const text = (words: Text): Message => ({ text: words });
/** A sentence that is kept in English and said by `t.fault` where it is shown, as one of the API is. */
export const sentence = (words: Text): Text => words;

/** What the English texts are in another language. Empty for English itself. */
export type Messages = Readonly<Record<string, string>>;

type Values = Readonly<Record<string, string | number>>;
type RichValues = Readonly<Record<string, ReactNode | ((words: string) => ReactNode)>>;

type Problem = { code?: string; message: string; said?: Sayings | null | undefined };

/** Says a text in the language of whoever reads it. */
export type Translate = {
  (text: Text | Message, values?: Values): string;
  /** The same with elements in it: `<link>here</link>` is made by the value `link`. */
  rich(text: Text | Message, values: RichValues): ReactNode;
  /** What went wrong: the sentence itself where it is known or told what it is made of, else the one of its code. */
  fault(problem: Problem): string;
  language: Language;
};

const CONTEXT = /\|[a-z ]+$/;
const TAG = /<(\w+)>(.*?)<\/\1>/s;

const rules = new Map<Language, Intl.PluralRules>();

function pluralOf(count: number, language: Language): string {
  const rule = rules.get(language) ?? new Intl.PluralRules(language);
  rules.set(language, rule);
  return rule.select(count);
}

/** Where the brace that opens at `from` is closed. */
function closing(message: string, from: number): number {
  let depth = 0;
  for (let at = from; at < message.length; at++) {
    if (message[at] === '{') depth++;
    else if (message[at] === '}' && --depth === 0) return at;
  }
  return message.length;
}

/** `one {# card} other {# cards}` as its branches. */
function branchesOf(text: string): Map<string, string> {
  const branches = new Map<string, string>();
  for (let at = 0; at < text.length; ) {
    const open = text.indexOf('{', at);
    if (open === -1) break;
    const end = closing(text, open);
    branches.set(text.slice(at, open).trim(), text.slice(open + 1, end));
    at = end + 1;
  }
  return branches;
}

/** Fills `{name}`, `{count, plural, one {# card} other {# cards}}` and `{kind, select, a {…} other {…}}`. */
function fill(message: string, values: RichValues, language: Language): ReactNode[] {
  const open = message.indexOf('{');
  if (open === -1) return message === '' ? [] : [message];
  const end = closing(message, open);
  const [name = '', kind, ...rest] = message.slice(open + 1, end).split(',');
  const value = values[name.trim()];
  const after = fill(message.slice(end + 1), values, language);
  const before = message.slice(0, open);
  if (kind === undefined) return [before, typeof value === 'function' ? value('') : value, ...after];
  const branches = branchesOf(rest.join(','));
  const chosen =
    branches.get(kind.trim() === 'plural' ? `=${value}` : String(value)) ??
    (kind.trim() === 'plural' ? branches.get(pluralOf(Number(value), language)) : undefined) ??
    branches.get('other') ??
    '';
  return [before, ...fill(chosen.replaceAll('#', String(value)), values, language), ...after];
}

function richly(message: string, values: RichValues, language: Language): ReactNode[] {
  const found = TAG.exec(message);
  if (!found) return fill(message, values, language);
  const [whole, name = '', inner = ''] = found;
  const make = values[name];
  const words = fill(inner, values, language).join('');
  return [
    ...fill(message.slice(0, found.index), values, language),
    typeof make === 'function' ? make(words) : words,
    ...richly(message.slice(found.index + whole.length), values, language),
  ];
}

/** Puts the parts of a rich text together: `inFragment` where pages are drawn. */
type Together = (parts: readonly ReactNode[]) => ReactNode;

/**
 * `messages` may hold only the groups of a page: what is missing is said in English. Without `together` nothing of React is
 * loaded: a thread that reads files says sentences too.
 */
export function translator(
  language: Language,
  messages: Messages,
  together: Together = (parts) => parts,
): Translate {
  const found = (words: Text | Message) => {
    const key = typeof words === 'object' ? words.text : words;
    return messages[key] ?? key.replace(CONTEXT, '');
  };
  const translate = (text: Text | Message, values?: Values) => {
    const message = found(text);
    return values ? fill(message, values, language).join('') : message;
  };
  const all: Translate = Object.assign(translate, {
    language,
    rich: (text: Text | Message, values: RichValues) => together(richly(found(text), values, language)),
    fault({ code, message, said }: Problem) {
      if (language === 'en') return message;
      if (said && Object.hasOwn(said, message)) return told(message, said, all);
      return messages[message] ?? messages[`error.${code}`] ?? message;
    },
  });
  return all;
}

export const inEnglish = translator('en', {});
