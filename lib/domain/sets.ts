/**
 * What pages know of the entities without parsing anything: sets of words, small rules, numbers. Each belongs to the file of its
 * entity, which hands it on; it stands here so that no page loads what reads a schema for it.
 */

import { MAX_TITLE_CHARACTERS } from './bounds.ts';

/** By the number a day of the week has everywhere here. */
export const WEEKDAYS = [
  'Sunday',
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
] as const;

/** How a question is asked: four choices, an answer to type, true or false, pairs to match, steps to put in order. */
export const QUIZ_FORMATS = ['choice', 'typed', 'truth', 'matching', 'ordering'] as const;
export type QuizFormat = (typeof QUIZ_FORMATS)[number];

export const DOCUMENT_STATUSES = ['pending', 'processing', 'ready', 'error'] as const;
export type DocumentStatus = (typeof DOCUMENT_STATUSES)[number];

/**
 * What the parts of a file are called: its pages, the sections of a text without pages, the rows of a table, slides, rows of
 * named sheets, moments of a recording.
 */
export const LOCATOR_KINDS = ['page', 'section', 'row', 'slide', 'sheet', 'time'] as const;
export type LocatorKind = (typeof LOCATOR_KINDS)[number];

/** What a text file can be read as, by its name on the web: the script it was made for, and what people call it. */
export const TEXT_ENCODINGS = {
  'utf-8': ['Unicode', 'UTF-8'],
  'utf-16le': ['Unicode', 'UTF-16'],
  'utf-16be': ['Unicode', 'UTF-16 BE'],
  'windows-1252': ['Western', 'Windows-1252'],
  macintosh: ['Western', 'Mac OS Roman'],
  'windows-1250': ['Central European', 'Windows-1250'],
  'iso-8859-2': ['Central European', 'ISO-8859-2'],
  'windows-1257': ['Baltic', 'Windows-1257'],
  'windows-1251': ['Cyrillic', 'Windows-1251'],
  'koi8-u': ['Cyrillic', 'KOI8-R'],
  ibm866: ['Cyrillic', 'CP866'],
  'iso-8859-5': ['Cyrillic', 'ISO-8859-5'],
  'x-mac-cyrillic': ['Cyrillic', 'Mac OS Cyrillic'],
  'windows-1253': ['Greek', 'Windows-1253'],
  'iso-8859-7': ['Greek', 'ISO-8859-7'],
  'windows-1254': ['Turkish', 'Windows-1254'],
  'windows-1255': ['Hebrew', 'ISO-8859-8'],
  'windows-1256': ['Arabic', 'Windows-1256'],
  'iso-8859-6': ['Arabic', 'ISO-8859-6'],
  'windows-874': ['Thai', 'Windows-874'],
  'windows-1258': ['Vietnamese', 'Windows-1258'],
  shift_jis: ['Japanese', 'Shift-JIS'],
  'euc-jp': ['Japanese', 'EUC-JP'],
  'iso-2022-jp': ['Japanese', 'ISO-2022-JP'],
  gb18030: ['Chinese', 'GB18030'],
  big5: ['Chinese', 'Big5'],
  'euc-kr': ['Korean', 'EUC-KR'],
} as const;
export type TextEncoding = keyof typeof TEXT_ENCODINGS;

/** What an encoding is called in an account. */
export function encodingName(encoding: TextEncoding): string {
  const [script, name] = TEXT_ENCODINGS[encoding];
  return `${script} (${name})`;
}

/** Parts that the file itself counts, whether there is text on them or not. */
export const isPaged = (kind: LocatorKind): boolean => kind === 'page' || kind === 'slide';

/** Rows and captions are read in parts of many, so only the parts are counted. */
export const unitOf = (kind: LocatorKind): string =>
  kind === 'row' || kind === 'sheet' || kind === 'time' ? 'part' : kind;

/** The label of a page whose text was read from a picture of it, and may hold errors. */
export const READ_FROM_PICTURE = 'read from a picture';

/** Pictures that models see, by the endings of their names. */
const PICTURES: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  webp: 'image/webp',
};

export const PICTURE_ENDINGS = Object.keys(PICTURES);

/** The type of a picture by the ending of its name; undefined for other files. */
export const pictureType = (fileName: string): string | undefined =>
  PICTURES[/\.([a-z]{3,4})$/i.exec(fileName)?.[1]?.toLowerCase() ?? ''];

/** Files that go with one question. */
export const MAX_ATTACHED = 10;

/** So many documents may be chosen at once, to ask or to make something of. */
export const MAX_CHOSEN_DOCUMENTS = 20;

/** How an answer is to differ from the one it replaces. */
export const ANSWER_NUDGES = ['shorter', 'simpler', 'deeper', 'example', 'language'] as const;

export const NOTE_IMAGE_TYPES = ['image/png', 'image/jpeg', 'image/webp'] as const;

const UNTITLED = 'Untitled note';

/** How a heading or a line reads without the signs of Markdown. */
const plain = (text: string): string =>
  text
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/\[\[(?:[^\]|]*\|)?([^\]]*)\]\]/g, '$1')
    .replace(/[*_`~]{1,3}(\S(?:.*?\S)?)[*_`~]{1,3}/g, '$1')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, MAX_TITLE_CHARACTERS)
    .trim();

