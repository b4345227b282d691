import { hasMarkup, plain } from '../text/plain.ts';
import { type Sentence, sentences } from '../text/sentences.ts';
import { terms } from '../text/terms.ts';
import { type Asked, readQuestion, type Unit } from './asked.ts';
import type { Passage } from './passages.ts';
import { type QuestionKind, questionKind, SIGNS, STRONG_SIGNS } from './question-kind.ts';

/** How a sentence looks against a question; shares are of the question's weight, 0 to 1. */
export type Features = {
  covered: number;
  context: number;
  passage: number;
  pairs: number;
  close: number;
  kind: number;
  strongKind: number;
  defines: number;
  verb: number;
  focus: number;
  rank: number;
  startsWithPronoun: number;
  isLong: number;
  isQuestion: number;
  isBroken: number;
  novelty: number;
  missingNames: number;
};

export type Candidate = {
  passage: Passage;
  rank: number;
  index: number;
  sentence: Sentence;
  features: Features;
  score: number;
  words: Set<string>;
};

/** Found by a listwise fit on public question sets and rounded: a dozen numbers, not a model. */
const WEIGHTS: Features = {
  covered: 4.5,
  context: 4.5,
  passage: 0,
  pairs: 1.5,
  close: 1,
  kind: 0.7,
  strongKind: 1.3,
  defines: 0.9,
  verb: 0.45,
  focus: 0.35,
  rank: 1.3,
  startsWithPronoun: 0.3,
  isLong: -0.5,
  isQuestion: -1.5,
  isBroken: -1.2,
  novelty: -0.7,
  missingNames: -0.7,
};

const NAME_WEIGHT = 1.3;
/** A word that shares its first five letters is likely another form of the asked one. */
const NEAR_FORM_SHARE = 0.7;
const CLOSE_WINDOW = 9;
const SHORTEST_CANDIDATE = 8;

type Line = { sentence: Sentence; clean: string; words: string[] };
type Weighted = Unit & { weight: number };

export type Ranking = { candidates: Candidate[]; asked: Asked; kind: QuestionKind; units: Weighted[] };

export function rankSentences(question: string, passages: Passage[]): Ranking {
  const asked = readQuestion(question);
  const kind = questionKind(question);
  const cut = (text: string): string[] => terms(text, { prefixes: !asked.isEnglish });
  const groups = passages.map((passage) => ({
    passage,
    lines: sentences(passage.text).map((sentence): Line => {
      const clean = plain(sentence.text);
      return { sentence, clean, words: cut(clean) };
    }),
  }));
  const units = weigh(
    asked,
    groups.flatMap((group) => group.lines),
  );
  const candidates = groups.flatMap(({ passage, lines }, rank) => {
    const head = cut(`${passage.heading} ${passage.title}`);
    const whole = new Set([...lines.flatMap((line) => line.words), ...head]);
    return lines.flatMap((line, index) => {
      const { sentence, words } = line;
      if (sentence.kind === 'heading' || line.clean.length < SHORTEST_CANDIDATE || words.length === 0)
        return [];
      if (EXERCISE.test(line.clean)) return [];
      const near = new Set([...words, ...(lines[index - 1]?.words ?? []), ...cut(sentence.heading), ...head]);
      const features = read(line, { question, kind, units, rank, near, whole });
      return [{ passage, rank, index, sentence, features, score: total(features), words: new Set(words) }];
    });
  });
  candidates.sort((a, b) => b.score - a.score);
  return { candidates, asked, kind, units };
}

const total = (features: Features): number => {
  let sum = 0;
  for (const key of Object.keys(WEIGHTS) as (keyof Features)[]) sum += features[key] * WEIGHTS[key];
  return sum;
};

/** Rare words say what a question is about. Rarity is counted over the sentences at hand, for want of anything better. */
function weigh(asked: Asked, lines: Line[]): Weighted[] {
  const frequency = new Map<string, number>();
  for (const line of lines)
    for (const word of new Set(line.words)) frequency.set(word, (frequency.get(word) ?? 0) + 1);
  return asked.units.map((unit) => {
    const count = Math.max(0, ...unit.forms.map((form) => frequency.get(form) ?? 0));
    const rarity = Math.log(1 + (lines.length + 1) / (count + 0.5));
    return { ...unit, weight: rarity * (unit.isName ? NAME_WEIGHT : 1) };
  });
}

type Setting = {
  question: string;
  kind: QuestionKind;
  units: Weighted[];
  rank: number;
  near: Set<string>;
  whole: Set<string>;
};

