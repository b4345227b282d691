import { chooseTool } from './choose.ts';
import { isElliptical } from './subject.ts';
import type { State, ToolName } from './types.ts';

const VERB =
  '(?:quiz|test|make|create|generate|give|add|send|invite|nudge|ping|find|search|look|summari[sz]e|show|tell|build|plan|turn|convert|recap|explain|drill|schedule|check|match|see|who|ask|put|save|use)';
const CUT = new RegExp(
  [
    String.raw`\s*(?:[,;.]\s*|\s)(?:and\s+)?(?:then|after that|afterwards|next|finally|also),?\s+(?:please )?(?=${VERB}\b)`,
    String.raw`\s*[.;!?]\s+(?=${VERB}\b)`,
    String.raw`,?\s+and\s+(?:please )?(?=${VERB}\b)`,
    String.raw`,\s+(?=${VERB}\b)`,
  ].join('|'),
  'i',
);
const MOST_CLAUSES = 4;

/** "search my notes for X and then quiz me on it" as two orders. A part without a tool of its own stays with its neighbour. */
export function splitClauses(say: string, state: State): string[] {
  const parts = say.split(CUT).filter((part) => part.trim().length > 2);
  if (parts.length < 2) return [say];
  const clauses: string[] = [];
  for (const part of parts) {
    const tool = chooseTool(part, state);
    const before = clauses.at(-1);
    const continues = !tool || (before && isSameOrder(part, tool, chooseTool(before, state)));
    if (before && continues) clauses[clauses.length - 1] = `${before}, ${part}`;
    else clauses.push(part);
  }
  return clauses.length <= MOST_CLAUSES ? clauses : [say];
}

/** A plan's slots stand in many clauses, and "explain it" only repeats the question before it. */
function isSameOrder(part: string, tool: ToolName, before: ToolName | undefined): boolean {
  return tool === before && (tool === 'createStudyPlan' || (tool === 'searchNotes' && isElliptical(part)));
}
