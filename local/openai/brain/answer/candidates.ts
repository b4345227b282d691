import { plain } from '../text/plain.ts';
import { type Sentence, sentences } from '../text/sentences.ts';
import { terms } from '../text/terms.ts';
import { type Asked, readQuestion } from './asked.ts';
import {
  type Features,
  type Line,
  prepareQuestion,
  readFeatures,
  scoreOf,
  type Weighted,
} from './features.ts';
import type { Passage } from './passages.ts';
import { type QuestionKind, questionKind } from './question-kind.ts';
import { EXERCISE, pointsBack, subjectOf } from './sentence-form.ts';

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
