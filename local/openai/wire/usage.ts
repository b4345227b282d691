import { countTokens } from './tokens.ts';
import type { Ask, Say } from './types.ts';

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
