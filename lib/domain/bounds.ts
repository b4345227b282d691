/**
 * How long and how many: what a form says, a route takes and the tables keep. Numbers alone, so that a page may know them
 * without the schemas.
 */

/** The longest name of a document, a conversation, a plan, a task, a goal or a topic. */
export const MAX_TITLE_CHARACTERS = 200;
/** The longest name of a course or a deck. */
export const MAX_LABEL_CHARACTERS = 120;
/** Unseen cards of one deck a day. */
export const MAX_NEW_PER_DAY = 500;
/** Cards of one deck that come back on one day. */
export const MAX_REVIEWS_PER_DAY = 9_999;
/** The longest name, level or subject of a student. */
export const MAX_NAME_CHARACTERS = 80;
/** The longest text that is searched for by its words. */
export const MAX_QUERY_CHARACTERS = 200;
/** The longest question to the agent. */
export const MESSAGE_MAX_CHARACTERS = 10_000;
/** The longest wish of a student for the manner of an answer. */
export const MAX_WISH_CHARACTERS = 4_000;
/** The longest message to another student. */
export const MAX_NUDGE_CHARACTERS = 500;
/** The longest note on a student who is reported. */
export const MAX_REPORT_CHARACTERS = 1_000;
/** The longest value of a fact that is remembered, and the longest words it is taken from. */
export const MAX_FACT_CHARACTERS = 500;
export const MAX_FACT_QUOTE_CHARACTERS = 1_000;
/** A style of the tutor's: its name, how it speaks, and what it is told. */
export const MAX_PERSONA_TITLE_CHARACTERS = 60;
export const MAX_PERSONA_STYLE_CHARACTERS = 200;
export const MAX_PERSONA_CHARACTERS = 4_000;
/** The longest side of a card. */
export const MAX_SIDE_CHARACTERS = 10_000;
/** The longest note: a chapter of a book; and how many versions of one are kept. */
export const MAX_NOTE_CHARACTERS = 200_000;
export const MAX_NOTE_VERSIONS = 50;
/** The longest words that are highlighted, and the longest note beside them. */
export const MAX_HIGHLIGHT_CHARACTERS = 2_000;
export const MAX_MARGIN_NOTE_CHARACTERS = 4_000;
/** What is kept of the words on either side of a highlight. */
export const MAX_HIGHLIGHT_CONTEXT_CHARACTERS = 64;
/** Documents that are changed by one action. */
export const MAX_DOCUMENTS_AT_ONCE = 200;
/** Tags of one document, and the longest of them. */
export const MAX_TAGS = 20;
export const MAX_TAG_CHARACTERS = 40;
/** The largest calendar that is read. */
export const MAX_CALENDAR_BYTES = 1_048_576;

/** Subjects and goals a student names of themselves. */
export const MAX_SUBJECTS = 50;
export const MAX_QUESTIONS = 50;
/** Questions of a race, its minutes, the topics it is made on, the most its questions take, and the least who race. */
export const RACE_QUESTIONS = { min: 3, max: 5 } as const;
export const RACE_MINUTES = 3;
export const MAX_RACE_TOPICS = 3;
export const MAX_RACE_BYTES = 65_536;
export const MAX_RACE_ANSWERS_BYTES = 4_096;
export const LEAST_RACERS = 2;
/** The longest answer that is typed. */
export const MAX_TYPED_CHARACTERS = 500;
/** Goals of a plan, and topics named as weak. */
export const MAX_GOALS = 20;
/** Minutes of a study day, and of one task of one's own. */
export const STUDY_DAY_MINUTES = { min: 5, max: 960 } as const;
export const MAX_TASK_MINUTES = 600;

/** The most one table keeps of a fact that is remembered, of what is noted beside a row, and of what a row is about. */
export const MAX_FACT_BYTES = 4_096;
export const MAX_SUMMARY_BYTES = 65_536;
export const MAX_DETAIL_BYTES = 32_768;
export const MAX_CONTENT_BYTES = 1_048_576;
/** Words of a picture with their places: of a newspaper's page. */
export const MAX_PICTURE_WORDS_BYTES = 262_144;
/** The largest copy of a conversation behind a shared link. */
export const MAX_SNAPSHOT_BYTES = 4_194_304;
/** The largest file of the library, and what one student may keep of files. */
export const MAX_FILE_BYTES = 10_485_760;
/** The largest and the longest recording. */
export const MAX_RECORDING_BYTES = 52_428_800;
export const MAX_RECORDING_MINUTES = 240;
/** A collection of cards without its pictures; the page takes those out before it sends a package. */
export const MAX_IMPORT_BYTES = 41_943_040;
/** Platforms cut a request at 4.5 MB, so what is larger goes through Storage. */
export const MAX_IMPORT_BODY_BYTES = 4_194_304;
export const MAX_STORED_BYTES = 524_288_000;
export const MAX_FILES = 2_000;
/** Documents of one student that wait to be read, or are. */
export const MAX_READING = 50;

/** How many of each one student may keep; messages count for one conversation, the answer to the last question among them. */
export const MAX_ROWS = {
  agent_memory: 500,
  agent_task: 1_000,
  attachment: 1_000,
  availability_block: 200,
  belief_contest: 1_000,
  block: 5_000,
  deck: 500,
  doc_source: 2_000,
  earlier_fact: 2_000,
  flashcard: 50_000,
  highlight: 20_000,
  message: 501,
  note_image: 5_000,
  persona: 50,
  push_subscription: 10,
  quiz: 5_000,
  quiz_attempt: 20_000,
  quiz_item_report: 20_000,
  share_link: 500,
  study_plan: 200,
  thread: 10_000,
} as const;

/** What one student may use in a day, where it costs something; to others, what one student gets of it. */
export const DAILY = {
  pages: 5_000,
  bytes: 262_144_000,
  rereads: 100,
  recordingMinutes: 300,
  picturePages: 300,
  embeddingTokens: 5_000_000,
  telemetry: 50_000,
  nudgesReceived: 20,
  audit: 2_000,
} as const;

/** How long a deleted conversation can be taken back; the page offers it for less, so that a late press still counts. */
export const RESTORE_SECONDS = 30;
export const UNDO_DELETE_SECONDS = 10;
/** What a program may bring of a conversation at once. */
export const MAX_IMPORTED_MESSAGES = 500;
export const MAX_IMPORTED_ANSWER_CHARACTERS = 40_000;
/** What an answer takes from the day's tokens until it is known what it costs. */
export const HELD_TOKENS = 8_000;
/** What a student may use unless the operator says otherwise, and how many times as much each role may. */
export const DAILY_TOKENS = 200_000;
export const ROLE_QUOTA = { student: 1, internal: 5, admin: 10 } as const;

export const DAY_MINUTES = 1440;
/** How long an upload may take before its place in the library says that nothing came. */
export const ARRIVAL_MINUTES = 30;
/** So long nobody looks at one card. */
export const MAX_REVIEW_MS = 1_800_000;
/** How many reviews are sent at once. */
export const MAX_REVIEWS_SENT = 50;

/** Conversations beside the page, the ones used last. */
export const RECENT_THREADS = 20;

/** A connection has a hundred channels; students further down a list are followed by their rows alone. */
export const MOST_WATCHED = 40;
