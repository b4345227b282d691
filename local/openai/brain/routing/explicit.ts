import { isRecord, parseJson } from '../parse-json.ts';
import { match, rewritten, says } from '../words.ts';

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

const LONGEST = 300;

const unitOf = (word: string): string =>
  rewritten('unit-name', word.includes('/') ? word.toLowerCase() : word);

/** The sum or the conversion that a sentence asks for, as the calculator reads it; undefined for any other sentence. */
export function sumIn(said: string): string | undefined {
  // One behind a single number means its factorial, one behind a sum that the student is in a hurry.
  const whole = said
    .trim()
    .replace(/[\s?=.]+$/, '')
    .replace(/(?<=[-+*/^×÷].*)!+$/, '');
  const asks = match('asks-sum', whole);
  const bare = whole.slice(asks?.[0].length ?? 0);
  if (bare.length > LONGEST || !/\d/.test(bare)) return undefined;
  const [, amount, from, to] = match('conversion', bare.replace(/(\d),(?=\d{3}(?:\D|$))/g, '$1')) ?? [];
  if (amount && from && to && says('unit', from) && says('unit', to))
    return `${amount} ${unitOf(from)} to ${unitOf(to)}`;
  if (asks?.[1] === undefined && says('date-like', bare)) return undefined;
  const sum = rewritten('sum', bare.toLowerCase()).replace(/\s+/g, ' ').trim();
  return says('sum-tokens', sum) && says('sum-work', sum.replace(/^-/, '')) ? sum : undefined;
}

/** What a sentence wants looked up outside of the notes. */
export const webQueryIn = (said: string): string | undefined => match('on-the-web', said.trim())?.[1];
