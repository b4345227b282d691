import type { Brain } from '../wire/types.ts';
import { decide } from './decide.ts';
import { embedText } from './embedding.ts';
import { moderateText } from './moderation.ts';

/** The deterministic stand-in for a model: the same request gives the same reply, from rules and the notes alone. */
export function createStudyBrain(): Brain {
  return { decide, embed: embedText, moderate: moderateText };
}
