import type { QuizDifficulty } from '@/lib/domain/quiz';
import { type Message, text } from '@/lib/language/text';

/** How hard a quiz or a question is, in words. */
export const LEVEL_NAMES: Readonly<Record<QuizDifficulty, Message>> = {
  easy: text('easy'),
  medium: text('medium'),
  hard: text('hard'),
  mixed: text('mixed'),
};
