import { isRecord } from '../parse-json.ts';
import { type Result, textOf } from './read.ts';

export const describeSum = (result: Result, args: Result): string =>
  `${textOf(args, 'expression')} = ${textOf(result, 'result')}`;

const MOST = 3;

/** What was found, by name and address: none of it is the student's own. */
export function describeWeb(result: Result): string {
  const results = Array.isArray(result.results) ? result.results.filter(isRecord) : [];
  if (isRecord(result.dryRun)) return 'Nothing was sent: the web search runs dry on this server.';
  if (results.length === 0) return 'The web search found nothing on this.';
  const lines = results
    .slice(0, MOST)
    .map(
      (found) =>
        `- [${textOf(found, 'title') || 'A page'}](${textOf(found, 'url')}): ${textOf(found, 'snippet')}`,
    );
  return `This is from the web, not from your notes:\n\n${lines.join('\n')}`;
}
