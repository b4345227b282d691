import { APPOSITION, clauseOf, firstStatement, isFiniteVerb, namesItself } from './clause.ts';
import type { Dictionary } from './dictionary.ts';
import { tokensOf } from './tags.ts';
import type { DefinitionFact, Term, Unit } from './types.ts';
import { isFit, isFitPart, readable, statementOf } from './units.ts';
import {
  bare,
  isFunctionWord,
  looksPlural,
  rootsOf,
  shared,
  withoutBrackets,
  withoutEnd,
  wordsOf,
} from './words.ts';

type Stated = { term: string; meaning: string; isPlural?: boolean };

const SHORTEST_MEANING = 15;
const LONGEST_MEANING = 210;

/** Says how good or how common a thing is, and not what it is. */
const EVALUATES =
  /^(?:an?|the|one of the) (?:very |more |most |fairly |relatively |particularly )?(?:good|great|useful|common|major|important|key|crucial|critical|significant|necessary|possible|big|small|large|result|case|same|only|first|last|best|worst|main|simple|easy|difficult|excellent|perfect|well[- ]known|famous|example|examples|subject|topic|problem|exception|efficient|effective|alternative|default|challenge|concern|reason|cause|consequence|leading|largest|most|few|lot|way|matter|hallmark|sign|choice|thing|little|bit|source|popular|powerful|recent|new|potential|promising|serious|vulnerable|avenue)\b|^one of the\b|^an? number of\b/i;

const TERM = "[\\p{L}\\p{N}][\\p{L}\\p{N}’' /-]{1,48}?(?: \\([A-Z][\\w-]{1,9}\\))?";

/** How notes say what something is: each rule reads a term and its meaning from a sentence. */
const PATTERNS: RegExp[] = [
  new RegExp(
    `^The (?:term|concept|word|phrase|name) [“"'‘]?(?<term>${TERM})[”"'’]? (?:is used to (?:define|describe|mean|refer to)|refers? to|describes|means|is defined as) (?<meaning>.+)$`,
    'u',
  ),
  new RegExp(
    `^(?:An?|The)? ?(?<term>${TERM}) (?:is|are) (?:generally |usually |often )?defined as (?<meaning>.+)$`,
    'u',
  ),
  new RegExp(
    `^(?<meaning>\\p{Lu}(?:(?! (?:is|are|was|were) )[^,;:]){20,180}?) (?:is|are) (?:also |often |usually |commonly |sometimes )?(?:called|known as|referred to as|termed) (?:an? |the )?(?<term>${TERM})[.]?$`,
    'u',
  ),
  new RegExp(
    `^(?:An?|The)? ?(?<term>${TERM}), which (?:is|are) (?<meaning>(?:an?|the) [^,;]{20,160}), .+$`,
    'u',
  ),
  new RegExp(`^(?:An?|The)? ?(?<term>${TERM}) (?:refers? to|means) (?<meaning>(?:an?|the) .+)$`, 'u'),
];

const RESULT_OF_ACTION = /^(?:The|An?) (?:result|combination|sum|rest|latter|former|other|two|three)\b/i;

function byPattern(statement: string): Stated | null {
  for (const pattern of PATTERNS) {
    const groups = pattern.exec(withoutEnd(statement))?.groups;
    const { term, meaning } = groups ?? {};
    if (term && meaning && !RESULT_OF_ACTION.test(meaning)) return { term, meaning };
  }
  return null;
}

function byApposition(statement: string): Stated | null {
  const [, term, meaning] = APPOSITION.exec(statement) ?? [];
  return term && meaning && /^(?:an?|the) /.test(meaning) && namesItself(term) ? { term, meaning } : null;
}

const IS_A =
  /^(?:is|are|was|were) (?:(?:usually|generally|also|often|simply|basically|essentially) )?((?:an?|the|any|one of the)\s.+)$/;
const MEANS = /^(?:refers? to|means?|is the term for|describes?|(?:is|are) the name (?:given )?to) (.+)$/;

function byClause(statement: string): Stated | null {
  const clause = clauseOf(statement);
  if (!clause || clause.lead || !namesItself(clause.subject)) return null;
  const predicate = firstStatement(clause.predicate);
  const meaning =
    IS_A.exec(predicate)?.[1] ?? MEANS.exec(predicate)?.[1] ?? bareNoun(predicate, clause.subject);
  if (!meaning || /^that\b|, but\b/.test(meaning)) return null;
  return { term: clause.subject, meaning, isPlural: clause.isPlural };
}

