import { match, rewritten, says } from '../words.ts';
import { inOurWords } from './glossary.ts';
import { meaningOf } from './meaning.ts';
import { subjectIn } from './subjects.ts';
import { isTool, type State } from './types.ts';

/** What the student orders, and the text the order is about. Only the order is ever routed. */
export type Instruction = { say: string; paste: string; typed: string };

const LONGEST_ORDER = 600;
/** Behind a colon on the same line less than this is a subject and no text. */
const SHORTEST_PASTE = 60;

export function splitInstruction(text: string, state: State): Instruction {
  const [typed, paste = ''] = split(rewritten('typed', text.normalize('NFKC')).trim(), state);
  // Where nothing but sounds was said, they are what was said.
  return { say: rewritten('tidy', typed).trim() || typed.trim(), paste, typed };
}

function split(text: string, state: State): [say: string, paste?: string] {
  const plain = rewritten('task-number', text);
  const stem = match('choices', plain)?.[1];
  if (stem) return [/[?:_.]\s*$/.test(stem) ? stem : `${stem}:`];
  const [, asked, fenced] = match('fenced', plain) ?? [];
  if (asked?.trim() && fenced) return [asked.trim(), fenced.trim()];
  const [, head, body] = match('headed', plain) ?? [];
  if (head && body) return orderAtTheEnd(plain, head, state) ?? [head.trim(), body.trim()];
  return behindColon(plain, state) ?? [plain.slice(0, LONGEST_ORDER)];
}

/** "find this in my notes: …", "make cards of this text: …": an order that names nothing before its colon. */
function behindColon(plain: string, state: State): [string, string] | undefined {
  const [, head = '', tail = ''] = match('behind-colon', plain) ?? [];
  const meaning = head && meaningOf(head, state);
  if (!meaning || !isTool(meaning) || subjectIn(head, meaning)) return undefined;
  if (!['searchNotes', 'summarizeSession', 'addFlashcards'].includes(meaning)) return undefined;
  const isText = tail.length >= SHORTEST_PASTE || says('whole-sentences', tail);
  return isText || (meaning === 'searchNotes' && says('looks', inOurWords(head))) ? [head, tail] : undefined;
}

/** A long paste may carry its order as a short last paragraph. */
function orderAtTheEnd(text: string, first: string, state: State): [string, string] | undefined {
  const tail = text.split(/\n\s*\n/).at(-1) ?? '';
  const isOrder = (part: string): boolean => {
    const meaning = meaningOf(part, state);
    return isTool(meaning) && meaning !== 'searchNotes';
  };
  if (first.length <= 60 || tail.length >= 120 || isOrder(first) || !isOrder(tail)) return undefined;
  return [tail, text.slice(0, text.length - tail.length).trim()];
}
