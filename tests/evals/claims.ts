import { readFile } from 'node:fs/promises';
import type { Verdict } from '../../lib/domain/citation.ts';
import { chunkDocument } from '../../lib/ingestion/chunk.ts';
import { extractDocument } from '../../lib/ingestion/extract/index.ts';
import { findQuote } from '../../lib/retrieval/find-quote.ts';
import { verifyClaim } from '../../lib/retrieval/quotes.ts';
import { sentenceSpans } from '../../lib/retrieval/sentences.ts';
import { seeded } from '../../lib/test-random.ts';
import { filesIn, loadFile, readQuestions } from './corpus.ts';
import { type Figure, share } from './report.ts';

/**
 * What the claim check is worth: sentences of a note said word for word, said in other words (written by hand), said falsely
 * in one place, and said of another note. Everything false is made here from the notes, by chance that is always the same.
 */
type Language = 'en' | 'de' | 'es' | 'zh' | 'corpus';
type Note = {
  language: Language;
  sentences: string[];
  paraphrases: string[];
  names: string[];
  passage: string;
};
type Case = { kind: string; language: Language; claim: string; passage: string };

const CORPUS_SENTENCES_PER_FILE = 30;

async function writtenNotes(): Promise<Note[]> {
  const text = await readFile(new URL('claims.txt', import.meta.url), 'utf8');
  return text.split(/^# /m).flatMap((block) => {
    const [head = '', ...lines] = block.trim().split('\n');
    if (lines.length === 0) return [];
    const language = head.slice(0, 2) as Language;
    const startingWith = (sign: string) =>
      lines.filter((line) => line.startsWith(sign)).map((line) => line.slice(2));
    const sentences = startingWith('=');
    const passage = sentences.join(language === 'zh' ? '' : ' ');
    const names = startingWith('@').join(' ').split(' ');
    return [{ language, sentences, paraphrases: startingWith('~'), names, passage }];
  });
}

async function passagesOf(name: string): Promise<string[]> {
  const { bytes, mimeType } = await loadFile(name);
  const { pages } = await extractDocument({ bytes, mimeType, fileName: name });
  return chunkDocument(pages).map(({ content }) => content);
}

/** Questions of other people with their answers, said of the passage that holds the answer: true, and in words of their own. */
async function answeredQuestions(): Promise<Case[]> {
  const found: Case[] = [];
  const known = new Map<string, string[]>();
  for (const { question, answer, quote, file } of await readQuestions()) {
    if (!file || !quote || !answer) continue;
    const passages = known.get(file) ?? (await passagesOf(file));
    known.set(file, passages);
    const passage = passages.find((text) => findQuote(quote, text));
    if (!passage) continue;
    const stem = question.replace(/[?:_\s]+$/, '');
    const filled = stem.replace(/\b(?:which|what) of the following(?: \w+)?\b|_{2,}/i, answer);
    const claim = filled === stem ? `${stem}: ${answer}` : filled;
    found.push({ kind: 'question with its answer', language: 'corpus', claim, passage });
  }
  return found;
}

/** Sentences of notes by other people, where they are at hand. */
async function corpusNotes(random: () => number): Promise<Note[]> {
  const notes: Note[] = [];
  for (const name of await filesIn('notes')) {
    const sentences = (await passagesOf(name)).flatMap((content) =>
      sentenceSpans(content)
        .map(({ start, end }) => content.slice(start, end).trim())
        .filter(
          (text) =>
            text.length < 300 &&
            !text.includes('](') &&
            /^\p{Lu}.*[.!?]$/u.test(text) &&
            wordsIn(text, 'en').length >= 6,
        )
        .map((sentence) => ({ sentence, passage: content })),
    );
    for (const { sentence, passage } of shuffled(sentences, random).slice(0, CORPUS_SENTENCES_PER_FILE)) {
      notes.push({ language: 'corpus', sentences: [sentence], paraphrases: [], names: [], passage });
    }
  }
  return notes;
}

