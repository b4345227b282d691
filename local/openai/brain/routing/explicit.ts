import { isRecord } from '../parse-json.ts';
import { match } from '../words.ts';

/** `Use <tool> with {json}`: an order that needs no reading, only checking. */
export type Explicit = { name: string; args: Record<string, unknown> } | { name: string; problem: string };

export function readExplicit(text: string, toolNames: Iterable<string>): Explicit | undefined {
  const [, said = '', given] = match('explicit', text.normalize('NFKC').replace(/[“”]/g, '"')) ?? [];
  const name = [...toolNames].find((tool) => tool.toLowerCase() === said.toLowerCase());
  if (!name) return undefined;
  // A full stop or a closing backtick after the braces belongs to the sentence.
  const json = (given ?? '{}').replace(/[\s.!`]+$/, '');
  try {
    const args: unknown = JSON.parse(json);
    return isRecord(args)
      ? { name, args }
      : { name, problem: `The arguments of ${name} must be one JSON object in braces.` };
  } catch (error) {
    // Broken JSON is asked about, never guessed at: it is told which field could be read before the break.
    const at = /position (\d+)/.exec(error instanceof Error ? error.message : '')?.[1];
    const read = json.slice(0, at === undefined ? json.length : Number(at) + 1);
    const field = [...read.matchAll(/"([\w$-]+)"\s*:?/g)].at(-1)?.[1];
    const place = field ? ` near “${field}”` : '';
    return {
      name,
      problem: `The arguments of ${name} are not valid JSON${place}. Check the braces and quotes.`,
    };
  }
}
