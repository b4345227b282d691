import { hasMarkup, plain } from '../text/plain.ts';
import { type Sentence, sentences } from '../text/sentences.ts';
import { isEnglishQuery, terms } from '../text/terms.ts';
import { among, finds, match, rewritten, says, which, wordsOf } from '../words.ts';
import type { Passage } from './passages.ts';

/** Found by a listwise fit on public question sets and rounded: a few numbers, not a model. */
const WEIGHTS = {
  covered: 4.5,
  context: 4.5,
  kind: 0.7,
  defines: 0.9,
  introduces: 1.5,
  headed: 1.2,
  rank: 1.3,
  isQuestion: -1.5,
  isBroken: -1.2,
};

/** How a sentence looks against a question; shares are of the question's weight, 0 to 1. */
type Features = Record<keyof typeof WEIGHTS | 'close', number>;

/** What the question asks about, each with how telling it is. */
type Weighted = Unit & { weight: number };

/** A sentence with what a reader sees of it, and what it owes to the sentences around it. */
type Line = {
  sentence: Sentence;
  clean: string;
  list: string[];
  /** Words of the subject that the sentence speaks of as "it" or "they". */
  carried: Set<string>;
  pointsBack: boolean;
  /** The first sentence under its heading. */
  isFirst: boolean;
  opensList: boolean;
};

export type Candidate = Line & {
  passage: Passage;
  index: number;
  words: Set<string>;
  features: Features;
  /** The share of the question that the whole passage holds. */
  passageShare: number;
  score: number;
};

export type Ranking = { candidates: Candidate[]; asked: Asked; kind: string; units: Weighted[] };

/** The part before a plain verb, or the first words: enough to know what a sentence is about. */
export const subjectOf = (clean: string): string =>
  /^(.{2,60}?)\s(?:is|are|was|were|has|have|can|may)\b/.exec(clean)?.[1] ??
  clean.split(' ').slice(0, 4).join(' ');

/** A title, a table's row or the end of a sentence that began on another page does not read as an answer. */
function brokenness({ sentence, clean }: Line, passage: Passage): number {
  if (blockAfter(passage, sentence.end) !== null) return 0;
  const isPiece =
    sentence.kind === 'fragment' ||
    (sentence.kind === 'item' && clean.length < 40) ||
    (sentence.kind === 'prose' && /^[\p{Ll}),;]/u.test(clean));
  if (isPiece || /:$/.test(clean)) return 1;
  return says('about-the-text', clean) || hasMarkup(sentence.text) ? 0.6 : 0;
}

