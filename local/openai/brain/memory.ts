import { readFileSync } from 'node:fs';
import { type Language, say } from './phrases.ts';
import { inOurWords } from './routing/glossary.ts';
import { readLastDay } from './slots/days.ts';
import { sentences } from './text/sentences.ts';
import { terms } from './text/terms.ts';

/** What a student says of themselves: a value, and what it is about, in a sentence. */
type Fact = { kind: string; about: string | null; value: string; quote: string; until: string | null };

/** The point of "12. Dezember" and of "3.2." ends no sentence. */
const OF_A_DATE = String.raw`(?:\d|\s?(?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)\b)`;
const INSIDE = String.raw`(?:[^.!?;\n]|\.(?=${OF_A_DATE}))`;
const PARTS = new Map([
  ['value', String.raw`(?<value>${INSIDE}{1,200}?)(?=\s*(?:[!?;]|\.(?!${OF_A_DATE})|$))`],
  ['day', String.raw`(?<value>${INSIDE}{2,80}?)(?<!\.)`],
  ['about', String.raw`(?<about>[\p{L}\p{N} '’-]{2,60}?)`],
  ['Name', String.raw`(?<value>\p{Lu}[\p{L}'’-]*(?: \p{Lu}[\p{L}'’-]*){0,2})`],
]);
const RULES = readFileSync(new URL('./told.txt', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => {
    const [kind = '', pattern = ''] = line.split(/ \| (.*)/);
    const source = pattern
      .replaceAll("'", "['’]")
      .replace(/\((?!\?)/g, '(?:')
      .replace(/\{(\p{L}+)\}/gu, (_, name: string) => PARTS.get(name) ?? '');
    return { kind, find: new RegExp(String.raw`(?<![\p{L}\d])${source}`, 'iu') };
  });

/** What is asked or done right now is no fact about anybody. */
const NOT_OF_THEM =
  /^(?:question|answer|problem|attempt|try|guess|notes?|frage|antwort|lösung|aufgabe|réponse|question|pregunta|respuesta|duda)\b/iu;
const SECRET = /\b(?:password|passwort|kennwort|mot de passe|contraseña|pin|token|api[- ]?key)\b/iu;

/** The facts of one sentence: the first rule that reads it. */
function factOf(sentence: string, today: Date | null): Fact[] {
  if (/\?\s*$/.test(sentence) || SECRET.test(sentence)) return [];
  for (const { kind, find } of RULES) {
    const groups = find.exec(sentence)?.groups;
    const value = groups?.value?.trim();
    if (!groups || !value || (groups.about && NOT_OF_THEM.test(groups.about))) continue;
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

const SENTENCE_END = new RegExp(String.raw`(?<=[!?]|\.(?!${OF_A_DATE}))\s+(?=[\p{Lu}¿¡])`, 'u');
const sentencesOf = (text: string): string[] =>
  text
    .split(SENTENCE_END)
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
  const day = /^Today is (\d{4}-\d{2}-\d{2})\./.exec(prompt)?.[1];
  const today = day === undefined ? null : new Date(`${day}T12:00:00`);
  const own = linesOf(prompt).filter(({ who }) => who === 'student');
  return { facts: own.flatMap(({ text }) => factsIn(text, today)) };
}

const LONGEST = 400;
const MOST_WORDS = 30;
const closeTo = (one: string, other: string): boolean => {
  const asked = new Set(terms(other));
  const own = terms(one);
  return own.length > 0 && own.filter((term) => asked.has(term)).length / own.length > 0.6;
};

/** What the student stated, word for word, and the first sentence of each answer that says something of its own. */
export function writeThreadSummary(prompt: string): unknown {
  let said = '';
  const summed = linesOf(prompt).flatMap(({ id, who, text }) => {
    if (who === 'student') {
      said = text;
      const stated = sentencesOf(text).filter(
        (sentence) => !sentence.endsWith('?') && terms(sentence).length > 1,
      );
      return stated.map((sentence) => ({ text: sentence.slice(0, LONGEST), from: [id] }));
    }
    const first = sentences(text).find(({ kind }) => kind === 'prose')?.text ?? '';
    const isOwn =
      first.split(/\s+/).length <= MOST_WORDS &&
      terms(first).length > 2 &&
      !closeTo(said, first) &&
      !closeTo(first, said);
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

/** "What do you know about me?" in four languages. */
const ABOUT_ME =
  /\b(?:what do you (?:know|remember) (?:about|of) me|what have you (?:remembered|learned) about me|was wei(?:ß|ss)t du (?:noch )?(?:über|ueber|uber|von) mi(?:ch|r)|was hast du dir (?:über mich )?gemerkt|que sais[- ]tu (?:de|sur) moi|qu['’]est-ce que tu sais (?:de|sur) moi|de quoi te souviens[- ]tu|qu[eé] sabes (?:de|sobre) m[ií]|qu[eé] recuerdas (?:de|sobre) m[ií])/iu;
const FIRST_PERSON = /\b(?:my|mine|i|me|meine?[rnms]?|ich|mir|mich|mon|ma|mes|je|j['’]|moi|mis?|me|yo)\b/iu;
/** So much of what is asked has to stand in a line. */
const ENOUGH = 0.5;
const MOST_LINES = 3;

/** What a question about the student themselves is answered with, out of what is remembered; null for any other. */
export function answerAboutThem(said: string, instructions: string, language: Language): string | null {
  const facts = under(instructions, 'Remembered about the student:');
  if (ABOUT_ME.test(said))
    return facts.length === 0
      ? say('known.none', {}, language)
      : [say('known', {}, language), '', ...facts.map((fact) => `- ${fact}`)].join('\n');
  if (!FIRST_PERSON.test(said) || !/\?\s*$/.test(said)) return null;
  const asked = [...new Set(terms(said))];
  const scored = [...under(instructions, 'Earlier in this conversation:'), ...facts].map((line) => {
    const own = new Set(terms(line));
    return { line, score: asked.filter((term) => own.has(term)).length / Math.max(1, asked.length) };
  });
  const best = Math.max(ENOUGH, ...scored.map(({ score }) => score));
  const lines = scored.filter(({ score }) => score === best).slice(-MOST_LINES);
  if (lines.length === 0) return null;
  return say('known.told', { told: lines.map(({ line }) => `“${line}”`).join(', ') }, language);
}
