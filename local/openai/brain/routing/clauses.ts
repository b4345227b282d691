import { chooseTool } from './choose.ts';
import { isElliptical } from './subject.ts';
import type { State, ToolName } from './types.ts';

const VERB =
  '(?:quiz|test|drill|make|create|generate|give|add|send|invite|nudge|ping|message|remind|text|find|search|look|summari[sz]e|sum up|show|tell|let|build|plan|turn|convert|recap|explain|schedule|check|match|see|who|ask|put|save|use|compare|define|get|write|start|prepare|how (?:well|good|much)|when (?:is|are|can)|why (?:is|are|do|would)|what (?:are|is|should)|then)';
const WISH =
  '(?:also |maybe |perhaps |afterwards |later |then )?(?:a |an |some |my |the |one |\\d+ |a few |another )?(?:short |quick |small |new |matching |little |study |revision )*(?:flash ?cards|cards|quiz|summary|recap|plan|schedule|test|mock exam|practice questions|questions)\\b';
const CUT = new RegExp(
  [
    String.raw`\s*(?:[,;.]\s*|\s)(?:and\s+)?(?:then|after that|afterwards|after|next|finally|also),?\s+(?:please )?(?=${VERB}\b)`,
    String.raw`\s*[.;!?]\s+(?=${VERB}\b|i\b|please\b|can you\b|could you\b)`,
    String.raw`,?\s+(?:and|plus|but|&)\s+(?:please |also |can you |could you |i (?:want|need|would like|'d like) (?:you )?to )*(?=${VERB}\b)`,
    String.raw`,?\s+(?:and|plus|&|as well as)\s+(?=${WISH})`,
    String.raw`,\s+(?:please )?(?=${VERB}\b)`,
    String.raw`\s+(?=help me (?:to )?plan\b|make me a plan\b|plan it\b)`,
  ].join('|'),
  'i',
);
const MOST_CLAUSES = 4;

/** "search my notes for X and then quiz me on it" as two orders. A part without a tool of its own stays with its neighbour. */
export function splitClauses(say: string, state: State): string[] {
  const parts = say.split(CUT).filter((part) => part !== undefined && part.trim().length > 2);
  if (parts.length < 2) return [say];
  const clauses: string[] = [];
  let waiting = '';
  for (const part of parts) {
    const tool = chooseTool(part, state);
    const before = clauses.at(-1);
    const tellsNothing = tool === undefined && before === undefined;
    if (tellsNothing) waiting = waiting ? `${waiting}, ${part}` : part;
    const continues = !tool || (before && isSameOrder(part, tool, chooseTool(before, state)));
    if (before && continues) clauses[clauses.length - 1] = `${before}, ${part}`;
    else if (!tellsNothing) clauses.push(part);
  }
  if (waiting) clauses.unshift(waiting);
  return clauses.length <= MOST_CLAUSES ? clauses : [say];
}

/** A plan's slots stand in many clauses, and "explain it" only repeats the question before it. */
function isSameOrder(part: string, tool: ToolName, before: ToolName | undefined): boolean {
  return tool === before && (tool === 'createStudyPlan' || (tool === 'searchNotes' && isElliptical(part)));
}
