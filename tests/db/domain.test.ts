import { describe, expect, test } from 'vitest';
import { AUDIT_OUTCOMES } from '../../lib/domain/audit.ts';
import {
  DAILY,
  DAILY_TOKENS,
  DAY_MINUTES,
  HELD_TOKENS,
  LEAST_RACERS,
  MAX_CONTENT_BYTES,
  MAX_DETAIL_BYTES,
  MAX_FACT_BYTES,
  MAX_FACT_QUOTE_CHARACTERS,
  MAX_FILES,
  MAX_HIGHLIGHT_CHARACTERS,
  MAX_HIGHLIGHT_CONTEXT_CHARACTERS,
  MAX_IMPORT_BODY_BYTES,
  MAX_IMPORTED_ANSWER_CHARACTERS,
  MAX_IMPORTED_MESSAGES,
  MAX_LABEL_CHARACTERS,
  MAX_MARGIN_NOTE_CHARACTERS,
  MAX_NAME_CHARACTERS,
  MAX_NEW_PER_DAY,
  MAX_NOTE_CHARACTERS,
  MAX_NOTE_VERSIONS,
  MAX_NUDGE_CHARACTERS,
  MAX_PERSONA_CHARACTERS,
  MAX_PERSONA_STYLE_CHARACTERS,
  MAX_PERSONA_TITLE_CHARACTERS,
  MAX_PICTURE_WORDS_BYTES,
  MAX_QUESTIONS,
  MAX_RACE_ANSWERS_BYTES,
  MAX_RACE_BYTES,
  MAX_RACE_TOPICS,
  MAX_READING,
  MAX_RECORDING_BYTES,
  MAX_REPORT_CHARACTERS,
  MAX_REVIEWS_PER_DAY,
  MAX_ROWS,
  MAX_SIDE_CHARACTERS,
  MAX_SNAPSHOT_BYTES,
  MAX_STORED_BYTES,
  MAX_SUBJECTS,
  MAX_SUMMARY_BYTES,
  MAX_TAG_CHARACTERS,
  MAX_TAGS,
  MAX_TITLE_CHARACTERS,
  MESSAGE_MAX_CHARACTERS,
  RACE_MINUTES,
  RACE_QUESTIONS,
  RESTORE_SECONDS,
  ROLE_QUOTA,
} from '../../lib/domain/bounds.ts';
import { CARD_KINDS, PHASE, RATINGS } from '../../lib/domain/card.ts';
import { NEW_ORDERS } from '../../lib/domain/deck.ts';
import {
  DOCUMENT_STATUSES,
  LOCATOR_KINDS,
  TEXT_ENCODINGS,
  UPLOAD_SOURCES,
} from '../../lib/domain/document.ts';
import { HIGHLIGHT_COLORS } from '../../lib/domain/highlight.ts';
import { LANGUAGES } from '../../lib/domain/language.ts';
import { MEMORY_SCOPES } from '../../lib/domain/memory.ts';
import { MESSAGE_ROLES, MESSAGE_STATUSES } from '../../lib/domain/message.ts';
import { NOTE_IMAGE_TYPES } from '../../lib/domain/note.ts';
import { NUDGE_ANSWERS, NUDGE_TYPES } from '../../lib/domain/nudge.ts';
import { REPORT_REASONS } from '../../lib/domain/person.ts';
import { ACTIVITIES, FREE_MINUTES } from '../../lib/domain/presence.ts';
import { LEARNING_STYLES, VISIBILITIES } from '../../lib/domain/profile.ts';
import { CONFIDENCES, QUIZ_DIFFICULTIES } from '../../lib/domain/quiz.ts';
import { ROLES } from '../../lib/domain/role.ts';
import {
  DURATION_LIMITS,
  MAX_GOAL_CHARACTERS,
  MAX_ROOM_MESSAGE_CHARACTERS,
  MAX_ROOM_TITLE_CHARACTERS,
  MOST_EXTRA_SECONDS,
  newTimer,
  PHASES,
  roomSchema,
  SEATS,
} from '../../lib/domain/room.ts';
import { suiteFixture } from './fixture.ts';

