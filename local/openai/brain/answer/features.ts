import type { Sentence } from '../text/sentences.ts';
import { terms } from '../text/terms.ts';
import { brokenness, pointsBack } from './candidates.ts';
import { type QuestionKind, type Signs, signsOf, type Unit } from './question.ts';

/** Found by a listwise fit on public question sets and rounded: a dozen numbers, not a model. */
const WEIGHTS = {
  covered: 4.5,
  context: 4.5,
  passage: 0,
  pairs: 1.5,
  close: 1,
  kind: 0.7,
  strongKind: 1.3,
  defines: 0.9,
  introduces: 1.5,
  verb: 0.45,
  focus: 0.35,
  rank: 1.3,
  startsWithPronoun: 0,
  isLong: -0.5,
  isQuestion: -1.5,
  isBroken: -1.2,
  novelty: -0.7,
  missingNames: -0.7,
  missingTopic: -1.5,
  subject: 0.35,
};

/** How a sentence looks against a question; shares are of the question's weight, 0 to 1. */
export type Features = Record<keyof typeof WEIGHTS, number>;

/** A word that shares its first five letters is likely another form of the asked one. */
const NEAR_FORM_SHARE = 0.7;
/** A word that a pronoun stands for is there, but not in sight. */
const CARRIED_SHARE = 0.85;
/** A number, but not one of what was to be counted. */
const UNCOUNTED = 0.4;
const CLOSE_WINDOW = 9;

/** A sentence with what a reader sees of it, its words, and what it owes to the sentences around it. */
export type Line = {
  sentence: Sentence;
  clean: string;
  words: string[];
  /** Words of the subject that the sentence speaks of as "it" or "they". */
  carried: Set<string>;
  /** The first sentence under its heading. */
  isFirst: boolean;
  opensList: boolean;
};

/** What the question asks about, each with how telling it is. */
export type Weighted = Unit & { weight: number };

/** The question, read once for all sentences. */
export type Question = {
  kind: QuestionKind;
  signs: Signs;
  units: Weighted[];
  names: Weighted[];
  topic: Weighted[];
  asks: (word: string) => boolean;
  verb: string | undefined;
  focus: string | undefined;
};

/** "The running time of X": a sentence about something else than X has the wrong running time. */
const TOPIC = /\b(?:of|for) ([^?]+?)[\s?.]*$/i;

const SUBJECT_WORDS = 4;

export function prepareQuestion(question: string, kind: QuestionKind, units: Weighted[]): Question {
  const topic = new Set(terms(TOPIC.exec(question)?.[1] ?? ''));
  const forms = new Set(units.flatMap((unit) => unit.forms));
  const verb =
    /\b(?:did|does|do|can|could|will|would)\s+.*?\s(\w+)\s*\??$/.exec(question)?.[1] ??
    /^(?:who|what|which \w+)\s+(\w+ed|\w+s)\b/i.exec(question)?.[1];
  const focus = /\b(?:what|which)\s+(?:type of |kind of |sort of |other )?([a-z]{4,})\b/i.exec(question)?.[1];
  return {
    kind,
    signs: signsOf(question, kind),
    units,
    names: units.filter((unit) => unit.isName),
    topic: units.filter((unit) => unit.forms.some((form) => topic.has(form))),
    asks: (word) => forms.has(word),
    verb: terms(verb ?? '')[0],
    focus: terms(focus ?? '')[0],
  };
}

/** Where a sentence stands: the words around it, those of its whole passage, and the passage's place among the results. */
export type Place = { rank: number; near: Set<string>; whole: Set<string> };

export const scoreOf = (features: Features): number => {
  let sum = 0;
  for (const key of Object.keys(WEIGHTS) as (keyof Features)[]) sum += features[key] * WEIGHTS[key];
  return sum;
};

