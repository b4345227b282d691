import { subjectOf } from '../routing/subject.ts';

const LONGEST_TITLE = 60;

export const isTitleRequest = (instructions: string): boolean =>
  /\btitle\b/i.test(instructions) && /\b(?:conversation|chat|thread)\b/i.test(instructions);

/** A few words that say what a conversation is about. */
export function titleOf(said: string): string {
  const [line = ''] = said.trim().split('\n');
  const subject = subjectOf(line) || line.trim() || 'New conversation';
  const short =
    subject.length <= LONGEST_TITLE ? subject : `${subject.slice(0, LONGEST_TITLE).replace(/\s+\S*$/, '')}…`;
  return short.charAt(0).toUpperCase() + short.slice(1);
}
