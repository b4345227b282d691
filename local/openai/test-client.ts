import type { Ask, Brain, ToolSpec, Turn } from './wire/types.ts';

/** Requests as the tests of the brain make them. */

const object = (
  properties: ToolSpec['parameters']['properties'],
  required: string[],
): ToolSpec['parameters'] => ({
  type: 'object',
  properties: properties ?? {},
  required,
  additionalProperties: false,
});

const PARAMETERS: Record<string, ToolSpec['parameters']> = {
  searchNotes: object(
    {
      query: { type: 'string', minLength: 1, maxLength: 300 },
      limit: { anyOf: [{ type: 'integer', minimum: 1, maximum: 20 }, { type: 'null' }] },
    },
    ['query', 'limit'],
  ),
  generateQuiz: object(
    {
      topic: { type: 'string', minLength: 1 },
      difficulty: { type: 'string', enum: ['easy', 'medium', 'hard', 'mixed'] },
      n: { type: 'integer', minimum: 1, maximum: 50 },
    },
    ['topic', 'difficulty', 'n'],
  ),
  addFlashcards: object(
    {
      cards: {
        type: 'array',
        minItems: 1,
        maxItems: 100,
        items: object({ front: { type: 'string' }, back: { type: 'string' } }, ['front', 'back']),
      },
    },
    ['cards'],
  ),
  sendNudge: object(
    {
      toUserId: { type: 'string' },
      message: { type: 'string' },
      nudgeType: { type: 'string', enum: ['study_invite', 'reminder', 'match_suggestion', 'plan_update'] },
    },
    ['toUserId', 'message', 'nudgeType'],
  ),
};

export function offer(...names: string[]): ToolSpec[] {
  return names.map((name) => ({
    name,
    description: name,
    parameters: PARAMETERS[name] ?? { type: 'object' },
    strict: true,
  }));
}

const INSTRUCTIONS =
  'You are a study tutor.\nToday is 2026-11-20, Friday, 14:05, Europe/Lisbon.\nNotes: 4 documents ready.\nPartners: Maya Lind (u-maya), Ben Oka (u-ben)';

export function askFor(turns: Turn[], changes: Partial<Ask> = {}): Ask {
  return {
    model: 'clerva-study-brain',
    turns: [{ role: 'system', text: INSTRUCTIONS }, ...turns],
    tools: offer('searchNotes'),
    toolChoice: 'auto',
    ...changes,
  };
}

export const user = (text: string): Turn => ({ role: 'user', text });
export const assistant = (text: string): Turn => ({ role: 'assistant', text });

/** Asks, runs the one search that the brain wants against given passages, and asks again. */
export function answerFrom(brain: Brain, question: string, result: string): { query: string; text: string } {
  const call = brain.decide(askFor([user(question)])).calls?.[0];
  if (!call) throw new Error(`The brain did not search for “${question}”.`);
  const said = brain.decide(askFor([user(question), ...searched(call.args, result)]));
  return { query: String(call.args.query), text: said.text ?? '' };
}

export const searched = (args: Record<string, unknown>, result: string): Turn[] => [
  { role: 'call', callId: 'call_1', name: 'searchNotes', args: JSON.stringify(args) },
  { role: 'tool', callId: 'call_1', name: 'searchNotes', text: result },
];

/** A search result as the app shows it to a model. */
export function searchResult(
  passages: string[],
  changes: { band?: string; missing?: string[] } = {},
): string {
  const missing = changes.missing?.length ? [`missing: ${changes.missing.join(', ')}`] : [];
  const shown = passages.map(
    (text, i) =>
      `<passage n="${i + 1}" title="Notes" where="page ${i + 1}" heading="A > B">\n${text}\n</passage>`,
  );
  return [`evidence: ${changes.band ?? 'strong'}`, ...missing, ...shown].join('\n');
}