export function readFeatures(line: Line, question: Question, { rank, near, whole }: Place): Features {
  const { kind, signs, units, names, topic, asks, verb, focus } = question;
  const { sentence, clean, words, carried } = line;
  const own = new Set(words);
  const opening = new Set(words.slice(0, SUBJECT_WORDS));
  const { sign } = signs;
  const lists = kind === 'list' && line.opensList;
  const outside = sign ? withoutAsked(clean, asks) : '';
  const subjectFirst = words.slice(0, units.length + 2).some(asks);
  return {
    covered: share(units, (unit) => Math.max(looksFor(unit, own), has(unit, carried) ? CARRIED_SHARE : 0)),
    context: share(units, (unit) => (has(unit, near) ? 1 : 0)),
    passage: share(units, (unit) => (has(unit, whole) ? 1 : 0)),
    pairs: pairsIn(units, words),
    close: closeness(units, words, asks),
    kind: sign ? (lists || sign.test(outside) ? 1 : -1) : 0,
    strongKind: lists ? 1 : strength(signs, clean, outside),
    defines: kind === 'definition' && subjectFirst && DEFINES.test(clean) ? 1 : 0,
    introduces: introduces(line, question) ? 1 : 0,
    verb: verb && own.has(verb) ? 1 : 0,
    focus: focus && own.has(focus) ? 1 : 0,
    rank: 1 / (rank + 1),
    startsWithPronoun: pointsBack(clean) ? 1 : 0,
    isLong: Math.max(0, clean.length - 300) / 200,
    isQuestion: /[?？؟]["”’)]*$/.test(clean) ? 1 : 0,
    isBroken: brokenness(sentence, clean),
    novelty: Math.min(1, words.filter((word) => !asks(word)).length / 8),
    missingTopic: topic.length > 0 ? share(topic, (unit) => (has(unit, near) ? 0 : 1)) : 0,
    subject: share(units, (unit) => (has(unit, opening) ? 1 : 0)),
    missingNames: names.length > 0 ? names.filter((unit) => !has(unit, whole)).length / names.length : 0,
  };
}

/** A number of what was to be counted, or the form that was asked for; less for a number of something else. */
function strength({ strong, counted }: Signs, clean: string, outside: string): number {
  if (counted?.test(clean)) return 1;
  if (!strong?.test(outside)) return 0;
  return counted ? UNCOUNTED : 1;
}

const SAYS_WHAT =
  /^.{2,80}?\b(?:(?:is|are|was|were) (?:an?|the|one|any|how|where|called|known|defined|\w+ing|\w+ (?:when|if|while))\b|refers? to\b|means?\b|consists? of\b)/i;

/** The sentence a section begins with, or one that says what its subject is. */
function introduces({ clean, words, isFirst }: Line, { kind, units, asks }: Question): boolean {
  if (kind !== 'definition' && kind !== 'manner') return false;
  const subject = new Set(words.slice(0, units.length + 1));
  const isAbout = asks(words[0] ?? '') && units.every((unit) => has(unit, subject));
  return isAbout && (isFirst || SAYS_WHAT.test(clean));
}

const DEFINES =
  /^[^,.;]{0,80}?\b(?:is|are|was|were|refers? to|means?|consists? of|describes?|is called|is known as|is defined as)\b|^[^.]{2,50}(?:\n: | [-–:] )/;

/** The share of the question that some words cover. */
export const coverage = (units: Weighted[], words: Set<string>): number =>
  share(units, (unit) => looksFor(unit, words));

const has = (unit: Unit, words: Set<string>): boolean => unit.forms.some((form) => words.has(form));

function looksFor(unit: Unit, words: Set<string>): number {
  if (has(unit, words)) return 1;
  const [form = ''] = unit.forms;
  if (form.length < 5 || !/^[a-z]+$/.test(form)) return 0;
  for (const word of words) if (word.startsWith(form.slice(0, 5))) return NEAR_FORM_SHARE;
  return 0;
}

/** The sentence without the words of the question: a name or a year that was asked about is no answer. */
const withoutAsked = (clean: string, asks: (word: string) => boolean): string =>
  clean
    .split(/\s+/)
    .filter((word, i) => i === 0 || !terms(word).some(asks))
    .join(' ');

function share(units: Weighted[], found: (unit: Weighted) => number): number {
  let all = 0;
  let sum = 0;
  for (const unit of units) {
    all += unit.weight;
    sum += unit.weight * found(unit);
  }
  return all > 0 ? sum / all : 0;
}

function pairsIn(units: Weighted[], words: string[]): number {
  if (units.length < 2) return 0;
  const next = new Set(words.slice(1).map((word, i) => `${words[i]} ${word}`));
  const found = units
    .slice(1)
    .filter((unit, i) => units[i]?.forms.some((a) => unit.forms.some((b) => next.has(`${a} ${b}`))));
  return found.length / (units.length - 1);
}

/** The largest share of the asked weight inside one short window: asked words that stand together mean more. */
function closeness(units: Weighted[], words: string[], asks: (word: string) => boolean): number {
  let best = 0;
  for (const [i, word] of words.entries()) {
    if (!asks(word)) continue;
    const window = new Set(words.slice(i, i + CLOSE_WINDOW));
    best = Math.max(
      best,
      share(units, (unit) => (has(unit, window) ? 1 : 0)),
    );
  }
  return best;
}
