import { z } from 'zod';

export const EXPORT_BUCKET = 'exports';
export const EXPORT_TASK = 'account_export';
/** So long the file is kept, and its link works. */
export const EXPORT_HOURS = 24;

/** What a student is told of their file. */
export const accountExportSchema = z.object({
  status: z.enum(['none', 'queued', 'running', 'done', 'error', 'expired']),
  progress: z.int(),
  requestedAt: z.string().nullable(),
  sizeBytes: z.int().nullable(),
  expiresAt: z.string().nullable(),
  url: z.string().nullable(),
});
export type AccountExport = z.infer<typeof accountExportSchema>;

/**
 * Every table that holds what is a student's, each a file of its own as JSON and CSV. Left out: what is worked out of
 * these again, such as indexes, and other people's judgement of each other.
 */
export const EXPORTED_TABLES = {
  profile: 'Your profile and settings',
  doc_source: 'Your documents; the files themselves are in documents/',
  doc_page: 'The text of your documents, page by page',
  note: 'Your notes; as Markdown they are in documents/',
  note_version: 'What your notes said before',
  note_image: 'Pictures in your notes; the files are in documents/',
  highlight: 'What you highlighted, with your margin notes',
  thread: 'Your conversations; their words are in conversations/',
  message: 'Every message, with its sources',
  thread_summary: 'What long conversations were summed up as',
  attachment: 'Files you gave inside conversations',
  share_link: 'Conversations you shared',
  agent_memory: 'What the tutor remembers',
  earlier_fact: 'What you had said of the same before',
  persona: 'Tutors you made',
  quiz: 'Quizzes',
  quiz_attempt: 'Your answers',
  quiz_item_report: 'Questions you reported',
  deck: 'Decks',
  flashcard: 'Cards; cards.apkg opens in Anki',
  review_log: 'Every review',
  passage_change: 'Cards and questions whose passage reads otherwise now',
  study_plan: 'Plans',
  learning_profile: 'What was measured of what you know',
  belief_contest: 'Where you disagreed with it',
  availability_block: 'When you are free',
  presence: 'Whether you are here',
  presence_choice: 'Whether you hide',
  room: 'Rooms you opened',
  room_member: 'Rooms you sat in',
  room_message: 'What you said in rooms',
  room_race: 'Races you started',
  room_racer: 'Your answers in races',
  nudge: 'Messages to and from others',
  push_subscription: 'Devices that are told of cards and messages',
  block: 'Whom you blocked',
  report: 'Whom you reported',
  match_candidate: 'People who were suggested to you',
  agent_task: 'Long operations',
  agent_telemetry: 'What each answer took',
  quota: 'What you used, by day',
  audit_log: 'What was done in your account',
} as const;
export type ExportedTable = keyof typeof EXPORTED_TABLES;
