import type { ModerationCreateResponse } from 'openai/resources/moderations';
import { newId } from './ids.ts';
import type { ModerationsRequest } from './requests.ts';
import type { Brain } from './types.ts';

const FLAG_FROM = 0.5;

export function createModeration(request: ModerationsRequest, brain: Brain): ModerationCreateResponse {
  const inputs = typeof request.input === 'string' ? [request.input] : request.input;
  // A list of strings is a list of cases; a list of parts is one case.
  const texts = inputs.every((input) => typeof input === 'string')
    ? inputs
    : [inputs.map((input) => (typeof input === 'string' ? input : (input.text ?? ''))).join('\n')];
  return {
    id: newId('modr'),
    model: request.model ?? 'omni-moderation-latest',
    results: texts.map((text) => {
      const scores = brain.moderate(text);
      const entries = Object.entries(scores);
      const byCategory = (value: (score: number) => unknown) =>
        Object.fromEntries(entries.map(([category, score]) => [category, value(score)]));
      // The brain's categories are the official ones; a record by name is how they are built here.
      return {
        flagged: entries.some(([, score]) => score >= FLAG_FROM),
        categories: byCategory((score) => score >= FLAG_FROM),
        category_scores: byCategory((score) => score),
        category_applied_input_types: byCategory(() => ['text']),
      } as unknown as ModerationCreateResponse['results'][number];
    }),
  };
}