/** What a column may hold, as `lib/domain` says it. */
const SETS: Record<string, readonly string[]> = {
  'agent_memory.scope': MEMORY_SCOPES,
  'audit_log.outcome': AUDIT_OUTCOMES,
  'deck.new_order': NEW_ORDERS,
  'doc_source.encoding': Object.keys(TEXT_ENCODINGS),
  'doc_source.locator': LOCATOR_KINDS,
  'doc_source.source_type': [...UPLOAD_SOURCES, 'attachment', 'note', 'transcript', 'url'],
  'doc_source.status': DOCUMENT_STATUSES,
  'earlier_fact.scope': MEMORY_SCOPES,
  'flashcard.kind': CARD_KINDS,
  'highlight.color': HIGHLIGHT_COLORS,
  'message.role': MESSAGE_ROLES,
  'message.status': MESSAGE_STATUSES,
  'note_image.mime_type': NOTE_IMAGE_TYPES,
  'nudge.nudge_type': NUDGE_TYPES,
  'nudge.status': ['sent', ...NUDGE_ANSWERS],
  'presence.current_activity': ACTIVITIES,
  'profile.language': LANGUAGES,
  'profile.learning_style': LEARNING_STYLES,
  'profile.visibility': VISIBILITIES,
  'quiz.difficulty': QUIZ_DIFFICULTIES,
  'report.reason': REPORT_REASONS,
  'room.status': roomSchema.shape.status.options,
};

/** Sets that only the database and its generated types know. */
const OF_THE_DATABASE = [
  'agent_task.status',
  'agent_telemetry.event_type',
  'audit_log.actor',
  'doc_source.stage',
];

/** The least and the most a column may hold: characters, elements or the number itself. */
const BOUNDS: Record<string, readonly [number | null, number]> = {
  'agent_memory.key': [1, MAX_LABEL_CHARACTERS],
  'agent_memory.quote': [null, MAX_FACT_QUOTE_CHARACTERS],
  'availability_block.end_min': [1, DAY_MINUTES],
  'availability_block.start_min': [0, DAY_MINUTES - 1],
  'belief_contest.topic': [1, MAX_TITLE_CHARACTERS],
  'deck.name': [1, MAX_LABEL_CHARACTERS],
  'deck.new_per_day': [0, MAX_NEW_PER_DAY],
  'deck.reviews_per_day': [0, MAX_REVIEWS_PER_DAY],
  'doc_source.course': [1, MAX_LABEL_CHARACTERS],
  'doc_source.title': [1, MAX_TITLE_CHARACTERS],
  'earlier_fact.key': [1, MAX_LABEL_CHARACTERS],
  'earlier_fact.quote': [null, MAX_FACT_QUOTE_CHARACTERS],
  'flashcard.front': [1, MAX_SIDE_CHARACTERS],
  'flashcard.state': [PHASE.unseen, PHASE.relearning],
  'flashcard.topic': [1, MAX_TITLE_CHARACTERS],
  'highlight.note': [null, MAX_MARGIN_NOTE_CHARACTERS],
  'highlight.prefix': [null, MAX_HIGHLIGHT_CONTEXT_CHARACTERS],
  'highlight.quote': [1, MAX_HIGHLIGHT_CHARACTERS],
  'highlight.suffix': [null, MAX_HIGHLIGHT_CONTEXT_CHARACTERS],
  'note.content': [null, MAX_NOTE_CHARACTERS],
  'note_image.size_bytes': [1, MAX_IMPORT_BODY_BYTES],
  'nudge.message': [1, MAX_NUDGE_CHARACTERS],
  'persona.instructions': [1, MAX_PERSONA_CHARACTERS],
  'persona.style': [null, MAX_PERSONA_STYLE_CHARACTERS],
  'persona.title': [1, MAX_PERSONA_TITLE_CHARACTERS],
  'profile.display_name': [1, MAX_NAME_CHARACTERS],
  'quiz.items': [1, MAX_QUESTIONS],
  'quiz.topic': [1, MAX_TITLE_CHARACTERS],
  'report.note': [1, MAX_REPORT_CHARACTERS],
  'review_log.rating': [Math.min(...RATINGS), Math.max(...RATINGS)],
  'review_log.state': [PHASE.unseen, PHASE.relearning],
  'room_race.items': [RACE_QUESTIONS.min, RACE_QUESTIONS.max],
  'room_racer.correct': [0, RACE_QUESTIONS.max],
  'room.title': [1, MAX_ROOM_TITLE_CHARACTERS],
  'room_member.goal': [1, MAX_GOAL_CHARACTERS],
  'room_message.body': [1, MAX_ROOM_MESSAGE_CHARACTERS],
  'share_link.title': [1, MAX_TITLE_CHARACTERS],
  'study_plan.time_per_day_min': [1, DAY_MINUTES],
  'study_plan.title': [1, MAX_TITLE_CHARACTERS],
  'thread.title': [1, MAX_TITLE_CHARACTERS],
};

