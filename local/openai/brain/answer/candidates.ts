import { hasMarkup, plain } from '../text/plain.ts';
import { type Sentence, sentences } from '../text/sentences.ts';
import { terms } from '../text/terms.ts';
import {
  type Features,
  type Line,
  prepareQuestion,
  readFeatures,
  scoreOf,
  type Weighted,
} from './features.ts';
import type { Passage } from './passages.ts';
import { type Asked, type QuestionKind, questionKind, readQuestion } from './question.ts';

const STARTS_WITH_PRONOUN =
  /^(?:(?:it|they|he|she|this|these|those|such|its|their|his|her)\b|它|他|她|这|這|其|これ|それ|มัน)/i;

/** "Without rehearsal it lasts …": only words of place, time or manner stand before the pronoun. */
const LEADS_TO_PRONOUN =
  /^(?:in|at|on|by|for|with|without|under|after|before|during|from|through|unlike|like|to|then|here|there|today|usually|normally|often|sometimes|however|thus|therefore|instead|moreover|also)(?: [\w'-]+){0,4}?,? (?:it|they|he|she)\b/i;

const SAME_TIME_OR_PLACE =
  /^(?:on|at|in|during|for|by|after|before) (?:the same|that|this|these|those) (?:day|time|year|month|week|period|place|moment|reason|way|case)\b/i;

/** Not understood without the sentence before. */
export const pointsBack = (clean: string): boolean =>
  [STARTS_WITH_PRONOUN, LEADS_TO_PRONOUN, SAME_TIME_OR_PLACE].some((pattern) => pattern.test(clean));

/** The part before a plain verb, or the first words: enough to know what a sentence is about. */
export const subjectOf = (clean: string): string =>
  /^(.{2,60}?)\s(?:is|are|was|were|has|have|can|may)\b/.exec(clean)?.[1] ??
  clean.split(' ').slice(0, 4).join(' ');

/** A title, a table's row or the end of a sentence that began on another page does not read as an answer. */
export function brokenness(sentence: Sentence, clean: string): number {
  const isPiece =
    sentence.kind === 'fragment' ||
    (sentence.kind === 'item' && clean.length < 40) ||
    (sentence.kind === 'prose' && /^[\p{Ll}),;]/u.test(clean));
  if (isPiece || /:$/.test(clean)) return 1;
  return ABOUT_THE_TEXT.test(clean) || hasMarkup(sentence.text) ? 0.6 : 0;
}

/** Orders to the reader: aims of a chapter, exercises, steps of a guide. */
const EXERCISE =
  /^(?:Describe|Observe|Explain|Define|Discuss|Compare|Contrast|Calculate|List|Identify|Name|State|Outline|Draw|Determine|Evaluate|Analy[sz]e|Summari[sz]e|Distinguish|Recogni[sz]e|Understand|Watch|Visit|Read|Click|Work through|Add|Install|Create|Launch|Make sure|Try|Do not|Don't|Think of|Consider|Imagine|Follow|Open|Run)\b(?! [^.]{0,40}\b(?:is|are)\b)/;

/** Sentences that speak of the lesson and not of its subject. */
const ABOUT_THE_TEXT =
  /\b(?:you (?:will|'ll|learn(?:ed|t)?) (?:also )?(?:learn|see|read)?|in (?:this|the (?:last|next|previous)) (?:lesson|chapter|section|module|unit)|(?:this|the) (?:lesson|chapter|section|study|review|article) (?:will|covers?|shows?|describes?|discusses)|see (?:figure|table|chapter|section))\b/i;

export type Candidate = {
  passage: Passage;
  rank: number;
  index: number;
  sentence: Sentence;
  line: Line;
  features: Features;
  score: number;
  words: Set<string>;
};

const SHORTEST_CANDIDATE = 8;
/** A row says nothing without its table's head. */
const TABLE_ROW = /^\|.*\|$/;
const NAME_WEIGHT = 1.3;

export type Ranking = { candidates: Candidate[]; asked: Asked; kind: QuestionKind; units: Weighted[] };

export function rankSentences(question: string, passages: Passage[]): Ranking {
  const asked = readQuestion(question);
  const kind = questionKind(question);
  const cut = (text: string): string[] => terms(text, { prefixes: !asked.isEnglish });
  // One heading stands over many sentences.
  const headings = new Map<string, string[]>();
  const cutHeading = (text: string): string[] => {
    const known = headings.get(text) ?? cut(text);
    headings.set(text, known);
    return known;
  };
  const groups = passages.map((passage) => ({
    passage,
    lines: readLines(passage, cut),
  }));
  const units = weigh(
    asked,
    groups.flatMap((group) => group.lines),
  );
  const prepared = prepareQuestion(question, kind, units);
  const candidates = groups.flatMap(({ passage, lines }, rank) => {
    const head = cutHeading(passage.heading);
    const title = cutHeading(passage.title);
    const whole = new Set([...lines.flatMap((line) => line.words), ...head, ...title]);
    return lines.flatMap((line, index) => {
      const { sentence, words } = line;
      if (sentence.kind === 'heading' || line.clean.length < SHORTEST_CANDIDATE || words.length === 0)
        return [];
      if (EXERCISE.test(line.clean) || TABLE_ROW.test(sentence.text)) return [];
      const near = new Set([
        ...words,
        ...(lines[index - 1]?.words ?? []),
        ...cutHeading(sentence.heading),
        ...line.carried,
        ...(sentence.heading ? [] : head),
        ...title,
      ]);
      const features = readFeatures(line, prepared, { rank, near, whole });
      return [
        { passage, rank, index, sentence, line, features, score: scoreOf(features), words: new Set(words) },
      ];
    });
  });
  candidates.sort((a, b) => b.score - a.score);
  return { candidates, asked, kind, units };
}

const LIST_BELOW = /\s*\n\s*(?:[-*•]|\d{1,2}[.)])\s+\S/y;

/** The sentences of a passage, each with what it owes to its neighbours. */
function readLines(passage: Passage, cut: (text: string) => string[]): Line[] {
  const lines: Line[] = [];
  for (const sentence of sentences(passage.text)) {
    const clean = plain(sentence.text);
    const before = lines.at(-1);
    const goesOn = before?.sentence.kind === 'prose' && before.sentence.heading === sentence.heading;
    LIST_BELOW.lastIndex = sentence.end;
    lines.push({
      sentence,
      clean,
      words: cut(clean),
      carried: new Set(goesOn && pointsBack(clean) ? subjectWords(before, cut) : []),
      isFirst: before?.sentence.kind === 'heading' && sentence.kind === 'prose',
      opensList: sentence.kind === 'prose' && LIST_BELOW.test(passage.text),
    });
  }
  return lines;
}

/** A chain of "It … It …" speaks of what its first sentence spoke of. */
const subjectWords = (line: Line, cut: (text: string) => string[]): Iterable<string> =>
  line.carried.size > 0 ? line.carried : cut(subjectOf(line.clean));

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