/** A displayed formula or a fence right below a sentence is the rest of it. */
const BLOCK_BELOW = /\s*\n\s*(\$\$[\s\S]{1,800}?\$\$|(```|~~~)[\s\S]{1,1500}?\n[ \t]*\2)/y;

/** The end of the block that begins at `from`; null where none does. */
export function blockAfter({ text }: Passage, from: number): number | null {
  BLOCK_BELOW.lastIndex = from;
  return BLOCK_BELOW.test(text) ? BLOCK_BELOW.lastIndex : null;
}

const SHORTEST_CANDIDATE = 8;
/** A row says nothing without its table's head; a block says nothing without the sentence before it. */
const NO_SENTENCE = /^\|.*\|$|^\$\$/;

/** All sentences of the passages, the likeliest answer first. */
export function rankSentences(question: string, passages: Passage[]): Ranking {
  const asked = readQuestion(question);
  const kind = questionKind(question);
  // One heading stands over many sentences.
  const known = new Map<string, string[]>();
  const cut = (text: string): string[] => {
    const words = known.get(text) ?? terms(text, { prefixes: !asked.isEnglish });
    known.set(text, words);
    return words;
  };
  const groups = passages.map((passage) => ({ passage, lines: readLines(passage, cut) }));
  const units = weigh(
    asked,
    groups.flatMap((group) => group.lines),
  );
  const read = featureReader(question, kind, units);
  const candidates = groups.flatMap(({ passage, lines }, rank) => {
    const title = cut(passage.title);
    const head = cut(passage.heading);
    const passageShare = coverage(units, [...lines.flatMap(({ list }) => list), ...head, ...title]);
    return lines.flatMap((line, index): Candidate[] => {
      const { sentence, clean, list, carried } = line;
      if (sentence.kind === 'heading' || clean.length < SHORTEST_CANDIDATE || list.length === 0) return [];
      if (says('exercise', clean) || NO_SENTENCE.test(sentence.text)) return [];
      const heading = cut(sentence.heading || (passage.heading.split(' > ').at(-1) ?? ''));
      const above = sentence.heading ? heading : head;
      const near = [...list, ...(lines[index - 1]?.list ?? []), ...above, ...carried, ...title];
      const features: Features = {
        ...read(line, near, heading),
        rank: 1 / (rank + 1),
        isQuestion: /[?？؟]["”’)]*$/.test(clean) ? 1 : 0,
        isBroken: brokenness(line, passage),
      };
      // The names are those of WEIGHTS, which `Object.entries` widens.
      const score = Object.entries(WEIGHTS).reduce(
        (sum, [key, weight]) => sum + weight * features[key as keyof Features],
        0,
      );
      return [{ ...line, passage, index, words: new Set(list), features, passageShare, score }];
    });
  });
  return { candidates: candidates.sort((a, b) => b.score - a.score), asked, kind, units };
}

const LIST_BELOW = /\s*\n\s*(?:[-*•]|\d{1,2}[.)])\s+\S/y;

/** The sentences of a passage, each with what it owes to its neighbours. */
function readLines(passage: Passage, cut: (text: string) => string[]): Line[] {
  const lines: Line[] = [];
  for (const sentence of sentences(passage.text)) {
    const clean = plain(sentence.text);
    const before = lines.at(-1);
    const pointsBack = says('points-back', clean);
    const goesOn = before?.sentence.kind === 'prose' && before.sentence.heading === sentence.heading;
    // A chain of "It … It …" speaks of what its first sentence spoke of.
    const subject = before && (before.carried.size > 0 ? before.carried : cut(subjectOf(before.clean)));
    LIST_BELOW.lastIndex = sentence.end;
    lines.push({
      sentence,
      clean,
      list: cut(clean),
      carried: new Set(goesOn && pointsBack ? subject : []),
      pointsBack,
      isFirst: before?.sentence.kind === 'heading' && sentence.kind === 'prose',
      opensList: sentence.kind === 'prose' && LIST_BELOW.test(passage.text),
    });
  }
  return lines;
}

/** Rare words say what a question is about. Rarity is counted over the sentences at hand, for want of anything better. */
function weigh(asked: Asked, lines: Line[]): Weighted[] {
  const frequency = new Map<string, number>();
  for (const { list } of lines)
    for (const word of new Set(list)) frequency.set(word, (frequency.get(word) ?? 0) + 1);
  return asked.units.map((unit) => {
    const count = Math.max(0, ...unit.forms.map((form) => frequency.get(form) ?? 0));
    return { ...unit, weight: Math.log(1 + (lines.length + 1) / (count + 0.5)) };
  });
}

/** A word that shares its first five letters is likely another form of the asked one. */
const NEAR_FORM_SHARE = 0.7;
/** A word that a pronoun stands for is there, but not in sight. */
const CARRIED_SHARE = 0.85;
const CLOSE_WINDOW = 9;

/** Reads the question once for all sentences. */
function featureReader(question: string, kind: string, units: Weighted[]) {
  const forms = new Set(units.flatMap((unit) => unit.forms));
  const asks = (word: string): boolean => forms.has(word);
  const sign = signOf(question, kind);
  const isAbout = kind === 'definition' || kind === 'manner';

  return (line: Line, near: string[], heading: string[]) => {
    const { clean, list, carried, isFirst } = line;
    const own = new Set(list);
    const lists = kind === 'list' && line.opensList;
    const outside = sign ? withoutAsked(clean, asks) : '';
    const start = new Set(list.slice(0, units.length + 1));
    // A heading that says what was asked and nothing else speaks for the sentence that it stands over.
    const isHeaded = heading.length > 0 && heading.every(asks) && coverage(units, heading) > 0.99;
    const isSubject = asks(list[0] ?? '') && units.every((unit) => has(unit, start));
    const isCarried = (unit: Unit): boolean => has(unit, carried) || (isHeaded && isFirst);
    const isDefined = list.slice(0, units.length + 2).some(asks) && says('defines', clean);
    const isIntroduced = isSubject ? isFirst || says('says-what', clean) : isHeaded && isFirst;
    return {
      covered: share(units, (unit) => Math.max(looksFor(unit, own), isCarried(unit) ? CARRIED_SHARE : 0)),
      context: coverage(units, near),
      // Asked words that stand together in one short window mean more.
      close: Math.max(
        0,
        ...list.map((word, i) => (asks(word) ? coverage(units, list.slice(i, i + CLOSE_WINDOW)) : 0)),
      ),
      kind: sign ? (lists || says(sign, outside) ? 1 : -1) : 0,
      defines: kind === 'definition' ? Math.max(definedIn(clean, units), isDefined ? 1 : 0) : 0,
      introduces: isAbout && isIntroduced ? 1 : 0,
      headed: isHeaded ? (isFirst ? 1 : 0.4) : 0,
    };
  };
}

/** How much more it is worth that a sentence says what the very thing is that was asked for, and nothing else at its place. */
const OF_AN_ENTRY = 4;
const OF_A_DEFINITION = 3;
const OF_A_NAMING = 1.4;

/** "Working memory – a store …", "Working memory is a …", "… is called working memory". */
function definedIn(clean: string, units: Weighted[]): number {
  const isAsked = (name = ''): boolean => {
    const key = terms(name.replace(/\([^)]*\)/g, ''));
    const held = new Set(key);
    return key.length > 0 && key.length <= units.length && units.every((unit) => has(unit, held));
  };
  if (isAsked(match('entry-of', clean)?.[1])) return OF_AN_ENTRY;
  if (isAsked(match('definition-of', clean)?.[1])) return OF_A_DEFINITION;
  return finds('naming-of', clean).some(([, name]) => isAsked(name)) ? OF_A_NAMING : 0;
}

const has = ({ forms }: Unit, words: ReadonlySet<string>): boolean => forms.some((form) => words.has(form));

function looksFor(unit: Unit, words: ReadonlySet<string>): number {
  if (has(unit, words)) return 1;
  const [form = ''] = unit.forms;
  if (form.length < 5 || !/^[a-z]+$/.test(form)) return 0;
  return [...words].some((word) => word.startsWith(form.slice(0, 5))) ? NEAR_FORM_SHARE : 0;
}

/** The sentence without the words of the question: a name or a year that was asked about is no answer. */
const withoutAsked = (clean: string, asks: (word: string) => boolean): string =>
  clean
    .split(/\s+/)
    .filter((word, i) => i === 0 || !terms(word).some(asks))
    .join(' ');

function share(units: Weighted[], found: (unit: Weighted) => number): number {
  const all = units.reduce((sum, { weight }) => sum + weight, 0);
  return all > 0 ? units.reduce((sum, unit) => sum + unit.weight * found(unit), 0) / all : 0;
}

/** The share of the question that some words hold. */
function coverage(units: Weighted[], words: string[]): number {
  const held = new Set(words);
  return share(units, (unit) => (has(unit, held) ? 1 : 0));
}

/** One thing a question asks about: a word with its prefix form, or one bigram. Any form found counts as found. */
export type Unit = { forms: string[]; isName: boolean };

export type Asked = { question: string; units: Unit[]; isEnglish: boolean };

/** Words that shape a question but say nothing about its subject. */
const SHAPE = new Set(terms([...wordsOf('shape')].join(' ')));

export function readQuestion(question: string): Asked {
  const isEnglish = isEnglishQuery(question);
  const subject = rewritten('shape-phrase', question);
  const words = isEnglish
    ? subject
    : subject.replace(/[\p{L}\p{M}'’-]+/gu, (word) =>
        among('shape-elsewhere', word.toLowerCase()) ? ' ' : word,
      );
  const names = namesIn(question);
  const units: Unit[] = [];
  for (const term of terms(words, { prefixes: !isEnglish })) {
    const last = units.at(-1);
    if (term.startsWith('~')) last?.forms.push(term);
    else if (!units.some((unit) => unit.forms[0] === term))
      units.push({ forms: formsOf(term), isName: names.has(term) });
  }
  // "What is working memory?": before the word that it goes with, such a word is half of a name.
  const name = new Set(terms(match('asks-name', question)?.[1] ?? ''));
  const telling = units.filter(({ forms: [form = ''] }) => !SHAPE.has(form) || name.has(form));
  return { question, units: telling.length > 0 ? telling : units, isEnglish };
}

/** "covid19" is written "COVID-19" elsewhere, and then stands in the text as two words. */
function formsOf(term: string): string[] {
  const letters = /^([a-z]{3,})\d+$/.exec(term)?.[1];
  return letters ? [term, letters] : [term];
}

/** Words written with a capital or a digit inside the question name something particular. */
function namesIn(question: string): Set<string> {
  const words = question.match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}'’.-]*/gu) ?? [];
  return new Set(words.flatMap((word, i) => (i > 0 && /^\p{Lu}|\d/u.test(word) ? terms(word) : [])));
}

/** The kind of a question, as the file of words names it; "thing" for any other. */
export function questionKind(question: string): string {
  const plain = question.toLowerCase().trim();
  const kind = which('question', plain);
  if ((!kind || ['definition', 'list', 'manner'].includes(kind)) && says('in-order', plain)) return 'list';
  // A bare subject asks what it is.
  return kind ?? (/^[\w'-]+(?: [\w'-]+){0,2}$/.test(plain) ? 'definition' : 'thing');
}

const SIGNED = ['person', 'place', 'reason', 'manner', 'list'];

/** What a sentence shows when it can answer a question of that kind. "When" may ask for an event or a stage as well as for a date. */
export function signOf(question: string, kind: string): string | null {
  if (kind === 'time') return says('asks-when', question) ? 'moment' : 'time';
  if (kind === 'number') return says('how-long', question) ? 'duration' : 'number';
  return SIGNED.includes(kind) ? `sign-${kind}` : null;
}
