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

type Stated = { term: string; meaning: string; isPlural?: boolean; isStatement?: boolean };

const SHORTEST_MEANING = 15;
const LONGEST_MEANING = 210;
const FEWEST_CONTENT_WORDS = 3;

/** Says how good or how common a thing is, which part it once played, or how it changes, and not what it is. */
const EVALUATES =
  /^(?:an?|the|one of the) (?:very |more |most |fairly |relatively |particularly |highly |widely |readily )?(?:effective |implemented )?(?:novel|behaviou?r|intervention|good|great|useful|common|major|important|key|crucial|critical|significant|necessary|possible|big|small|large|result|case|same|only|first|second|third|last|best|worst|main|simple|easy|difficult|excellent|perfect|well[- ]known|famous|example|examples|subject|topic|problem|exception|efficient|effective|alternative|default|challenge|concern|reason|cause|consequence|leading|largest|smallest|highest|most|least|few|lot|way|matter|hallmark|sign|choice|thing|little|bit|source|popular|powerful|recent|new|potential|promising|serious|vulnerable|avenue|fundamental|classic|typical|natural|opposite|focus|goal|purpose|place|time|year|period|part|role|winner|target|victim|author|leader|founder|member|home|heart|core|key)\b|^one of the\b|^an? number of\b|\b(?:of|in|for|by) (?:many|most|some|several|various|different)\b|\b(?:once|then|formerly?|at the time|nowadays|today|currently|recently|no longer|still|later|earlier|becoming|getting|here|likely|probably|perhaps|of the day)\b/i;

const TERM = "[\\p{L}\\p{N}][\\p{L}\\p{N}’' /-]{1,48}?(?: \\([A-Z][\\w-]{1,9}\\))?";
const ARTICLE = '(?:(?:An?|The) )?';

/** How notes say what something is: each rule reads a term and its meaning from a sentence. */
const PATTERNS = [
  `^The (?:term|concept|word|phrase) [“"'‘]?(?<term>${TERM})[”"'’]? (?:is used to (?:define|describe|mean|refer to)|refers? to|describes|means|is defined as) (?<meaning>.+)$`,
  `^${ARTICLE}(?<term>${TERM}) (?:is|are) (?:generally |usually |often )?defined as (?<meaning>.+)$`,
  `^(?<meaning>(?!(?:The|An?) (?:result|combination|sum|rest|latter|former|other|two|three)\\b)\\p{Lu}(?:(?! (?:is|are|was|were) )[^,;:]){20,180}?) (?:is|are) (?:also |often |usually |commonly |sometimes )?(?:called|known as|referred to as|termed) (?:an? |the )?(?<term>${TERM})[.]?$`,
  `^${ARTICLE}(?<term>${TERM}), which (?:is|are) (?<meaning>(?:an?|the) [^,;]{20,160}), .+$`,
  `^${ARTICLE}(?<term>${TERM}) (?:refers? to|means) (?<meaning>(?:an?|the) .+)$`,
].map((source) => new RegExp(source, 'u'));

