import type { StudySource } from '../../domain/citation.ts';
import { type SourcePassage, sourceOf } from '../source.ts';

/** Something the notes tell in an order: its steps, and the words it stands in. */
export type Sequence = { lead: string | null; steps: string[]; source: StudySource };

const FEWEST = 3;
const MOST = 7;
const LONGEST_STEP = 160;

/** A list with numbers is an order where the words around it say so: kinds and reasons are counted as well. */
const TELLS_ORDER =
  /\b(?:steps?|stages?|phases?|order|sequence|process|procedure|cycle|timeline|how to|first|then|next|finally|afterwards|schritte?|phasen?|reihenfolge|ablauf|pasos?|etapas?|fases?|étapes?|ordre)\b/iu;
const NUMBERED = /(?:^|[\s(])(\d)[.)]\s+/gu;
const ARROW = /\s*(?:→|⟶|⇒|->|=>)\s*/u;
/** How a step of prose begins; the first one opens the row, the last one may close it. */
const OPENS = /^(?:first(?:ly)?|to begin(?: with)?|in the first (?:step|stage|phase))\b[,:]?\s*/i;
const GOES_ON =
  /^(?:second(?:ly)?|third(?:ly)?|fourth(?:ly)?|fifth(?:ly)?|then|next|after (?:that|this)|afterwards|subsequently|finally|last(?:ly)?|in the (?:second|third|fourth|fifth|last|final) (?:step|stage|phase))\b[,:]?\s*/i;
const SENTENCE = /[^.!?\n]+(?:[.!?](?!\s|$)[^.!?\n]*)*[.!?]?/gu;

type Found = { lead: string | null; steps: string[]; start: number; end: number };

const stepText = (text: string) =>
  text
    .replace(/\s+/g, ' ')
    .replace(OPENS, '')
    .replace(GOES_ON, '')
    .replace(/[\s.;,:]+$/u, '')
    .trim();

/** The line before a list, as what it is about. */
function leadBefore(text: string, at: number): string | null {
  const line =
    text
      .slice(0, at)
      .trimEnd()
      .split(/\n|(?<=[.!?])\s/u)
      .at(-1)
      ?.trim() ?? '';
  return line.length >= 4 && line.length <= LONGEST_STEP ? line.replace(/[\s:.–-]+$/u, '') : null;
}

/** Numbers that count up from one, each with its text. */
function numberedLists(text: string): Found[] {
  const marks = [...text.matchAll(NUMBERED)].map((mark) => ({
    number: Number(mark[1]),
    at: mark.index,
    from: mark.index + mark[0].length,
  }));
  return marks.flatMap(({ number, at, from }, index): Found[] => {
    if (number !== 1) return [];
    const rest = marks.slice(index);
    const length = rest.findIndex((mark, place) => mark.number !== place + 1);
    const own = length < 0 ? rest : rest.slice(0, length);
    const steps = own.map((mark, place) => {
      const next = own[place + 1]?.at;
      const body = text.slice(mark.from, next);
      // The last one ends with its line, or with its sentence where the list stands within a paragraph.
      return next === undefined ? (/^[^\n]*?[.!?](?=\s|$)|^[^\n]*/u.exec(body)?.[0] ?? '') : body;
    });
    const last = own.at(-1);
    const end = (last?.from ?? from) + (steps.at(-1)?.length ?? 0);
    const lead = leadBefore(text, at);
    const isOrder = TELLS_ORDER.test(`${lead ?? ''} ${steps.join(' ')}`);
    return isOrder ? [{ lead, steps, start: at, end }] : [];
  });
}

/** A → B → C on one line. */
function chains(text: string): Found[] {
  return [...text.matchAll(/[^\n]+/gu)].flatMap(({ 0: line, index }): Found[] => {
    const [head = '', ...rest] = line.split(ARROW);
    // What stands before a colon says what the chain is of.
    const named = /^(.*?):\s*(.+)$/u.exec(head);
    const steps = [named?.[2] ?? head, ...rest];
    return [{ lead: named?.[1]?.trim() ?? null, steps, start: index, end: index + line.length }];
  });
}

/** Sentences in a row that begin with First, Then, Finally. */
function toldInOrder(text: string): Found[] {
  const sentences = [...text.matchAll(SENTENCE)].map(({ 0: raw, index }) => {
    const words = raw.trimStart();
    return { words: words.trimEnd(), start: index + raw.length - words.length, end: index + raw.length };
  });
  return sentences.flatMap((first, index): Found[] => {
    if (!OPENS.test(first.words)) return [];
    const after = sentences.slice(index + 1);
    const length = after.findIndex(({ words }) => !GOES_ON.test(words));
    const row = [first, ...(length < 0 ? after : after.slice(0, length))];
    const lead = sentences[index - 1]?.words ?? null;
    return [
      {
        lead: lead !== null && lead.length <= LONGEST_STEP ? stepText(lead) : null,
        steps: row.map(({ words }) => words),
        start: first.start,
        end: row.at(-1)?.end ?? first.end,
      },
    ];
  });
}

const isSound = (steps: readonly string[]) =>
  steps.length >= FEWEST &&
  steps.length <= MOST &&
  steps.every((step) => step.length >= 2 && step.length <= LONGEST_STEP) &&
  new Set(steps.map((step) => step.toLowerCase())).size === steps.length;

/** What a passage tells in an order, each place once. */
export function sequencesIn(passage: SourcePassage): Sequence[] {
  const { text } = passage;
  const taken: Found[] = [];
  return [...numberedLists(text), ...chains(text), ...toldInOrder(text)].flatMap((found): Sequence[] => {
    const steps = found.steps.map(stepText);
    const overlaps = taken.some(({ start, end }) => found.start < end && start < found.end);
    if (overlaps || !isSound(steps)) return [];
    const source = sourceOf(passage, text.slice(found.start, found.end).trim());
    if (!source) return [];
    taken.push(found);
    return [{ lead: found.lead || null, steps, source }];
  });
}