function read(line: Line, setting: Setting): Features {
  const { question, kind, units, rank, near, whole } = setting;
  const { sentence, clean, words } = line;
  const own = new Set(words);
  const asks = (word: string): boolean => units.some((unit) => unit.forms.includes(word));
  const outside = clean
    .split(/\s+/)
    .filter((word, i) => i === 0 || !terms(word).some(asks))
    .join(' ');
  const sign = SIGNS[kind];
  const strong = STRONG_SIGNS[kind];
  const verb = terms(
    /\b(?:did|does|do|can|could|will|would)\s+.*?\s(\w+)\s*\??$/.exec(question)?.[1] ??
      /^(?:who|what|which \w+)\s+(\w+ed|\w+s)\b/i.exec(question)?.[1] ??
      '',
  )[0];
  const focus = terms(
    /\b(?:what|which)\s+(?:type of |kind of |sort of |other )?([a-z]{4,})\b/i.exec(question)?.[1] ?? '',
  )[0];
  const names = units.filter((unit) => unit.isName);
  const subjectFirst = words.slice(0, units.length + 2).some(asks);
  return {
    covered: share(units, (unit) => looksFor(unit, own)),
    context: share(units, (unit) => (has(unit, near) ? 1 : 0)),
    passage: share(units, (unit) => (has(unit, whole) ? 1 : 0)),
    pairs: pairsIn(units, words),
    close: closeness(units, words),
    kind: sign ? (sign.test(outside) ? 1 : -1) : 0,
    strongKind: strong?.test(outside) ? 1 : 0,
    defines: kind === 'definition' && subjectFirst && DEFINES.test(clean) ? 1 : 0,
    verb: verb && own.has(verb) ? 1 : 0,
    focus: focus && own.has(focus) ? 1 : 0,
    rank: 1 / (rank + 1),
    startsWithPronoun: STARTS_WITH_PRONOUN.test(clean) ? 1 : 0,
    isLong: Math.max(0, clean.length - 300) / 200,
    isQuestion: /[?？؟]["”’)]*$/.test(clean) ? 1 : 0,
    isBroken: brokenness(sentence, clean),
    novelty: Math.min(1, words.filter((word) => !asks(word)).length / 8),
    missingNames: names.length > 0 ? names.filter((unit) => !has(unit, whole)).length / names.length : 0,
  };
}

export const STARTS_WITH_PRONOUN = /^(?:it|they|he|she|this|these|those|such|its|their|his|her)\b/i;

const DEFINES =
  /^[^,.;]{0,80}?\b(?:is|are|was|were|refers? to|means?|consists? of|describes?|is called|is known as|is defined as)\b|^[^.]{2,50}(?:\n: | [-–:] )/;

/** A title, a table's row or the end of a sentence that began on another page does not read as an answer. */
function brokenness(sentence: Sentence, clean: string): number {
  const isPiece =
    sentence.kind === 'fragment' ||
    (sentence.kind === 'item' && clean.length < 40) ||
    (sentence.kind === 'prose' && /^[\p{Ll}),;]/u.test(clean));
  if (isPiece || /:$/.test(clean)) return 1;
  return ABOUT_THE_TEXT.test(clean) || hasMarkup(sentence.text) ? 0.6 : 0;
}

/** Orders to the reader: aims of a chapter, exercises, steps of a guide. */
const EXERCISE =
  /^(?:Describe|Observe|Explain|Define|Discuss|Compare|Contrast|Calculate|List|Identify|Name|State|Outline|Draw|Determine|Evaluate|Analy[sz]e|Summari[sz]e|Distinguish|Recogni[sz]e|Understand|Watch|Visit|Read|Click|Work through|Follow|Open|Run)\b(?! [^.]{0,40}\b(?:is|are)\b)/;

/** Sentences that speak of the lesson and not of its subject. */
const ABOUT_THE_TEXT =
  /\b(?:you (?:will|'ll|learn(?:ed|t)?) (?:also )?(?:learn|see|read)?|in (?:this|the (?:last|next|previous)) (?:lesson|chapter|section|module|unit)|(?:this|the) (?:lesson|chapter|section|study|review|article) (?:will|covers?|shows?|describes?|discusses)|see (?:figure|table|chapter|section))\b/i;

const has = (unit: Unit, words: Set<string>): boolean => unit.forms.some((form) => words.has(form));

function looksFor(unit: Unit, words: Set<string>): number {
  if (has(unit, words)) return 1;
  const [form = ''] = unit.forms;
  if (form.length < 5 || !/^[a-z]+$/.test(form)) return 0;
  for (const word of words) if (word.startsWith(form.slice(0, 5))) return NEAR_FORM_SHARE;
  return 0;
}

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
function closeness(units: Weighted[], words: string[]): number {
  let best = 0;
  for (let i = 0; i < words.length; i++) {
    const window = new Set(words.slice(i, i + CLOSE_WINDOW));
    if (!units.some((unit) => unit.forms.includes(words[i] ?? ''))) continue;
    best = Math.max(
      best,
      share(units, (unit) => (has(unit, window) ? 1 : 0)),
    );
  }
  return best;
}
