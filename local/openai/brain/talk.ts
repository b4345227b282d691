import { type Language, listed, say } from './phrases.ts';
import { subjectOf } from './routing/subject.ts';
import { TOOL_NAMES, type ToolName } from './routing/types.ts';
import { capitalised } from './text/plain.ts';

type Offered = { has: (tool: string) => boolean };

export function whatICanDo(offered: Offered, language: Language = 'en'): string {
  const able = TOOL_NAMES.filter((tool) => offered.has(tool));
  if (able.length === 0) return say('can.nothing', {}, language);
  const abilities = able.map((tool) => say(`can.${tool}`, {}, language));
  return say('can', { list: listed(abilities, language) }, language);
}

export const cannotYet = (tool: ToolName, offered: Offered): string =>
  say('can.not', { ability: say(`can.${tool}`), can: whatICanDo(offered) });

const LONGEST_TITLE = 60;

export const isTitleRequest = (instructions: string): boolean =>
  /\btitle\b/i.test(instructions) && /\b(?:conversation|chat|thread)\b/i.test(instructions);

/** A few words that say what a conversation is about. */
export function titleOf(said: string): string {
  const [line = ''] = said.trim().split('\n');
  const subject = subjectOf(line) || line.trim() || 'New conversation';
  const short =
    subject.length <= LONGEST_TITLE ? subject : `${subject.slice(0, LONGEST_TITLE).replace(/\s+\S*$/, '')}…`;
  return capitalised(short);
}
