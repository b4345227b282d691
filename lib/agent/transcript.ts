import type { MessageRow } from '../db/queries/message.ts';
import { type Sayings, saidSchema } from '../domain/said.ts';
import type { Snapshot, TranscriptMessage } from '../domain/transcript.ts';
import { inEnglish } from '../language/text.ts';
import { told } from '../language/told.ts';
import { redact } from '../observability/redact.ts';
import { locatorText } from '../study/locator.ts';
import { replaceMarkers } from './marker-place.ts';
import { toParts } from './message-codec.ts';
import { contentOf, type ToolPart } from './messages.ts';
import { isAboutOthers, type KnownAnswers, toolWords } from './tool-words.ts';

/** A stored conversation as it leaves the app, in words alone. */
export const transcriptOf = (rows: readonly MessageRow[], known?: KnownAnswers): TranscriptMessage[] =>
  rows.map((row) => messageOf(row, known));

function messageOf(
  { role, parts, metadata, status, createdAt }: MessageRow,
  known?: KnownAnswers,
): TranscriptMessage {
  const { text, citations, unsupported, tools } = contentOf(toParts(parts));
  return {
    role,
    text,
    createdAt,
    status,
    imported: metadata.imported === true,
    sources: [...citations.values()].map(({ n, title, page, locator, headingPath, quote, verdict }) => ({
      n,
      title,
      page,
      locator,
      headingPath,
      quote,
      verdict,
    })),
    unsupported: unsupported.map((claim) => claim.text),
    tools: tools.flatMap((part) => toolWords(part, known) ?? []),
  };
}

/** The quizzes that a conversation made. */
export const quizIdsOf = (rows: readonly MessageRow[]): string[] =>
  rows.flatMap(({ parts }) =>
    contentOf(toParts(parts)).tools.flatMap((part) => {
      const id =
        part.type === 'tool-generateQuiz' &&
        part.state === 'output-available' &&
        Reflect.get(part.output, 'quizId');
      return typeof id === 'string' ? [id] : [];
    }),
  );

const ID = /\b[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}\b/gi;
const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Replaces names wherever they stand as words of their own, longer ones first. */
function without(names: readonly string[], put: string): (text: string) => string {
  const known = [...new Set(names.map((name) => name.trim()))].filter((name) => name.length > 1);
  if (known.length === 0) return (text) => text;
  const any = known
    .toSorted((one, other) => other.length - one.length)
    .map(escaped)
    .join('|');
  const find = new RegExp(`(?<![\\p{L}\\p{N}])(?:${any})(?![\\p{L}\\p{N}])`, 'gu');
  return (text) => text.replace(find, put);
}

/** A name, and the part of it that people are called by. */
const nameForms = (name: string): string[] => {
  const first = name.split(/\s+/, 1).join();
  return first.length > 2 ? [name, first] : [name];
};

/** Everything called `field` in a value of whatever shape. */
function valuesOf(value: unknown, field: string): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    name === field && typeof inner === 'string' ? [inner] : valuesOf(inner, field),
  );
}

const outputsOf = (tools: readonly ToolPart[]) =>
  tools.map((part) => (part.state === 'output-available' ? part.output : undefined));

type Sharing = {
  title: string;
  withSources: boolean;
  name: string | null;
  /** What the student is called in the app, which nobody is told. */
  ownName: string | null;
};

/**
 * A conversation for somebody without an account: nothing that stands for its student or for others, no key to a quiz, no id,
 * and without sources no name of a file either.
 */
/** What sentences are made of names the same as they do. */
const maskedSayings = (sayings: Sayings, mask: (text: string) => string): Sayings =>
  saidSchema.parse(
    Object.fromEntries(
      Object.entries(sayings).map(([english, saying]) => [
        mask(english),
        JSON.parse(JSON.stringify(saying), (_, value) => (typeof value === 'string' ? mask(value) : value)),
      ]),
    ),
  );

export function snapshotOf(
  rows: readonly MessageRow[],
  { title, withSources, name, ownName }: Sharing,
): { title: string; snapshot: Snapshot } {
  const contents = rows.map(({ parts }) => contentOf(toParts(parts)));
  const outputs = contents.flatMap(({ tools }) => outputsOf(tools));
  const others = outputs.flatMap((output) => valuesOf(output, 'displayName'));
  const files = [
    ...outputs.flatMap((output) => valuesOf(output, 'source')),
    ...contents.flatMap(({ citations }) => [...citations.values()].map(({ title }) => title)),
  ];
  const hideOthers = without(others.flatMap(nameForms), 'a student');
  const hideOwn =
    ownName === null || ownName === name
      ? (text: string) => text
      : without(nameForms(ownName), 'the student');
  const hideFiles = withSources ? (text: string) => text : without(files, 'the notes');
  const mask = (text: string) => redact(hideOwn(hideOthers(hideFiles(text)))).replace(ID, '[id]');

  const messages = rows.flatMap((row, index): TranscriptMessage[] => {
    // What is still being written may yet be stopped or taken back.
    if (row.status === 'streaming') return [];
    const said = messageOf(row);
    const tools = (contents[index]?.tools ?? []).filter((part) => !isAboutOthers(part));
    const cited = new Set(said.sources.map(({ n }) => n));
    const text = withSources ? said.text : replaceMarkers(said.text, (n) => (cited.has(n) ? '' : undefined));
    return [
      {
        ...said,
        text: mask(text),
        sources: withSources ? said.sources.map((source) => ({ ...source, quote: mask(source.quote) })) : [],
        unsupported: said.unsupported.map(mask),
        tools: tools
          .flatMap((part) => toolWords(part) ?? [])
          .map(({ tool, said: words, lines, madeOf }) => ({
            tool,
            said: mask(words),
            lines: lines.map(mask),
            madeOf: maskedSayings(madeOf, mask),
          })),
      },
    ];
  });
  return { title: mask(title), snapshot: { name, withSources, messages } };
}

const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim();

/** A conversation as Markdown, its citations as footnotes. */
export function markdownOf(title: string, messages: readonly TranscriptMessage[], t = inEnglish): string {
  const notes: string[] = [];
  const blocks = messages.map(({ role, text, sources, tools, unsupported, imported, status }) => {
    const numbers = new Map(
      sources.map(({ n, title: document, locator, quote, verdict }) => {
        const place = [oneLine(document), locatorText(locator, t)];
        if (verdict === 'paraphrase') place.push(t('close to these words'));
        const number = notes.push(`${place.join(', ')}: “${oneLine(quote)}”`);
        return [n, number];
      }),
    );
    const noted = replaceMarkers(text, (n, lead) => {
      const number = numbers.get(n);
      return number === undefined ? undefined : `${lead}[^${number}]`;
    });
    return [
      `## ${role === 'user' ? t('You') : imported ? t('Clerva (imported)') : 'Clerva'}`,
      noted.trim(),
      ...tools.map(({ said, lines, madeOf }) => {
        const inWords = (words: string) => oneLine(told(words, madeOf, t));
        return [`> ${inWords(said)}`, ...lines.map((one) => `> - ${inWords(one)}`)].join('\n');
      }),
      ...unsupported.map((claim) => `*${t('Not in your notes: {claim}', { claim: oneLine(claim) })}*`),
      ...(status === 'stopped' || status === 'error' ? [`*${t('This answer broke off.')}*`] : []),
    ]
      .filter((block) => block !== '')
      .join('\n\n');
  });
  return [`# ${oneLine(title)}`, ...blocks, ...notes.map((note, index) => `[^${index + 1}]: ${note}`)]
    .join('\n\n')
    .concat('\n');
}
