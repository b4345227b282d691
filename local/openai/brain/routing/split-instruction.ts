import { scoreTools } from './choose.ts';
import { tidy } from './tidy.ts';
import type { State } from './types.ts';

/** What the student orders, and the text the order is about. Only the order is ever routed. */
export type Instruction = { say: string; paste: string; typed: string };

const LONGEST_ORDER = 600;
const CLEAR = 2.5;

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
    .trim();
  const fence = /^([\s\S]*?)(?:```|"""|~~~)([\s\S]+?)(?:```|"""|~~~)?\s*$/.exec(plain);
  if (fence?.[1]?.trim() && fence[2]) return { say: fence[1].trim(), paste: fence[2].trim() };
  const headed =
    /^([^\n]{3,220}?):\s*\n([\s\S]+)$/.exec(plain) ?? /^([^\n]{3,220}?)\n\s*\n?([\s\S]{20,})$/.exec(plain);
  if (headed?.[1] && headed[2])
    return orderAtTheEnd(plain, headed[1], state) ?? { say: headed[1].trim(), paste: headed[2].trim() };
  const inline =
    /^(.{3,90}?\b(?:summari[sz]e|recap|sum up|flash ?cards?|cards?|notes?|transcript|text|this|these|deck|takeaways|key points)\b[^:]{0,40}):\s*(\S[\s\S]{3,})$/i.exec(
      plain,
    );
  if (inline?.[1] && inline[2]) return { say: inline[1], paste: inline[2] };
  return { say: plain.slice(0, LONGEST_ORDER), paste: '' };
}

/** A long paste may carry its order as a short last paragraph. */
function orderAtTheEnd(text: string, first: string, state: State): Omit<Instruction, 'typed'> | undefined {
  const tail = text.split(/\n\s*\n/).at(-1) ?? '';
  if (first.length <= 60 || tail.length >= 120 || isOrder(first, state) || !isOrder(tail, state))
    return undefined;
  return { say: tail, paste: text.slice(0, text.length - tail.length).trim() };
}

const isOrder = (text: string, state: State): boolean =>
  [...scoreTools(text, state).values()].some((weight) => weight >= CLEAR);
