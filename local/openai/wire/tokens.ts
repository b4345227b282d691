import type { Ask, Say } from './types.ts';

/** Scripts in which a character is about a token, as opposed to about a quarter of one. */
const DENSE_SCRIPT_FROM = 0x0e00;

/** An estimate that grows with the text as real token counts do: a quarter per Latin character, one per dense-script character. */
export function countTokens(text: string): number {
  let quarters = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    quarters += code < 0x80 ? 1 : code < DENSE_SCRIPT_FROM ? 2 : 4;
  }
  return Math.ceil(quarters / 4);
}

/** The longest beginning of a text that stays within a number of tokens. */
export function cutToTokens(text: string, tokens: number): string {
  if (countTokens(text) <= tokens) return text;
  let low = 0;
  let high = text.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (countTokens(text.slice(0, middle)) <= tokens) low = middle;
    else high = middle - 1;
  }
  const endsInHalfPair = /[\uD800-\uDBFF]$/.test(text.slice(0, low));
  return text.slice(0, endsInHalfPair ? low - 1 : low);
}

/** About three words a piece, or a dozen characters where words are not spaced; never inside a surrogate pair. */
export function pieces(text: string): string[] {
  return text.match(/\s*(?:[^\s]{1,12}\s*){1,3}/gu) ?? (text ? [text] : []);
}

const TOKENS_PER_TURN = 3;

export type Usage = { input: number; output: number };

export function countUsage(ask: Ask, say: Say): Usage {
  let input = 0;
  for (const turn of ask.turns)
    input += TOKENS_PER_TURN + countTokens(turn.role === 'call' ? turn.name + turn.args : turn.text);
  if (ask.tools.length > 0) input += countTokens(JSON.stringify(ask.tools));
  if (ask.json) input += countTokens(JSON.stringify(ask.json));
  return { input, output: outputTokens(say) };
}

function outputTokens(say: Say): number {
  let output = countTokens(say.text ?? say.refusal ?? '');
  for (const call of say.calls ?? [])
    output += countTokens(call.name) + countTokens(JSON.stringify(call.args));
  return output;
}
