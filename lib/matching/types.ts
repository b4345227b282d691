export const LEARNING_STYLES = ['visual', 'auditory', 'kinesthetic', 'reading'] as const;
export type LearningStyle = (typeof LEARNING_STYLES)[number];

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

export const FACET_NAMES = ['subjects', 'learning_style', 'grade', 'complementary'] as const;
export type FacetName = (typeof FACET_NAMES)[number];

/** One part of a score, told to the student it was worked out for. */
export type Facet = {
  facet: FacetName;
  label: string;
  weight: number;
  score: number;
  reason: string;
  /** False when there is nothing to go by and the score is the neutral 0.5. */
  known: boolean;
};

/** Who can explain what to whom, and where neither can. */
export type Exchange = { youExplain: string[]; theyExplain: string[]; bothWeak: string[] };

export type Compatibility = { score: number; facets: Facet[]; exchange: Exchange };