const SAYS_LITTLE =
  /^(?:very |more |most |so |too |also |often |not |no |one |part |only |just |still |now |much |less |called |known |used |able |likely |due |because |about |like |similar |different |common |important |key |main |good |best |better |great |useful |major |first |last |next |example|result|reason|problem|case|way|kind|type|lot|matter|goal|idea|question|time|thing|topic|focus|advantage|disadvantage|challenge|step|purpose|aim)\b/i;

/** "is retrieval without a cue": a noun behind the verb says what the subject is, also without an article. */
function bareNoun(predicate: string, subject: string): string | null {
  const meaning = /^(?:is|are) ((?!an? |the )\p{Ll}.+)$/u.exec(predicate)?.[1];
  if (!meaning || SAYS_LITTLE.test(meaning) || /^\p{Lu}\p{Ll}+ \p{Lu}\p{Ll}/u.test(subject)) return null;
  const [core = ''] = meaning.split(
    / (?:of|in|into|without|by|with|from|to|for|that|which|who|where|at|on|between|over|through|when|than)\b/,
  );
  const tokens = tokensOf(core);
  const [first] = tokens;
  const last = tokens.at(-1);
  const isThing =
    last !== undefined &&
    !core.includes(',') &&
    !['Adverb', 'Participle', 'PastTense', 'Preposition'].some((tag) => first?.tags.has(tag)) &&
    tokens.length <= 4 &&
    (last.tags.has('Noun') || last.tags.has('Gerund')) &&
    !['Adjective', 'Participle', 'PastTense'].some((tag) => last.tags.has(tag)) &&
    !/(?:ed|ly|ous|ful|able|ible|ive|al)$/.test(last.text);
  return isThing || (/^\p{Ll}+ing\b/u.test(meaning) && meaning.split(' ').length > 3) ? meaning : null;
}

