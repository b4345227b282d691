/**
 * How long and how many: what a form says, a route takes and the tables keep. Numbers alone, so that a page may know them
 * without the schemas.
 */

/** The longest name of a document, a conversation, a plan, a task, a goal or a topic. */
export const MAX_TITLE_CHARACTERS = 200;
/** The longest name of a course or a deck. */
export const MAX_LABEL_CHARACTERS = 120;
/** The longest name, level or subject of a student. */
export const MAX_NAME_CHARACTERS = 80;
/** The longest text that is searched for by its words. */
export const MAX_QUERY_CHARACTERS = 200;
/** The longest question to the agent. */
export const MESSAGE_MAX_CHARACTERS = 10_000;
/** The longest message to another student. */
export const MAX_NUDGE_CHARACTERS = 500;
/** The longest note on a student who is reported. */
export const MAX_REPORT_CHARACTERS = 1_000;
/** The longest side of a card. */
export const MAX_SIDE_CHARACTERS = 10_000;
/** The largest calendar that is read. */
export const MAX_CALENDAR_BYTES = 1_048_576;

/** Subjects and goals a student names of themselves. */
export const MAX_SUBJECTS = 50;
export const MAX_QUESTIONS = 50;
/** Goals of a plan, and topics named as weak. */
export const MAX_GOALS = 20;
/** Minutes of a study day, and of one task of one's own. */
export const STUDY_DAY_MINUTES = { min: 5, max: 960 } as const;
export const MAX_TASK_MINUTES = 600;

export const DAY_MINUTES = 1440;
/** How long an upload may take before its place in the library says that nothing came. */
export const ARRIVAL_MINUTES = 30;
/** So long nobody looks at one card. */
export const MAX_REVIEW_MS = 1_800_000;
/** How many reviews are sent at once. */
export const MAX_REVIEWS_SENT = 50;