/** A note is called as its first heading, or else as it begins. */
export function titleOfNote(content: string): string {
  const body = content.replace(/^---\r?\n[\s\S]*?\r?\n---\r?\n/, '');
  const lines = body.replace(/^(`{3,}|~{3,})[\s\S]*?^\1/gm, '').split('\n');
  const heading = lines.flatMap((text) => /^ {0,3}#{1,6}\s+(.+?)\s*#*$/.exec(text)?.[1] ?? [])[0];
  const first = lines.find((text) => /[\p{L}\p{N}]/u.test(text)) ?? '';
  return plain(heading ?? first.replace(/^\s*(?:[-*+>]\s+(?:\[[ xX]\]\s+)?|\d+[.)]\s+)/, '')) || UNTITLED;
}

/** What a title is called between the brackets of a link; private.link_name says the same. */
export const linkName = (title: string): string => title.replace(/[[\]|#^\s]+/g, ' ').trim();

export const LINK = /\[\[([^\][|#\n]+)(?:#([^\][|\n]*))?(?:\|([^\][\n]*))?\]\]/g;

/** The word that a student types, so that nothing is erased by a stray press. */
export const ERASE_WORD = 'erase';

/** The three things a claim can be, beside the passage it names. */
export const VERDICTS = ['verified', 'paraphrase', 'unsupported'] as const;
export type Verdict = (typeof VERDICTS)[number];

export const DEFAULT_DECK = 'My cards';

/** How sure a student said they were before they saw whether an answer was right. */
export const CONFIDENCES = ['guessing', 'fairly', 'certain'] as const;

const EXAM_SECONDS_A_QUESTION = 75;
const SHORTEST_EXAM = 5;

/** How long a paper may take: time to read all of it twice. */
export const examMinutesFor = (questions: number) =>
  Math.max(SHORTEST_EXAM, Math.ceil((questions * EXAM_SECONDS_A_QUESTION) / 60));

/** Messages of a thread that are loaded at once. */
export const MESSAGES_SHOWN = 200;

/** The hints a problem gets before its answer, in their order. */
export const HINT_RUNGS = ['nudge', 'step', 'twin', 'answer'] as const;

/** When a day of study ends, unless the student prefers another hour: the database knows the same. */
export const ROLLOVER_HOUR = 4;

/** From so many times on a forgotten card is told of: it takes time and does not stick. The database knows the same. */
export const LEECH_LAPSES = 8;

export const RATINGS = [1, 2, 3, 4] as const;
/** Again, Hard, Good, Easy. */
export type CardRating = (typeof RATINGS)[number];

/** The phases of a card as the database numbers them. */
export const PHASE = { unseen: 0, learning: 1, review: 2, relearning: 3 } as const;

export const SEATS = 5;
export const MAX_GOAL_CHARACTERS = 120;
export const MAX_ROOM_MESSAGE_CHARACTERS = 1_000;
export const MAX_ROOM_TITLE_CHARACTERS = 80;

/** The bounds of a rhythm of one's own. */
export const DURATION_LIMITS = {
  focusMinutes: { min: 5, max: 120 },
  breakMinutes: { min: 1, max: 30 },
  rounds: { min: 1, max: 8 },
} as const;

/** Of one phase. */
export const MOST_EXTRA_SECONDS = 2 * 60 * 60;

type Rhythm = Record<keyof typeof DURATION_LIMITS, number>;

export const RHYTHMS: readonly Rhythm[] = [
  { focusMinutes: 25, breakMinutes: 5, rounds: 3 },
  { focusMinutes: 50, breakMinutes: 10, rounds: 2 },
];

/** A clock that nobody has started. */
export const newTimer = (durations = RHYTHMS[0] ?? { focusMinutes: 25, breakMinutes: 5, rounds: 3 }) => ({
  phase: 'waiting' as const,
  round: 1,
  startedAt: null,
  pausedAt: null,
  extraSeconds: 0,
  durations,
});

/** What a course is told apart by at a glance, beside its name. */
export const COURSE_COLORS = ['sky', 'teal', 'leaf', 'olive', 'amber', 'rust', 'rose', 'slate'] as const;
export type CourseColor = (typeof COURSE_COLORS)[number];

/** The colour of a course: the one that was chosen, else always the same one of its name. */
export function colorOfCourse(course: string, chosen: Readonly<Record<string, CourseColor>>): CourseColor {
  const sum = [...course.normalize('NFKC').toLowerCase()].reduce(
    (hash, sign) => (hash * 31 + (sign.codePointAt(0) ?? 0)) % 65_521,
    7,
  );
  return chosen[course] ?? COURSE_COLORS[sum % COURSE_COLORS.length] ?? 'slate';
}

/** Yellow is not among them: it is kept for proof. */
export const HIGHLIGHT_COLORS = ['blue', 'green', 'red', 'grey'] as const;
export type HighlightColor = (typeof HIGHLIGHT_COLORS)[number];

/** What the schedule of a card depends on, in the names of FSRS and of the columns. */
type CardColumns = {
  due: string;
  stability: number;
  difficulty: number;
  elapsed_days: number;
  scheduled_days: number;
  learning_steps: number;
  reps: number;
  lapses: number;
  state: (typeof PHASE)[keyof typeof PHASE];
  last_review: string | null;
};

/** The same in our names: a card survives a trip through JSON. */
export const toCardState = (columns: CardColumns) => ({
  due: columns.due,
  stability: columns.stability,
  difficulty: columns.difficulty,
  elapsedDays: columns.elapsed_days,
  scheduledDays: columns.scheduled_days,
  learningSteps: columns.learning_steps,
  reps: columns.reps,
  lapses: columns.lapses,
  state: columns.state,
  lastReview: columns.last_review,
});
export type CardState = ReturnType<typeof toCardState>;

export const toCardColumns = (state: CardState): CardColumns => ({
  due: state.due,
  stability: state.stability,
  difficulty: state.difficulty,
  elapsed_days: state.elapsedDays,
  scheduled_days: state.scheduledDays,
  learning_steps: state.learningSteps,
  reps: state.reps,
  lapses: state.lapses,
  state: state.state,
  last_review: state.lastReview,
});