/** The most elements of a list, and characters of each. */
const LISTS: Record<string, readonly [number, number]> = {
  'doc_source.tags': [MAX_TAGS, MAX_TAG_CHARACTERS],
  'profile.goals': [MAX_SUBJECTS, MAX_TITLE_CHARACTERS],
  'profile.subjects': [MAX_SUBJECTS, MAX_NAME_CHARACTERS],
  'quiz_attempt.item_ids': [MAX_QUESTIONS, 100],
  'room_race.topics': [MAX_RACE_TOPICS, MAX_TITLE_CHARACTERS],
  'study_plan.goals': [MAX_SUBJECTS, MAX_TITLE_CHARACTERS],
};

const SIZES: Record<string, number> = {
  'agent_memory.value': MAX_FACT_BYTES,
  'earlier_fact.value': MAX_FACT_BYTES,
  'thread_summary.sentences': MAX_SUMMARY_BYTES,
  'doc_page.words': MAX_PICTURE_WORDS_BYTES,
  'flashcard.metadata': MAX_DETAIL_BYTES,
  'flashcard.source': MAX_DETAIL_BYTES,
  'learning_profile.analytics': MAX_CONTENT_BYTES,
  'message.metadata': MAX_DETAIL_BYTES,
  'message.parts': MAX_CONTENT_BYTES,
  'profile.preferences': MAX_DETAIL_BYTES,
  'quiz.items': MAX_CONTENT_BYTES,
  'quiz_attempt.answers': MAX_CONTENT_BYTES,
  'room_race.items': MAX_RACE_BYTES,
  'room_racer.answers': MAX_RACE_ANSWERS_BYTES,
  'share_link.snapshot': MAX_SNAPSHOT_BYTES,
  'study_plan.detail': MAX_CONTENT_BYTES,
  'study_plan.week_blocks': MAX_CONTENT_BYTES,
};

const quotedList = (values: readonly string[]) => values.map((value) => `'${value}'`).join(', ');

