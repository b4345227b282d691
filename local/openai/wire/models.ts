import type { Model } from 'openai/resources/models';
import { ApiError } from './api-error.ts';

/** 2026-01-01, so that the list is the same on every run. */
const CREATED = 1_767_225_600;

const NAMES = ['clerva-study-brain', 'clerva-lexical-1536', 'omni-moderation-latest'];

export const listModels = (): { object: 'list'; data: Model[] } => ({
  object: 'list',
  data: NAMES.map(model),
});

export function getModel(name: string): Model {
  if (!NAMES.includes(name))
    throw new ApiError(404, `The model '${name}' does not exist or you do not have access to it.`, {
      code: 'model_not_found',
      param: 'model',
    });
  return model(name);
}

const model = (id: string): Model => ({ id, object: 'model', created: CREATED, owned_by: 'clerva' });