const ENTRY = /^(?<term>.{2,70}?)\n\s*:\s*(?<meaning>.+)$/s;
/** "**Term:** meaning", "Term: meaning", "term – meaning". */
const ITEMS = [
  /^\*\*(?<term>[^*\n]{2,60}?):?\*\*\s*[:–—-]?\s+(?<meaning>.{12,})$/su,
  /^(?<term>[“"'‘]?\p{Lu}[\p{L}\p{N}\s’'()/-]{1,50}?[”"'’]?)(?::\s|\s[-–—]\s)\s*(?<meaning>.{12,})$/su,
  /^(?<term>\p{Ll}[\p{L}\p{N} ’'-]{2,40}?)\s[-–—]\s(?<meaning>.{12,})$/su,
];

/** The entries of a glossary and the items of a list that explain what stands before them. */
function byEntry(unit: Unit): Stated | null {
  const patterns = unit.kind === 'entry' ? [ENTRY] : ITEMS;
  const groups = patterns
    .map((pattern) => pattern.exec(unit.text)?.groups)
    .find((found) => found !== undefined);
  if (!groups?.term || !groups.meaning) return null;
  const term = readable(groups.term).replace(/\s*\([^)]*\)/g, '');
  const meaning = readable(groups.meaning)
    .replace(/^\([^)]*\)\s*/, '')
    .replace(/[\^\s]+$/, '');
  return { term, meaning: unit.kind === 'entry' ? meaning : meaning.replace(/(?<=[.!?])\s.*$/s, '') };
}

/** "### Dermis" and below it "The layer beneath the epidermis …": a phrase without a verb explains its heading. */
function byHeading(unit: Unit): Stated | null {
  if (!unit.opensSection || unit.kind === 'item' || !/^(?:The|An?) /.test(unit.clean)) return null;
  const tokens = tokensOf(unit.clean);
  const relative = tokens.findIndex(({ text }) => /^(?:that|which|who|where)$/i.test(text));
  const main = relative < 0 ? tokens : tokens.slice(0, relative);
  const hasVerb = main.some(
    (token) => isFiniteVerb(token) || token.tags.has('Copula') || token.tags.has('Modal'),
  );
  return hasVerb ? null : { term: unit.heading.replace(/^[\d.]+\s+/, ''), meaning: unit.clean };
}

const LEANS_ON_CONTEXT =
  /\b(?:this|these|those|such)\b|^(?:it|they|he|she|their|its|his|her)\b|\b(?:he|she|him|I)\b|^(?:see|also|cf|used|same as|to|by|use|study|make|try|avoid|do|get|keep|when|if|in order|because|don[’']t|never|always|please|for)\b/i;

/** "the return of a wave from a boundary" says what a thing is in three words. */
const leastWords = (meaning: string): number =>
  /^the (?:[\p{L}-]+ ){1,2}(?:of|at|from|between) /u.test(meaning) ? 3 : 4;

/** "an arthropod-borne virus" holds for many viruses: a hyphenated word is one word here. */
const FEWEST_CONTENT_WORDS = 3;
const contentWords = (meaning: string): number =>
  wordsOf(meaning).filter((word) => !isFunctionWord(word)).length;

/** What a meaning must be to stand on a card. */
const isMeaning = (meaning: string, isEntry: boolean): boolean =>
  meaning.length >= SHORTEST_MEANING &&
  meaning.length <= LONGEST_MEANING &&
  !LEANS_ON_CONTEXT.test(meaning) &&
  isFitPart(meaning) &&
  (isEntry || !EVALUATES.test(meaning)) &&
  !/[:;“”"]/.test(meaning);

/** What it must be to be asked for among others: few things may have it. */
const isTelling = (meaning: string): boolean =>
  contentWords(meaning) >= FEWEST_CONTENT_WORDS && rootsOf(meaning).length >= leastWords(meaning);

/** What a sentence, an entry or an item says a term means. Teaches the dictionary on the way. */
export function definitionsIn(unit: Unit, dictionary: Dictionary): DefinitionFact[] {
  const isListed = unit.kind === 'entry' || unit.kind === 'item';
  const statement = isFit(unit) ? statementOf(unit) : '';
  const listed = isListed ? byEntry(unit) : null;
  const stated =
    listed ??
    (statement
      ? (byHeading(unit) ?? byPattern(statement) ?? byApposition(statement) ?? byClause(statement))
      : null);
  if (!stated) return [];
  const whole = withoutEnd(firstStatementOf(stated.meaning, unit));
  const [opening = ''] = whole.split(' ', 1);
  const meaning = `${/^(?:The|An?)$/.test(opening) ? opening.toLowerCase() : dictionary.cased(opening)}${whole.slice(opening.length)}`;
  const isKey = unit.kind === 'entry' || isBold(stated.term, unit);
  const short =
    unit.kind === 'entry' ? /\(([A-Z][\w-]{1,9})\)/.exec(unit.text.split('\n', 1)[0] ?? '')?.[1] : undefined;
  const term = dictionary.add(stated.term, unit, {
    isNoun: true,
    ...(isKey ? { isKey } : {}),
    ...(stated.isPlural === undefined ? {} : { isPlural: stated.isPlural }),
  });
  if (!term || !isMeaning(meaning, unit.kind === 'entry') || repeats(term, meaning)) return [];
  const isAskable = unit.kind === 'entry' || isTelling(meaning);
  if (short) dictionary.equate(term, dictionary.add(short, unit));
  if (isAskable) dictionary.define(term, meaning, unit);
  const weight = (isKey ? 3 : listed ? 2.2 : 2) - (isAskable ? 0 : 0.6);
  const form = dictionary.cased(bare(stated.term));
  const isPlural = stated.isPlural ?? looksPlural(form);
  return [{ kind: 'definition', unit, term, form, meaning, isPlural, isAskable, weight }];
}

const firstStatementOf = (meaning: string, unit: Unit): string =>
  unit.kind === 'entry' ? meaning.replace(/\s*;\s.*$/, '') : withoutBrackets(meaning);

const isBold = (term: string, unit: Unit): boolean => {
  const name = bare(term).toLowerCase();
  return [...unit.text.matchAll(/\*\*([^*\n]{2,60})\*\*|<(?:b|strong|dfn)>([^<]{2,60})<\//g)].some(
    (bold) => bare(readable(bold[1] ?? bold[2] ?? '').replace(/:$/, '')).toLowerCase() === name,
  );
};

/** "Memory bias is a bias of memory" tells nothing. */
const repeats = (term: Term, meaning: string): boolean => {
  const own = new Set(rootsOf(term.text));
  return own.size > 0 && shared(rootsOf(meaning), own) === own.size && rootsOf(meaning).length < own.size + 4;
};
