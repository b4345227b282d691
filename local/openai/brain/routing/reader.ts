import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { patterns } from '../words.ts';
import { feature, train } from './classifier.ts';
import { gloss, languageOf, type Token } from './glossary.ts';
import { nameless } from './people.ts';
import { isTool, type Meaning, type State, type ToolName } from './types.ts';

/** What was learned from sentences: what another one means, and which words of it are its subject. */
export type Reader = {
  meanings: (tokens: Token[]) => Map<Meaning, number>;
  subjects: (say: string, tool: ToolName) => string[];
  /** What this very sentence was taught to mean. */
  taught: (say: string) => Meaning | undefined;
  /** Words that stand around subjects, as against words that may be one. */
  isFrame: (word: string) => boolean;
  /** Words that were only heard in talk: of food, the weather, the day. */
  isTalk: (word: string) => boolean;
};

/** A sentence that the router learned from: the tools in the order of their calls or the kind of talk, and where its subjects stand. */
export type Example = {
  wants: string[];
  asks: boolean;
  said: string;
  subjects: { start: number; end: number }[];
  args: Record<string, unknown>;
};

const argsSchema = z.record(z.string(), z.unknown());

/** The lines of the file of sentences; `[osmosis]` inside one marks its subject. */
export const readExamples = (): Example[] =>
  readFileSync(new URL('./sentences.txt', import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [wanted = '', marked = '', args = '{}'] = line.split(' | ');
      const subjects: Example['subjects'] = [];
      let said = '';
      for (const [i, part] of marked.replaceAll('\\n', '\n').split(/[[\]]/).entries()) {
        if (i % 2 === 1) subjects.push({ start: said.length, end: said.length + part.length });
        said += part;
      }
      const wants = wanted.replace('?', '').split(',');
      return {
        wants,
        asks: wanted.startsWith('?'),
        said,
        subjects,
        args: argsSchema.parse(JSON.parse(args)),
      };
    });

/** The text, letter for letter, with what looks like several words and is one name as one word. */
const joined = (text: string, names: string[]): string =>
  names
    .flatMap((name) => patterns(name, 'g'))
    .reduce((held, { pattern }) => held.replace(pattern, (name) => name.replace(/\P{L}/gu, 'x')), text);

/** The same for a sentence that is to be read: what is quoted, titled or shortened is one name as well. */
export const titlesAsOneWord = (text: string): string =>
  joined(text, ['one-name', 'abbreviated', 'quoted-name', ...(languageOf(text) === 'en' ? ['title'] : [])]);

const FREQUENT = 3;
const FREQUENT_IN_QUESTIONS = 9;
/** Words around a gap; the more of a sentence they span, the less they say together. */
const FARTHEST = 6;
const SUBJECT_TOOLS = ['generateQuiz', 'addFlashcards', 'summarizeSession', 'createStudyPlan', 'searchNotes'];

/** Of an order for cards or a summary the search only serves: the last tool is what is meant. Several orders mean nothing alone. */
function meaningOf({ wants }: Example): Meaning | undefined {
  const isServed = wants.length === 2 && wants[0] === 'searchNotes' && wants[1] !== 'generateQuiz';
  const own = isServed ? wants.slice(1) : wants;
  return own.length === 1 ? own[0] : undefined;
}

/** The partners that example sentences speak of. */
const EXAMPLE_PEOPLE = {
  people: [
    { id: 'u-maya', name: 'Maya' },
    { id: 'u-ben', name: 'Ben' },
  ],
} satisfies Pick<State, 'people'>;

type Known = Example & { meaning: Meaning; tokens: Token[] };
type IsFrame = (word: string) => boolean;

export function learn(examples: Example[]): Reader {
  const known = examples.flatMap((example): Known[] => {
    const meaning = meaningOf(example);
    const [said = ''] = example.said.split('\n');
    return meaning ? [{ ...example, meaning, said, tokens: gloss(nameless(said, EXAMPLE_PEOPLE)) }] : [];
  });
  const frame = frameWords(known);
  const isFrame: IsFrame = (word) => frame.has(word);
  const ofTools = new Set(
    known.flatMap(({ meaning, tokens }) => (isTool(meaning) ? tokens.map(({ word }) => word) : [])),
  );
  const ofTalk = new Set(known.flatMap(({ tokens }) => tokens.map(({ word }) => word)));
  const classify = train(
    known.map(({ tokens, meaning }) => ({ features: sentenceFeatures(tokens, isFrame), label: meaning })),
  );
  const isSubject = train(known.filter(tellsSubject).flatMap((example) => marked(example, isFrame)));
  const heart = new Map(known.map(({ said, meaning }) => [byHeart(said), meaning]));
  return {
    meanings: (tokens) => classify(sentenceFeatures(tokens, isFrame)),
    isFrame,
    isTalk: (word) => ofTalk.has(word) && !ofTools.has(word),
    taught: (say) => heart.get(byHeart(say)),
    subjects(say, tool) {
      const tokens = gloss(titlesAsOneWord(say), languageOf(say));
      const inside: boolean[] = [];
      for (const own of wordFeatures(say, tokens, tool, isFrame))
        inside.push((isSubject([...own, ...after(inside.at(-1), tool)]).get('in') ?? 0) >= 0.5);
      return stretches(say, tokens, inside);
    },
  };
}

let reader: Reader | undefined;
/** What the sentences beside this file teach, learned when it is first needed. */
export function theReader(): Reader {
  reader ??= learn(readExamples());
  return reader;
}

