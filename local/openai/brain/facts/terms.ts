import { finds, patterns, rewritten } from '../words.ts';
import { clauseOf } from './clause.ts';
import { beginsWrong, isNominal, isTermLike, nameKindOf, type Token, tokensOf } from './term-form.ts';
import type { NameKind, Saying, Term, Unit } from './types.ts';
import { isFit, readable, statementOf } from './units.ts';
import { bare, keyOf, lastWord, looksPlural, mainPart, namesIn, rootOf, wordsOf } from './words.ts';

const MOST_WORDS = 3;

/** Whole runs of adjectives and nouns that end with a noun: "dioxide" of "carbon dioxide" is none. */
function phrasesIn(unit: Unit): string[] {
  const tokens = tokensOf(statementOf(unit));
  const found: string[] = [];
  let run: Token[] = [];
  for (const [i, token] of tokens.entries()) {
    run = isNominal(token.tags) ? [...run, token] : [];
    const next = tokens[i + 1];
    const goesOn = next !== undefined && isNominal(next.tags) && !/[.,;:()—–]/.test(token.after);
    if (goesOn) continue;
    while (run[0] && beginsWrong(run[0].text)) run = run.slice(1);
    const phrase = run.map(({ text }) => text).join(' ');
    // Names are read by their capitals, which a sentence begins with as well.
    const isName = /\p{Lu}/u.test(i >= run.length ? phrase : phrase.slice(1));
    if (token.tags.has('Noun') && run.length > 0 && run.length <= MOST_WORDS && !isName) found.push(phrase);
    run = [];
  }
  return found;
}

/** The members of "a, b and c", and of a row of them what belongs together. */
const membersOf = (text: string): string[] =>
  text
    .split(/\s*,\s*(?:and |or )?|\s+(?:and|or|whereas|while|unlike)\s+/)
    .map((member) => bare(member.replace(/[.;:\s]+$/, '')))
    .filter(Boolean);

/** The things that notes speak of: what they explain, set in bold or write with capitals, and every other noun with its adjectives. */
export function termsOf(units: readonly Unit[], sayings: readonly Saying[]): Map<string, Term> {
  const terms = new Map<string, Term>();
  const isName = namesIn(units.map(({ clean }) => clean));
  const add = (text: string, isKey: boolean, isGiven = isKey, isLabel = false): Term | undefined => {
    const name = bare(text);
    const key = keyOf(name);
    const known = terms.get(key);
    if (known && isKey) known.isKey = true;
    if (known || key === '' || !(isLabel || isTermLike(name, isGiven))) return known;
    const [tags] = isKey || isName(name) ? [] : tokensOf(lastWord(name)).map((token) => token.tags);
    if (tags && (!tags.has('Noun') || tags.has('Verb'))) return undefined;
    const lazy: { kind?: NameKind } = {};
    const term: Term = {
      text: name,
      key,
      head: rootOf(lastWord(mainPart(name))),
      isPlural: looksPlural(name),
      isName: isName(name),
      // Most terms are never asked about, and the tagger is slow.
      get nameKind() {
        lazy.kind ??= nameKindOf(name);
        return lazy.kind;
      },
      isKey,
      isExplained: false,
      units: [],
      siblings: new Set(),
      aliases: new Set(),
      genus: new Set(),
    };
    terms.set(key, term);
    return term;
  };
  const fit = units.filter((unit) => unit.language === 'en' && isFit(unit));
  for (const { name, form, isPlural } of sayings) {
    const term = add(name, true, true, form === 'meaning' || form === 'note');
    // "Stomata are" tells more than its ending.
    if (term && isPlural !== null) term.isPlural = isPlural;
    if (term && form !== 'deed') term.isExplained = true;
  }
  for (const unit of units)
    for (const [, bold, strong] of finds('in-bold', unit.text)) {
      const term = add(readable(bold ?? strong ?? ''), true, false);
      if (term) term.isExplained = true;
    }
  for (const { clean } of fit) {
    for (const [name] of finds('capitals', clean)) add(name, false);
    for (const [, one = '', other = ''] of finds('two-names', clean))
      for (const term of endsOf(one, terms)) {
        const same = add(other, false);
        if (same && same !== term) term.aliases.add(same.key);
        if (same && same !== term) same.aliases.add(term.key);
      }
  }
  for (const unit of units.filter(({ language, kind }) => language === 'en' && kind === 'prose')) {
    const subject = clauseOf(statementOf(unit))?.subject ?? '';
    if (!beginsWrong(subject)) add(subject, !/^the \p{Ll}+$/iu.test(subject), false);
  }
  for (const unit of fit) for (const phrase of phrasesIn(unit)) add(phrase, false);
  findPlaces(terms, units);
  relate(terms, units, sayings);
  return terms;
}

/** The terms that a phrase ends with: "important nucleic acids" holds one. */
const endsOf = (phrase: string, terms: ReadonlyMap<string, Term>): Term[] =>
  phrase
    .trim()
    .split(' ')
    .flatMap((_, i, words) => terms.get(keyOf(words.slice(i).join(' '))) ?? []);

function findPlaces(terms: ReadonlyMap<string, Term>, units: readonly Unit[]): void {
  const byRoot = new Map<string, Unit[]>();
  for (const unit of units)
    for (const root of new Set(unit.keys.trim().split(' ')))
      byRoot.set(root, [...(byRoot.get(root) ?? []), unit]);
  for (const term of terms.values()) {
    const first = term.key.split(' ')[0] ?? '';
    term.units = (byRoot.get(first) ?? []).filter(({ keys }) => keys.includes(` ${term.key} `));
  }
}

/** Teaches the terms which are kinds of which, and which stand side by side: neither kind nor whole may be a wrong choice for the other. */
function relate(terms: ReadonlyMap<string, Term>, units: readonly Unit[], sayings: readonly Saying[]): void {
  const join = (members: readonly (Term | undefined)[]): void => {
    for (const a of members) for (const b of members) if (a && b && a !== b) a.siblings.add(b.key);
  };
  for (const { clean, language, kind } of units) {
    if (language !== 'en' || kind === 'fragment') continue;
    for (const [row] of finds('row-of-names', clean))
      join(membersOf(row).map((member) => endsOf(member, terms)[0]));
  }
  const lines = sayings.filter(({ unit }) => unit.kind !== 'prose');
  for (const list of Map.groupBy(
    lines,
    ({ unit }) => `${unit.passage.n} ${unit.heading} ${unit.list}`,
  ).values())
    join(list.map(({ key }) => terms.get(key)));
  for (const { key, says, form } of sayings) {
    const term = form === 'being' || form === 'meaning' || form === 'note' ? terms.get(key) : undefined;
    const [phrase = ''] = rewritten('genus-lead', says).split(patterns('ends-genus')[0]?.pattern ?? '', 1);
    const words = wordsOf(phrase);
    for (let i = Math.max(0, words.length - MOST_WORDS); term && i < words.length; i++) {
      const genus = keyOf(words.slice(i).join(' '));
      if (genus !== key && genus !== term.head) term.genus.add(genus);
    }
  }
  // A messenger RNA is an RNA, and so a nucleic acid: what holds for the whole kind is known of its kinds.
  for (let round = 0; round < 2; round++)
    for (const term of terms.values())
      for (const key of [...term.genus, ...term.aliases, term.head])
        for (const genus of (key === term.key ? undefined : terms.get(key))?.genus ?? [])
          if (genus !== term.key) term.genus.add(genus);
}
