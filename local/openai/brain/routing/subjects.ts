import { readCountWithin } from '../slots/amounts.ts';
import { found, match, rewritten, says } from '../words.ts';
import { theReader } from './reader.ts';
import { ask, type Clause, calling, type Filled, LONGEST_QUERY, type ToolName } from './types.ts';

const MOST = 50;
const MOST_SUBJECTS = 20;

/** What the sentence names for a tool: topics, goals, what is looked for. */
export const subjectsIn = (say: string, tool: ToolName): string[] =>
  theReader()
    .subjects(say, tool)
    .map((subject) => rewritten('subject', subject))
    .filter((subject) => subject.length > 1 && !says('nobodys', subject))
    .slice(0, MOST_SUBJECTS);

/** Of several the longest: "in my exam on Friday, quiz me on cell division" names the exam only in passing. */
export const subjectIn = (say: string, tool: ToolName): string =>
  subjectsIn(say, tool).reduce((best, subject) => (subject.length > best.length ? subject : best), '');

export function fillSearch(clause: Clause): Filled {
  const query = searched(clause);
  if (query.length < 2) return ask({ tool: 'searchNotes', args: {} }, 'query', clause);
  const limit = readCountWithin(clause.plain, 'results', MOST) ?? 10;
  return calling('searchNotes', { query: query.slice(0, LONGEST_QUERY), limit });
}

function searched({ say, plain, paste }: Clause): string {
  // What stands in quotation marks or behind the colon of an order is what is looked for.
  const quoted = match('quoted-whole', paste)?.[1] ?? found('looked-for', say);
  if (quoted) return quoted.trim();
  if (paste && !paste.includes('\n') && !say.includes('?')) return paste;
  const isAboutNotes = says('of-notes', plain) && (!says('asks', plain) || says('of-notes-alone', plain));
  return (isAboutNotes ? subjectIn(say, 'searchNotes') : '') || wholeQuestion(say);
}

function wholeQuestion(say: string): string {
  const question = rewritten('whole-question', rewritten('lead', say)).trim();
  return says('only-where', question) ? '' : question;
}
