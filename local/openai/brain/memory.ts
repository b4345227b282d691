import { shared } from './facts/words.ts';
import { type Language, say } from './phrases.ts';
import { inOurWords } from './routing/glossary.ts';
import { readLastDay } from './slots/amounts.ts';
import { sentences } from './text/sentences.ts';
import { terms } from './text/terms.ts';
import { found, patterns, says } from './words.ts';

/** What a student says of themselves: a value, and what it is about, in a sentence. */
type Fact = { kind: string; about: string | null; value: string; quote: string; until: string | null };

/** The facts of one sentence: the first pattern that reads it. */
function factOf(sentence: string, today: Date | null): Fact[] {
  if (/\?\s*$/.test(sentence) || says('secret', sentence)) return [];
  for (const { value: kind, pattern } of patterns('told')) {
    const groups = pattern.exec(sentence)?.groups;
    const value = groups?.value?.trim();
    if (!groups || !value || says('not-of-them', groups.about ?? '')) continue;
    const words = value.toLowerCase();
    const about =
      kind === 'preference'
        ? (words.match(/[\p{L}\p{N}-]+/gu)?.at(-1) ?? words)
        : kind === 'weak'
          ? words.slice(0, 60)
          : (groups.about?.trim().toLowerCase() ?? null);
    const until = (kind === 'exam' && today && readLastDay(inOurWords(value), today)) || null;
    return [{ kind, about, value, quote: sentence.trim(), until }];
  }
  return [];
}

const sentencesOf = (text: string): string[] =>
  patterns('sentence-end')
    .flatMap(({ pattern }) => text.split(pattern))
    .map((sentence) => sentence.trim())
    .filter(Boolean);

export const factsIn = (text: string, today: Date | null = null): Fact[] =>
  sentencesOf(text).flatMap((sentence) => factOf(sentence, today));

type Line = { id: string; who: string; text: string };
const linesOf = (prompt: string): Line[] =>
  [...prompt.matchAll(/^\[(m\d+)\] (student|tutor): (.*)$/gm)].map(([, id = '', who = '', text = '']) => ({
    id,
    who,
    text,
  }));

/** What is to be remembered of the messages a prompt lists: what a later one says anew takes the place of an earlier. */
export function writeFacts(prompt: string): unknown {
  const day = found('prompt-day', prompt);
  const today = day === undefined ? null : new Date(`${day}T12:00:00`);
  return {
    facts: linesOf(prompt).flatMap(({ who, text }) => (who === 'student' ? factsIn(text, today) : [])),
  };
}

const LONGEST = 400;
const MOST_WORDS = 30;
/** The share of some words that stands in others. */
const sharedWith = (own: string[], other: string): number =>
  shared(own, new Set(terms(other))) / Math.max(1, new Set(own).size);
const closeTo = (one: string, other: string): boolean => sharedWith(terms(one), other) > 0.6;

/** What the student stated, word for word, and the first sentence of each answer that says something of its own. */
export function writeThreadSummary(prompt: string): unknown {
  let said = '';
  const summed = linesOf(prompt).flatMap(({ id, who, text }) => {
    if (who === 'student') {
      said = text;
      return sentencesOf(text)
        .filter((sentence) => !sentence.endsWith('?') && terms(sentence).length > 1)
        .map((sentence) => ({ text: sentence.slice(0, LONGEST), from: [id] }));
    }
    const first = sentences(text).find(({ kind }) => kind === 'prose')?.text ?? '';
    const isShort = first.split(/\s+/).length <= MOST_WORDS && terms(first).length > 2;
    const isOwn = isShort && !closeTo(said, first) && !closeTo(first, said);
    return isOwn ? [{ text: first.slice(0, LONGEST), from: [id] }] : [];
  });
  return { sentences: summed };
}

/** What stands under a heading of the instructions, a line each. */
const under = (instructions: string, heading: string): string[] =>
  new RegExp(`^${heading}\\n((?:- [^\\n]*(?:\\n|$))+)`, 'm')
    .exec(instructions)?.[1]
    ?.split('\n')
    .flatMap((line) => (line.startsWith('- ') ? [line.slice(2)] : [])) ?? [];

/** So much of what is asked has to stand in a line. */
const ENOUGH = 0.5;
const MOST_LINES = 3;

/** What a question about the student themselves is answered with, out of what is remembered; null for any other. */
export function answerAboutThem(said: string, instructions: string, language: Language): string | null {
  const facts = under(instructions, 'Remembered about the student:');
  if (says('about-me', said))
    return facts.length === 0
      ? say('known.none', {}, language)
      : [say('known', {}, language), '', ...facts.map((fact) => `- ${fact}`)].join('\n');
  if (!says('first-person', said) || !/\?\s*$/.test(said)) return null;
  const asked = terms(said);
  const scored = [...under(instructions, 'Earlier in this conversation:'), ...facts].map((line) => ({
    line,
    score: sharedWith(asked, line),
  }));
  const best = Math.max(ENOUGH, ...scored.map(({ score }) => score));
  const lines = scored.flatMap(({ line, score }) => (score === best ? [`“${line}”`] : [])).slice(-MOST_LINES);
  return lines.length === 0 ? null : say('known.told', { told: lines.join(', ') }, language);
}
