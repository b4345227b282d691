import type { LearningStyle } from '../domain/profile.ts';

/** How well a student does in one topic, and how sure that is. Declared ones are what students say of themselves. */
export type Skill = { topic: string; level: number; certainty: number; measured: boolean };

/** What a match is worked out from. Nothing else about a student enters it. */
export type Student = {
  userId: string;
  subjects: readonly string[];
  gradeLevel: string | null;
  learningStyle: LearningStyle | null;
  skills: readonly Skill[];
};