/** What a function says of a value that no column holds. */
const SENTENCES: [name: string, sentence: string][] = [
  ['public.begin_turn', `char_length(p_text) > ${MESSAGE_MAX_CHARACTERS}`],
  ['private.count_bytes', `take_quota('bytes', bytes, ${DAILY.bytes})`],
  ['private.keep_version', `take_quota('bytes', octet_length(p_note.content), ${DAILY.bytes})`],
  ['private.keep_version', `desc offset ${MAX_NOTE_VERSIONS}`],
  ['public.claim_notes', `q.kind = 'pages' and q.used >= ${DAILY.pages}`],
  ['public.claim_notes', `q.kind = 'embedding_tokens' and q.used >= ${DAILY.embeddingTokens}`],
  ['private.storage_room', `held.files < ${MAX_FILES}`],
  ['private.quota_of', `when 'stored_bytes' then ${MAX_STORED_BYTES}`],
  ['private.quota_of', `'^[0-9]{1,12}$')::bigint, ${DAILY_TOKENS})`],
  [
    'private.quota_of',
    `private.has_role('admin') then ${ROLE_QUOTA.admin} when private.has_role('internal') then ${ROLE_QUOTA.internal} else ${ROLE_QUOTA.student} end`,
  ],
  ['private.hold_tokens', `(new.id, student, today, ${HELD_TOKENS})`],
  ['private.hold_tokens', `select student, 'tokens', today, ${HELD_TOKENS} where`],
  ['private.note_act', `'audit', 1, ${DAILY.audit})`],
  ['private.has_role', `array[${quotedList(ROLES)}]`],
  ['private.queue_document', `d.queued_at is not null)) ) >= ${MAX_READING}`],
  ['private.queue_document', `q.kind = 'pages' and q.used >= ${DAILY.pages}`],
  ['private.queue_document', `q.kind = 'embedding_tokens' and q.used >= ${DAILY.embeddingTokens}`],
  ['private.queue_document', `take_quota('rereads', 1, ${DAILY.rereads})`],
  ['private.note_spending', `'telemetry', jsonb_array_length(events), ${DAILY.telemetry}`],
  ['private.send_nudge', `within_quota(p_to_user_id, 'nudge_received', 1, ${DAILY.nudgesReceived})`],
  ['public.choose_presence', `p_free_minutes not in (${FREE_MINUTES.join(', ')})`],
  ['private.graded_answer', `in (${quotedList(CONFIDENCES)})`],
  ['private.start_race', `cardinality(racing) < ${LEAST_RACERS} then`],
  ['private.start_race', `jsonb_array_length(asked), 0) < ${RACE_QUESTIONS.min} then`],
  ['private.start_race', `order by n limit ${RACE_QUESTIONS.max} `],
  ['private.start_race', `p_quiz_ids[1:${MAX_RACE_TOPICS}]`],
  ['private.delete_thread', `interval '${RESTORE_SECONDS} seconds'`],
  ['private.restore_thread', `interval '${RESTORE_SECONDS} seconds'`],
  ['public.empty_bin', `interval '${RESTORE_SECONDS} seconds'`],
  ['private.import_messages', `jsonb_array_length(p_messages) > ${MAX_IMPORTED_MESSAGES}`],
  [
    'private.import_messages',
    `case e.role when 'user' then ${MESSAGE_MAX_CHARACTERS} else ${MAX_IMPORTED_ANSWER_CHARACTERS} end`,
  ],
  ['private.seat_outlook', `left_at is null) >= ${SEATS}`],
  ['public.answer_nudge', `not in (${quotedList(NUDGE_ANSWERS)})`],
];

