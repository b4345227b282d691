import type { MadeItems } from '@/lib/domain/make';
import { paths } from '@/lib/links';

/** Where what was made is found. */
export const madePath = ({ quizId }: Pick<MadeItems, 'quizId'>) =>
  quizId ? paths.quiz(quizId) : paths.proposedCards;
