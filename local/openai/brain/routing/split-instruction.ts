import { inOurWords } from './glossary.ts';
import { meaningOf } from './meaning.ts';
import { subjectIn } from './subjects.ts';
import { isTool, type State } from './types.ts';

/** What the student orders, and the text the order is about. Only the order is ever routed. */
export type Instruction = { say: string; paste: string; typed: string };

const LONGEST_ORDER = 600;
/** Behind a colon on the same line less than this is a subject and no text. */
const SHORTEST_PASTE = 60;
const SENTENCES = /\p{Ll}\. \p{Lu}.*[.!?]$/u;

const LOOKS = /\b(?:notes|search|find)\b/i;
/** "12. Which …", "Q3: …": the number of a task. */
const NUMBERED =
  /^(?:(?:q|question|task|exercise|frage|aufgabe|exercice|pregunta)\s*)?\(?\d{1,3}[.):]\s+(?=[^\n]+$|[^\n]+\n\s*\(?[aA][.):])/iu;
/** A question with its choices: it is asked without them. */
const CHOICES = /^([^\n]{3,}?)\s+\(?[aA1][.):]\s[\s\S]{1,200}?\s\(?[bB2][.):]\s[\s\S]+[cC3][.):]\s/u;

export function splitInstruction(text: string, state: State): Instruction {
  const { say, paste } = split(text, state);
  return { say: tidy(say), paste, typed: say };
}

function split(text: string, state: State): Omit<Instruction, 'typed'> {
  const plain = text
    .normalize('NFKC')
    .replace(/[“”]/g, '"')
    .replace(/[‘’]/g, "'")
    .replace(/[ \t]+/g, ' ')
    .trim()
    .replace(NUMBERED, '');
  const stem = CHOICES.exec(plain)?.[1];
  if (stem) return { say: /[?:_.]\s*$/.test(stem) ? stem : `${stem}:`, paste: '' };
  const fence = /^([\s\S]*?)(?:```|"""|~~~)([\s\S]+?)(?:```|"""|~~~)?\s*$/.exec(plain);
  if (fence?.[1]?.trim() && fence[2]) return { say: fence[1].trim(), paste: fence[2].trim() };
  const headed =
    /^([^\n]{3,220}?):\s*\n([\s\S]+)$/.exec(plain) ?? /^([^\n]{3,220}?)\n\s*\n?([\s\S]{20,})$/.exec(plain);
  if (headed?.[1] && headed[2])
    return orderAtTheEnd(plain, headed[1], state) ?? { say: headed[1].trim(), paste: headed[2].trim() };
  return behindColon(plain, state) ?? { say: plain.slice(0, LONGEST_ORDER), paste: '' };
}

/** "find this in my notes: …", "make cards of this text: …": an order that names nothing before its colon. */
function behindColon(plain: string, state: State): Omit<Instruction, 'typed'> | undefined {
  const [, head = '', tail = ''] = /^([^\n:]{3,90}):\s+(\S[^\n]{2,})$/.exec(plain) ?? [];
  const meaning = head && meaningOf(head, state);
  if (!meaning || !['searchNotes', 'summarizeSession', 'addFlashcards'].includes(meaning)) return undefined;
  if (!isTool(meaning) || subjectIn(head, meaning)) return undefined;
  return (meaning === 'searchNotes' && LOOKS.test(inOurWords(head))) ||
    tail.length >= SHORTEST_PASTE ||
    SENTENCES.test(tail)
    ? { say: head, paste: tail }
    : undefined;
}

/** A long paste may carry its order as a short last paragraph. */
function orderAtTheEnd(text: string, first: string, state: State): Omit<Instruction, 'typed'> | undefined {
  const tail = text.split(/\n\s*\n/).at(-1) ?? '';
  if (first.length <= 60 || tail.length >= 120 || isOrder(first, state) || !isOrder(tail, state))
    return undefined;
  return { say: tail, paste: text.slice(0, text.length - tail.length).trim() };
}

const isOrder = (text: string, state: State): boolean => {
  const meaning = meaningOf(text, state);
  return isTool(meaning) && meaning !== 'searchNotes';
};

/** Pictures and sounds around what is said go, and signs that stand for words are written out. */
const TIDY: readonly [RegExp, string][] = [
  [/(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\u200D|\uFE0F)+/gu, ' '],
  [/(?<=\s)w\/? ?(?=(?:me|my|him|her|them|us|some|a|the|\d)\b)/giu, 'with '],
  [/(?<=^|\s)r (?=(?:u|you|there|they|we|my|the)\b)/gu, 'are '],
  [/(?<=\p{L} )[n&](?= \p{L}{3,})/gu, 'and'],
  [
    /(?<=^|\s)(?:lol+|lmao|haha+|hehe+|xd|omg|ugh+|imo|imho|smh|[:;]-?[)(DPpo/])(?=\s|$|[,.!?])[,.!]*/giu,
    ' ',
  ],
  [/\s{2,}/g, ' '],
];

/** Where nothing but sounds was said, they are what was said. */
const tidy = (text: string): string =>
  TIDY.reduce((held, [sign, words]) => held.replace(sign, words), text).trim() || text.trim();