const ENTRY = [/^(?<term>.{2,70}?)\n\s*:\s*(?<meaning>.+)$/s];
/** "**Term:** meaning", "Term: meaning", "term – meaning". */
const ITEMS = [
  /^\*\*(?<term>[^*\n]{2,60}?):?\*\*\s*[:–—-]?\s+(?<meaning>.{12,})$/su,
  /^(?<term>[“"'‘]?\p{Lu}[\p{L}\p{N}\s’'()/-]{1,50}?[”"'’]?)(?::\s|\s[-–—]\s)\s*(?<meaning>.{12,})$/su,
  /^(?<term>\p{Ll}[\p{L}\p{N} ’'-]{2,40}?)\s[-–—]\s(?<meaning>.{12,})$/su,
];

function byPattern(text: string, patterns: readonly RegExp[]): Stated | null {
  for (const pattern of patterns) {
    const { term, meaning } = pattern.exec(text)?.groups ?? {};
    if (term && meaning) return { term, meaning };
  }
  return null;
}

function byApposition(statement: string): Stated | null {
  const [, term, meaning] = APPOSITION.exec(statement) ?? [];
  // "Heeding the call, the legislature …" only leads on.
  const isName = term !== undefined && namesItself(term) && !/^\p{Lu}\p{Ll}+ing /u.test(term);
  return isName && meaning && /^(?:an?|the) /.test(meaning) ? { term, meaning } : null;
}

const IS_A =
  /^(?:is|are) (?:(?:usually|generally|also|often|simply|basically|essentially) )?((?:an?|the|any)\s.+)$/;
/** What a thing was is what it is when the sentence tells it from others, and no part that it once played. */
const WAS_A = /^(?:was|were) ((?:an? )?(?!one\b)\p{Ll}[^,;]*? (?:that|who|which|whose) .+)$/u;
const MEANS = /^(?:refers? to|means?|is the term for|(?:is|are) the name (?:given )?to) (.+)$/;

function byClause(statement: string): Stated | null {
  const clause = clauseOf(withoutBrackets(statement));
  if (!clause || clause.lead || !namesItself(clause.subject)) return null;
  const predicate = firstStatement(clause.predicate);
  const meaning =
    IS_A.exec(predicate)?.[1] ??
    WAS_A.exec(predicate)?.[1] ??
    MEANS.exec(predicate)?.[1] ??
    bareNoun(predicate, clause.subject);
  if (!meaning || /^that\b|, but\b/.test(meaning)) return null;
  return { term: clause.subject, meaning, isPlural: clause.isPlural };
}

const SAYS_LITTLE =
  /^(?:very |more |most |so |too |also |often |not |no |one |part |only |just |still |now |much |less |called |known |used |able |likely |due |because |about |like |similar |different |common |important |key |main |good |best |better |great |useful |major |first |last |next |example|result|reason|problem|case|way|kind|type|lot|matter|goal|idea|question|time|thing|topic|focus|advantage|disadvantage|challenge|step|purpose|aim)\b|^\p{L}+ing (?!of\b)(?:\p{L}+ly |more |faster |to |in |on |at |for )/u;

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
    tokens.length <= 4 &&
    !['Adverb', 'Participle', 'PastTense', 'Preposition', 'Gerund'].some((tag) => first?.tags.has(tag)) &&
    last.tags.has('Noun') &&
    !['Adjective', 'Participle', 'PastTense'].some((tag) => last.tags.has(tag)) &&
    !/(?:ed|ly|ous|ful|able|ible|ive|al)$/.test(last.text);
  return isThing ? meaning : null;
}

/** The entries of a glossary and the items of a list that explain what stands before them. */
function byEntry({ kind, text }: Unit): Stated | null {
  const found = byPattern(text, kind === 'entry' ? ENTRY : ITEMS);
  if (!found) return null;
  const term = readable(found.term).replace(/\s*\([^)]*\)/g, '');
  const whole = readable(found.meaning)
    .replace(/^\([^)]*\)\s*/, '')
    .replace(/[\^\s]+$/, '');
  const meaning = kind === 'entry' ? whole : whole.replace(/(?<=[.!?])\s.*$/s, '');
  // "Automated watering: measuring moisture allows farmers to …" is a statement about the term.
  const isStatement =
    kind === 'item' && clauseOf(`${meaning.charAt(0).toUpperCase()}${meaning.slice(1)}`) !== null;
  return { term, meaning, isStatement };
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
  /\b(?:this|these|those|such)\b|^(?:it|they|he|she|their|its|his|her)\b|\b(?:he|she|him|I)\b|^(?:see|also|of|cf|having|used|given|isolated|added|taken|same as|to|by|use|study|make|try|avoid|do|get|keep|when|if|in order|because|don[’']t|never|always|please|for|under|in|on|at|with|from|about)\b/i;

const contentWords = (meaning: string): number =>
  wordsOf(meaning).filter((word) => !isFunctionWord(word)).length;

/** What a meaning must be to stand on a card, and to be asked for among others: few things may have it. */
const isMeaning = (meaning: string, { kind }: Unit): boolean =>
  meaning.length >= SHORTEST_MEANING &&
  meaning.length <= LONGEST_MEANING &&
  !LEANS_ON_CONTEXT.test(meaning) &&
  isFitPart(meaning) &&
  !/[:;“”"]/.test(meaning) &&
  isWhole(meaning) &&
  (kind === 'entry' || (!EVALUATES.test(meaning) && contentWords(meaning) >= FEWEST_CONTENT_WORDS));

/** "supported by evidence that the spread of viruses": what follows has lost its verb. */
function isWhole(meaning: string): boolean {
  const clause = /(?:ing|evidence|fact|claim|idea|belief|view|sign) that ((?:the|an?|\w+s) [^,]+)$/.exec(
    meaning,
  )?.[1];
  return (
    clause === undefined || tokensOf(clause).some(({ tags }) => tags.has('Verb') || tags.has('Auxiliary'))
  );
}

/** What a sentence, an entry or an item says a term means. Teaches the dictionary on the way. */
export function definitionsIn(unit: Unit, dictionary: Dictionary): DefinitionFact[] {
  const isEntry = unit.kind === 'entry';
  const statement = isFit(unit) ? statementOf(unit) : '';
  const listed = isEntry || unit.kind === 'item' ? byEntry(unit) : null;
  const said = statement
    ? (byHeading(unit) ??
      byPattern(withoutEnd(statement), PATTERNS) ??
      byApposition(statement) ??
      byClause(statement))
    : null;
  const stated = listed ?? said;
  if (!stated) return [];
  const whole = withoutEnd(
    isEntry ? stated.meaning.replace(/\s*;\s.*$/, '') : withoutBrackets(stated.meaning),
  );
  const [opening = ''] = whole.split(' ', 1);
  const meaning = `${/^(?:The|An?)$/.test(opening) ? opening.toLowerCase() : dictionary.cased(opening)}${whole.slice(opening.length)}`;
  const isKey = isEntry || isBold(stated.term, unit);
  const plural = stated.isPlural === undefined ? {} : { isPlural: stated.isPlural };
  const isGiven = isEntry || isKey;
  const term = dictionary.add(stated.term, unit, { isNoun: true, isKey, isGiven, ...plural });
  if (!term || !isMeaning(meaning, unit) || repeats(term, meaning) || holdsVerb(stated.term)) return [];
  const short = isEntry ? /\(([A-Z][\w-]{1,9})\)/.exec(unit.text.split('\n', 1)[0] ?? '')?.[1] : undefined;
  if (short) dictionary.equate(term, dictionary.add(short, unit));
  const isStatement = stated.isStatement === true;
  if (!isStatement) dictionary.define(term, meaning, unit);
  const form = dictionary.cased(bare(stated.term));
  const isPlural = stated.isPlural ?? looksPlural(form);
  const weight = isKey ? 3 : listed ? 2.2 : 2;
  return [{ kind: 'definition', unit, term, form, meaning, isPlural, isStatement, weight }];
}

/** "Aerobic exercise promotes growth" is a statement, and no term. */
const holdsVerb = (name: string): boolean =>
  tokensOf(name)
    .slice(1, -1)
    .some((token) => isFiniteVerb(token) && !token.tags.has('Noun'));

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