describe('what the database and lib/domain both say', () => {
  const db = suiteFixture();

  const checks = () =>
    db.query<{ relation: string; definition: string }>(`
      select k.conrelid::regclass::text as relation, pg_get_constraintdef(k.oid) as definition
      from pg_constraint k where k.contype = 'c' and k.connamespace = 'public'::regnamespace`);

  test('is the same set of values in every column that has one', async () => {
    const found = new Map<string, unknown[]>(
      (await checks()).flatMap(({ relation, definition }) => {
        const [, column, list] = /^CHECK \(\((\w+) = ANY \(ARRAY\[(.*)\]\)\)\)$/.exec(definition) ?? [];
        const values = [...(list ?? '').matchAll(/'([^']*)'::text/g)].map(([, value]) => value);
        return column ? [[`${relation}.${column}`, values.toSorted()] as const] : [];
      }),
    );
    expect([...found.keys()].toSorted()).toEqual([...Object.keys(SETS), ...OF_THE_DATABASE].toSorted());
    for (const [column, values] of Object.entries(SETS)) {
      expect(found.get(column), column).toEqual([...values].toSorted());
    }
  });

  test.for(Object.entries(BOUNDS))('is the same bound: %s', async ([column, [least, most]]) => {
    const [relation, name] = column.split('.');
    const value = String.raw`(?:(?:char_length|cardinality|jsonb_array_length)\()?${name}\)?`;
    const [bound] = (await checks()).flatMap((check) => {
      if (check.relation !== relation) return [];
      const found = new RegExp(`(?:${value} >= (\\d+)\\) AND \\()?${value} <= (\\d+)`).exec(check.definition);
      return found ? [[found[1] === undefined ? null : Number(found[1]), Number(found[2])]] : [];
    });
    expect(bound).toEqual([least, most]);
  });

  const holdsOf = async (column: string, clause: (name: string) => string) => {
    const [relation, name = ''] = column.split('.');
    const definitions = (await checks()).filter((check) => check.relation === relation);
    expect(definitions.map(({ definition }) => definition).join(' ')).toContain(clause(name));
  };

  test.for(Object.entries(LISTS))('is the same bound of a list: %s', ([column, [most, characters]]) =>
    holdsOf(column, (name) => `texts_fit(${name}, ${most}, ${characters})`),
  );

  test.for(Object.entries(SIZES))('is the same size: %s', ([column, most]) =>
    holdsOf(column, (name) => `pg_column_size(${name}) <= ${most}`),
  );

  test('is the same size of a file', async () => {
    expect(
      await db.query(`select file_size_limit::int as bytes from storage.buckets where id = 'documents'`),
    ).toEqual([{ bytes: MAX_RECORDING_BYTES }]);
  });

  test('is the same length of a race', async () => {
    expect(
      await db.query(
        `with r as (insert into public.room (user_id) values ($1) returning id, user_id)
         insert into public.room_race (room_id, user_id, items) select id, user_id, '[{}, {}, {}]' from r
         returning round(extract(epoch from ends_at - started_at) / 60)::int as minutes`,
        [db.owner],
      ),
    ).toEqual([{ minutes: RACE_MINUTES }]);
  });

  test('is the same number of rows in every table where they are counted', async () => {
    const found = await db.query<{ relation: string; most: number }>(`
      select tgrelid::regclass::text as relation, split_part(encode(tgargs, 'escape'), '\\000', 1)::int as most
      from pg_trigger where tgfoid = 'private.bound_rows'::regproc order by 1`);
    expect(Object.fromEntries(found.map(({ relation, most }) => [relation, most]))).toEqual(MAX_ROWS);
  });

  test.for(SENTENCES)('is the same in %s', async ([name, sentence]) => {
    const [row] = await db.query<{ text: string }>(
      'select prosrc as text from pg_proc where oid = $1::regproc',
      [name],
    );
    expect(row?.text.replace(/\s+/g, ' ')).toContain(sentence);
  });

  test('is the same clock of a room: its phases, and its bounds to the last minute', async () => {
    const isTimer = async (change: object) => {
      const timer = JSON.stringify({ ...newTimer(), ...change });
      const [row] = await db.query<{ ok: boolean }>('select private.is_timer($1::jsonb) as ok', [timer]);
      return row?.ok;
    };
    for (const phase of PHASES) expect(await isTimer({ phase }), phase).toBe(true);
    expect(await isTimer({ phase: 'lunch' })).toBe(false);
    const fields = [
      ...Object.entries(DURATION_LIMITS).map(([name, limits]) => ({
        ...limits,
        change: (value: number) => ({ durations: { ...newTimer().durations, [name]: value } }),
      })),
      { ...DURATION_LIMITS.rounds, change: (round: number) => ({ round }) },
      { min: 0, max: MOST_EXTRA_SECONDS, change: (extraSeconds: number) => ({ extraSeconds }) },
    ];
    for (const { min, max, change } of fields) {
      const seen = await Promise.all([min - 1, min, max, max + 1].map((value) => isTimer(change(value))));
      expect(seen, JSON.stringify(change(max))).toEqual([false, true, true, false]);
    }
  });
});