/** A search that names the notes or itself may name nothing else; a plain question is looked for as a whole. */
const tellsSubject = ({ meaning, subjects, asks, tokens }: Known): boolean =>
  SUBJECT_TOOLS.includes(meaning) &&
  (subjects.length > 0 ||
    asks ||
    (meaning === 'searchNotes' && tokens.some(({ word }) => /^(?:notes|search|find)$/.test(word))));

const byHeart = (say: string): string => (say.toLowerCase().match(/[\p{L}\p{M}\d§]+/gu) ?? []).join(' ');

/** A word counts against itself where it is part of a subject, and little in plain questions: there most words are. */
function frameWords(known: Known[]): Set<string> {
  const seen = new Map<string, number>();
  for (const { subjects, tokens, meaning } of known) {
    const inSubject = (at: number): boolean => subjects.some(({ start, end }) => at >= start && at < end);
    const weight = meaning === 'searchNotes' && subjects.length === 0 ? FREQUENT / FREQUENT_IN_QUESTIONS : 1;
    for (const { word, start } of tokens)
      seen.set(word, (seen.get(word) ?? 0) + (inSubject(start) ? -1 : weight));
  }
  return new Set([...seen].filter(([, count]) => count >= FREQUENT).map(([word]) => word));
}

/** A word of the frame as itself, any other as a gap. */
const shape = ({ word }: Token, isFrame: IsFrame): string => {
  if (/^\d/.test(word)) return '0';
  return isFrame(word) || !/^\p{L}/u.test(word) ? word : 'x';
};

/** Words, their neighbours and how it begins, where whatever may be a subject is one gap. */
function sentenceFeatures(tokens: Token[], isFrame: IsFrame): string[] {
  const shapes = tokens.map((token) => shape(token, isFrame));
  const words = ['^', ...shapes.filter((word, i) => word !== 'x' || shapes[i - 1] !== 'x'), '$'];
  const found = new Set([feature(0, String(Math.min(9, tokens.length)))]);
  for (const [i, word] of words.entries()) {
    found.add(feature(1, word));
    if (i > 0 && i < 4) found.add(feature(2, String(i), word));
    for (let length = 2; length <= 4 && length <= i + 1; length++)
      found.add(feature(3, ...words.slice(i + 1 - length, i + 1)));
    for (const before of words.slice(Math.max(0, i - FARTHEST), Math.max(0, i - 1)))
      if (word !== 'x' && before !== 'x') found.add(feature(4, before, word));
  }
  return [...found];
}

/** Which neighbours are looked at together, by their distance, and which of them together with the tool. */
const WINDOWS = [[-1], [1], [-2, -1], [1, 2], [0], [-1, 0], [0, 1], [-2, -1, 0], [-1, 0, 1], [0, 1, 2]];
const NEAREST = [0, -1, 1];

/** A word and up to two neighbours on each side, what tool it is for, and whether it is written or quoted like a name. */
function wordFeatures(say: string, tokens: Token[], tool: Meaning, isFrame: IsFrame): string[][] {
  const words = tokens.map((token) => shape(token, isFrame));
  const at = (i: number): string => (i < 0 ? '^' : (words[i] ?? '$'));
  let isQuoted = false;
  return tokens.map((token, i) => {
    if (token.word === '"') isQuoted = !isQuoted;
    const written = i > 0 && /^\p{Lu}/u.test(say.slice(token.start, token.end)) ? 'A' : 'a';
    const quoted = String(isQuoted && token.word !== '"');
    const marks = [tool, written, quoted, Math.min(i, 3), Math.min(words.length - i, 3)];
    return [
      ...marks.map((mark, kind) => feature(10 + kind, String(mark))),
      feature(25, written, at(i)),
      ...NEAREST.map((near) => feature(21 + near, tool, at(i + near))),
      ...WINDOWS.map((window, kind) => feature(30 + kind, ...window.map((near) => at(i + near)))),
    ];
  });
}

/** What holds of a word behind one that is part of a subject, or is not. */
const after = (isInside: boolean | undefined, tool: Meaning): string[] => [
  feature(50, String(isInside === true)),
  feature(51, String(isInside === true), tool),
];

function marked({ said, subjects, meaning }: Known, isFrame: IsFrame) {
  const tokens = gloss(joined(said, ['one-name']), languageOf(said));
  const inside = tokens.map((token) =>
    subjects.some(({ start, end }) => token.start >= start && token.end <= end),
  );
  return wordFeatures(said, tokens, meaning, isFrame).map((own, i) => ({
    features: [...own, ...after(inside[i - 1], meaning)],
    label: inside[i] ? 'in' : 'out',
  }));
}

/** "la mitose": an article that is no English word belongs to its noun. */
const ARTICLE = /(?<=^|\s)(?:(?:la|le|les|el|los|las|die|der|das|den)\s|l['’])$/i;

/** What stands from the first to the last word of each run. */
function stretches(say: string, tokens: Token[], inside: boolean[]): string[] {
  const firsts = tokens.flatMap(({ start }, i) => (inside[i] && !inside[i - 1] ? [start] : []));
  const lasts = tokens.flatMap(({ end }, i) => (inside[i] && !inside[i + 1] ? [end] : []));
  return firsts
    .map((start, i) => {
      const article = ARTICLE.exec(say.slice(0, start))?.[0] ?? '';
      return say.slice(start - article.length, lasts[i]).trim();
    })
    .filter((text) => /[\p{L}\d]/u.test(text));
}