function shuffled<Item>(items: readonly Item[], random: () => number): Item[] {
  return items
    .map((item) => ({ item, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

type Word = { text: string; index: number };

const COMMON = new Set(
  'that this these those with from into than when were have been which their there they them does most some only each about below above ' +
    'eine einen einer eines einem nicht wird werden wurde durch haben keine kann dass etwa seine ' +
    'para como esta este cuando porque desde donde sobre mediante ' +
    '可以 因此 所以 因为 这个 他们'.split(' '),
);

/** Words with a meaning of their own: long ones, and in Chinese those of two characters. */
function wordsIn(text: string, language: Language): Word[] {
  const least = language === 'zh' ? 2 : 4;
  return [
    ...new Intl.Segmenter(language === 'corpus' ? 'en' : language, { granularity: 'word' }).segment(text),
  ]
    .filter(({ isWordLike, segment }) => isWordLike && segment.length >= least && /^\p{L}+$/u.test(segment))
    .filter(({ segment }) => !COMMON.has(segment.toLowerCase()))
    .map(({ segment, index }) => ({ text: segment, index }));
}

const replaced = (text: string, { text: word, index }: Word, by: string): string =>
  text.slice(0, index) + by + text.slice(index + word.length);

const stemOf = (word: string): string => word.toLowerCase().slice(0, 4);

const NEGATION: Record<Language, { has: RegExp; word: string }> = {
  en: { has: / (?:not|no|never|cannot) /, word: 'not' },
  corpus: { has: / (?:not|no|never|cannot) /, word: 'not' },
  de: { has: / (?:nicht|keine?|nie) /, word: 'nicht' },
  es: { has: / (?:no|nunca|sin) /, word: 'no' },
  zh: { has: /没有|不/, word: '不' },
};
const TAILS: Record<Language, string[]> = {
  en: [
    ', as experiments with mice confirmed',
    ' and therefore costs more energy',
    ', which surprised most observers',
  ],
  corpus: [
    ', as experiments with mice confirmed',
    ' and therefore costs more energy',
    ', which surprised most observers',
  ],
  de: [
    ', was Versuche mit Mäusen bestätigten',
    ' und kostet deshalb mehr Energie',
    ', was die meisten Forscher überraschte',
  ],
  es: [
    ', como confirmaron ensayos con ratones',
    ' y por eso cuesta más energía',
    ', lo que sorprendió a los expertos',
  ],
  zh: ['，老鼠实验证实了这一点', '，因此成本更高', '，这让多数专家感到意外'],
};

/** One false version of a sentence of every kind that it allows. */
function nearMisses(
  note: Note,
  sentence: string,
  others: string[],
  random: () => number,
): Record<string, string> {
  const { language, passage, names } = note;
  const pick = <Item>(items: readonly Item[]): Item | undefined => items[Math.floor(random() * items.length)];
  const words = wordsIn(sentence, language);
  const held = new Set(words.map(({ text }) => stemOf(text)));
  const known = wordsIn(passage, language).map(({ text }) => text);
  const foreign = (pool: readonly string[]) => pick(pool.filter((word) => !held.has(stemOf(word))));
  const word = pick(words);
  const [one, two] = shuffled(words, random)
    .slice(0, 2)
    .sort((a, b) => a.index - b.index);
  const number = pick([...sentence.matchAll(/\d+(?![^[]*\])/g)].filter(([digits]) => digits.length < 5));
  const { has, word: not } = NEGATION[language];
  const ownNames =
    language === 'corpus' ? capitalised(sentence) : names.filter((name) => sentence.includes(name));
  const name = pick(ownNames);
  const otherName = pick(others.filter((other) => !passage.includes(other)));
  const stop = /[.!?。]?$/;
  const made: Record<string, string | undefined> = {
    'word of the document':
      word &&
      replaced(sentence, word, foreign(others.length > 0 ? (DOCUMENT.get(note) ?? []) : []) ?? word.text),
    'word of the passage': word && replaced(sentence, word, foreign(known) ?? word.text),
    'two words exchanged':
      one && two && stemOf(one.text) !== stemOf(two.text)
        ? replaced(replaced(sentence, two, one.text), one, two.text)
        : undefined,
    number:
      number &&
      replaced(
        sentence,
        { text: number[0], index: number.index },
        String(Number(number[0]) + 1 + Math.floor(random() * 8)),
      ),
    negation: has.test(sentence)
      ? sentence.replace(has, language === 'zh' ? '' : ' ')
      : word && replaced(sentence, word, language === 'zh' ? not + word.text : `${not} ${word.text}`),
    name: name && otherName && sentence.replace(name, otherName),
    'invented tail': sentence.replace(stop, (end) => (pick(TAILS[language]) ?? '') + end),
  };
  const isFalse = (claim: string | undefined): claim is string =>
    claim !== undefined && !passage.includes(claim);
  return Object.fromEntries(
    Object.entries(made).filter((entry): entry is [string, string] => isFalse(entry[1])),
  );
}

const capitalised = (text: string): string[] => text.slice(1).match(/(?<=[a-z] )\p{Lu}\p{Ll}{3,}/gu) ?? [];

/** Words of the other notes in a note's language. */
const DOCUMENT = new Map<Note, string[]>();

const LEAD: Record<Language, string> = {
  en: 'According to your notes, ',
  corpus: 'According to your notes, ',
  de: 'Laut deinen Notizen: ',
  es: 'Según tus apuntes, ',
  zh: '根据你的笔记，',
};

/** The ways in which an answer quotes word for word. */
function quotations(note: Note, at: number, random: () => number): string[] {
  const { language, sentences } = note;
  const sentence = sentences[at] ?? '';
  const gap = language === 'zh' ? '' : ' ';
  const next = sentences[at + 1];
  const words = wordsIn(sentence, language);
  const marked = words[Math.floor(random() * words.length)];
  return [
    sentence,
    LEAD[language] + sentence,
    ...(marked ? [replaced(sentence, marked, `**${marked.text}**`)] : []),
    `> ${sentence}`,
    ...(next ? [`${sentence}${gap}${next}`] : []),
    `“${sentence}”`,
    ...(sentence.split(' ').length >= 9 ? [firstPart(sentence)] : []),
  ];
}

const firstPart = (sentence: string): string => {
  const words = sentence.split(' ');
  return words.slice(0, Math.ceil(0.7 * words.length)).join(' ');
};

const NEGATION_LOST = /^.*?\b(?:not|cannot|nicht|no)\b /;

async function claimCases(withCorpus: boolean): Promise<Case[]> {
  const random = seeded(20);
  const notes = [...(await writtenNotes()), ...(withCorpus ? await corpusNotes(random) : [])];
  const found: Case[] = [];
  for (const note of notes) {
    const { language, passage, sentences, paraphrases } = note;
    const add = (kind: string, claim: string, of = passage) =>
      found.push({ kind, language, claim, passage: of });
    const siblings = notes.filter((other) => other.language === language && other.passage !== passage);
    DOCUMENT.set(
      note,
      siblings.flatMap((other) => wordsIn(other.sentences.join(' '), language).map(({ text }) => text)),
    );
    const names =
      language === 'corpus'
        ? siblings.flatMap(({ sentences: [text = ''] }) => capitalised(text))
        : siblings.flatMap((other) => other.names);
    sentences.forEach((sentence, at) => {
      for (const quotation of quotations(note, at, random)) add('word for word', quotation);
      for (const [kind, claim] of Object.entries(nearMisses(note, sentence, names, random))) add(kind, claim);
      const rest = sentence.replace(NEGATION_LOST, '');
      if (rest !== sentence && wordsIn(rest, language).length > 2) add('negation', rest);
    });
    const stranger = siblings[Math.floor(random() * siblings.length)];
    for (const claim of paraphrases) {
      add('in other words', claim);
      if (stranger) add('of another note', claim, stranger.passage);
    }
    if (language === 'corpus' && stranger) add('of another note', sentences[0] ?? '', stranger.passage);
  }
  return withCorpus ? [...found, ...(await answeredQuestions())] : found;
}

type Bound = { wrong: (verdict: Verdict) => boolean; ceiling: number; says: string };
const FALSE: Bound = { wrong: (verdict) => verdict === 'verified', ceiling: 0.02, says: 'called verified' };
const BOUNDS: Record<string, Bound> = {
  'word for word': { wrong: (verdict) => verdict !== 'verified', ceiling: 0.02, says: 'not called verified' },
  'in other words': { wrong: (verdict) => verdict === 'unsupported', ceiling: 0.1, says: 'denied' },
  'question with its answer': { wrong: (verdict) => verdict === 'unsupported', ceiling: 0.1, says: 'denied' },
  'of another note': { wrong: (verdict) => verdict !== 'unsupported', ceiling: 0.1, says: 'not denied' },
};

export async function claimFigures(withCorpus: boolean): Promise<Figure[]> {
  const groups = Map.groupBy(await claimCases(withCorpus), ({ kind, language }) => `${kind}|${language}`);
  return [...groups].sort().map(([key, group]) => {
    const [kind = '', language = ''] = key.split('|');
    const { wrong, ceiling, says } = BOUNDS[kind] ?? FALSE;
    const misses = group
      .map((each) => ({ ...each, verdict: verifyClaim(each.claim, each.passage).verdict }))
      .filter(({ verdict }) => wrong(verdict))
      .map(({ claim, verdict }) => `${verdict}: ${claim}`);
    return {
      name: `${kind}, ${says} (${language})`,
      value: share(misses.length, group.length),
      cases: group.length,
      ceiling,
      misses,
    };
  });
}
