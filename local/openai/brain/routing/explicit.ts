import { isRecord, parseJson } from '../parse-json.ts';
import { match } from '../words.ts';

/** `Use <tool> with {json}`: an order that needs no reading, only checking. */
export type Explicit = { name: string; args: Record<string, unknown> } | { name: string; problem: string };

export function readExplicit(text: string, toolNames: Iterable<string>): Explicit | undefined {
  const [, said = '', given] = match('explicit', text.normalize('NFKC').replace(/[“”]/g, '"')) ?? [];
  const name = [...toolNames].find((tool) => tool.toLowerCase() === said.toLowerCase());
  if (!name) return undefined;
  // A full stop or a closing backtick after the braces belongs to the sentence.
  const json = (given ?? '{}').replace(/[\s.!`]+$/, '');
  const args = parseJson(json);
  // Broken JSON is asked about, never guessed at.
  if (args === undefined)
    return { name, problem: `The arguments of ${name} are not valid JSON. Check the braces and quotes.` };
  if (isRecord(args)) return { name, args };
  return { name, problem: `The arguments of ${name} must be one JSON object in braces.` };
}
