/**
 * What a crowd does, by room of the product: for every function that writes a call whose arguments meet those of others,
 * and beside them what a page writes or removes by itself. `any` draws one of the caller's own rows.
 */
const any = (table: string, where = 'true', column = 'id') =>
  `(select ${column} from public.${table} where ${where} order by random() limit 1)`;
const chance = (share: number, then: string, otherwise: string) =>
  `case when random() < ${share} then ${then} else ${otherwise} end`;
const oneOf = (...values: readonly string[]) =>
  `(array[${values.map((value) => `'${value}'`).join(', ')}])[1 + floor(random() * ${values.length})::int]`;

/** Of each file that is added: more than all that notes say together, whose bytes are counted beside them. */
const FILE_BYTES = 200_000;

const WAITING = `'[{"type": "tool", "state": "approval-requested", "approval": {"id": "a1"}},
  {"type": "tool", "state": "approval-requested", "approval": {"id": "a2"}}]'::jsonb`;
const TEXT = `'[{"type": "text", "text": "An answer."}]'::jsonb`;
const writing = any('message', `status = 'streaming'`);
/** Of the service: what it draws from is everybody's. */
const anyDoc = any('doc_source');

const review = `(
  select jsonb_build_object('requestId', load.known_id('review', 60), 'cardId', f.id, 'rating', 3, 'reviewedAt', now(),
    'durationMs', 900, 'expectedReps', f.reps, 'expectedLastReview', f.last_review, 'next', jsonb_build_object(
      'due', now(), 'stability', 2, 'difficulty', 5, 'elapsed_days', 0, 'scheduled_days', 1, 'learning_steps', 0,
      'reps', f.reps + 1, 'lapses', 0, 'state', 2, 'last_review', now()))
  from public.flashcard f where not f.proposed order by random() limit 1)`;
const plan = `jsonb_build_object('title', 'Weeks', 'goals', '[]'::jsonb, 'time_per_day_min', 30, 'days_per_week', 5,
  'weekdays', '[1]'::jsonb, 'starts_on', current_date, 'ends_on', current_date + 7, 'detail', '{}'::jsonb, 'week_blocks',
  '[{"tasks": [{"id": "t1", "completed": false}, {"id": "t2", "completed": false}]}]'::jsonb)`;
const matches = `(
  select coalesce(jsonb_agg(jsonb_build_object('userId', s.id, 'score', 0.5, 'facets', '[]'::jsonb)), '[]')
  from (select id from load.student order by random() limit 8) s where s.id <> me)`;

export type Case = { sql: string; isService?: true };
const service = (sql: string): Case => ({ sql, isService: true });

export const CROWD: Readonly<Record<string, Readonly<Record<string, string | Case>>>> = {
  conversation: {
    begin_turn: `select public.begin_turn(${chance(0.1, 'null', any('thread'))}, 'Once?', 10, load.known_id('turn', 40))`,
    'begins a thread of its own id': `select public.begin_turn(load.known_id('thread', 40), 'Mine?', 10, null, true)`,
    'asks otherwise': `select public.begin_turn(m.thread_id, 'Otherwise?', 10, p_edits => m.id)
      from public.message m where m.id = ${any('message', `role = 'user'`)}`,
    show_version: `select public.show_version(m.thread_id, m.id) from public.message m where m.id = ${any('message')}`,
    add_attachment: `select public.add_attachment('a.pdf', 'application/pdf', ${FILE_BYTES}, 'pdf', true, 40, ${chance(0.3, 'null', any('thread'))})`,
    'gives a picture': `select public.add_attachment('a.png', 'image/png', ${FILE_BYTES}, 'png', false, 40, null)`,
    'asks with a file': `select public.begin_turn(${any('thread')}, 'And this?', 10, null, false, null,
      array(select id from public.attachment where thread_id is null order by id limit 1))`,
    'removes an attachment': `delete from public.attachment where id = ${any('attachment', 'random() < 0.2')}`,
    claim_thread: `select public.claim_thread(${any('thread')})`,
    begin_regenerate: `select public.begin_regenerate(m.thread_id, 10, null, ${chance(0.5, 'null', 'm.id')})
      from public.message m where m.id = ${any('message')}`,
    begin_approval: `select public.begin_approval(${any('thread')},
      '[{"approvalId": "a1", "approved": true}, {"approvalId": "a2", "approved": true}]', 10)`,
    save_message: `select public.save_message(${writing}, ${TEXT}, null, '{}')`,
    save_answers: service(`select public.save_answers((
      select jsonb_agg(jsonb_build_object('messageId', m.id, 'userId', m.user_id, 'metadata', '{}'::jsonb,
        'parts', ${chance(0.5, 'null', TEXT)}) order by random())
      from (select * from public.message order by random() limit 20) m))`),
    finish_turn: `select public.finish_turn(${writing}, ${chance(0.4, WAITING, TEXT)}, 'done', '{}', 'Title',
      '[{"trace_id": "t", "event_type": "llm_call"}]')`,
    close_dead_answer: `select public.close_dead_answer(${writing}, 3)`,
    close_dead_answers: service('select public.close_dead_answers()'),
    store_approvals: `select public.store_approvals(${any('thread')}, '[{"approvalId": "a1", "approved": true}]')`,
    sweep: service('select public.sweep()'),
    'a process dies': service(`update public.message set heartbeat_at = now() - interval '1 minute'
      where id = (select id from public.message where status = 'streaming' order by random() limit 1)`),
    save_telemetry: `select public.save_telemetry('[{"trace_id": "t", "event_type": "embedding"}]')`,
    delete_thread: `select public.delete_thread(${any('thread', 'random() < 0.2')})`,
    restore_thread: `select public.restore_thread(load.deleted_thread())`,
    empty_bin: service('select public.empty_bin()'),
    keep_facts: service(`select public.keep_facts(s.id, (
      select jsonb_agg(jsonb_build_object('scope', 'long', 'key', k.key, 'value', 'a', 'quote', 'a',
        'messageId', ${any('message')}, 'expiresAt', ${chance(0.3, "now() - interval '1 hour'", 'null')}) order by random())
      from unnest(array['exam', 'school', 'goal', 'pace']) k(key)), ${any('thread', 'user_id = s.id')}, 1)
      from (select load.any_student() as id) s`),
    change_fact: `select public.change_fact(${any('agent_memory')}, null, 'Corrected')`,
    forget_facts: `select public.forget_facts(${any('agent_memory', 'random() < 0.2')})`,
    save_thread: `select public.save_thread(${chance(0.3, 'null', any('thread'))}, null, 'Brought', (
      select jsonb_agg(jsonb_build_object('id', x.id, 'role', x.role, 'text', x.role) order by x.n) from (
        select md5(load.known_id('brought', 20)::text || r.role)::uuid as id, r.role, r.n
        from (values (1, 'user'), (2, 'assistant')) r(n, role)) x))`,
    continue_thread: `select public.continue_thread(${any('thread')}, 'Goes on', 'So far.')`,
    'shows a conversation': `insert into public.share_link (thread_id, title, token_hash, snapshot)
      select id, 'a', encode(sha256(random()::text::bytea), 'hex'), '{}' from public.thread order by random() limit 1`,
    note_act: `select public.note_act('session.signed_in')`,
    turn_chat: `select set_config('request.jwt.claims',
        (auth.jwt() || '{"app_metadata": {"role": "admin"}}')::text, true);
      select public.turn_chat(random() < 0.5)`,
    prune_audit: service('select public.prune_audit(1)'),
    'removes a thread': `delete from public.thread where id = ${any('thread', 'random() < 0.2')}`,
  },
  documents: {
    add_document: `select public.add_document('Notes', 'a.pdf', 'application/pdf', ${FILE_BYTES}, 'pdf', null, null, 40)`,
    request_ingestion: `select public.request_ingestion(${any('doc_source')}, random() < 0.5, ${chance(0.3, "'koi8-u'", 'null')})`,
    begin_ingestion: service(
      `select public.begin_ingestion(id, ingest_run, 1) from public.doc_source where id = ${anyDoc}`,
    ),
    fail_ingestion: service(`select public.fail_ingestion(id, ingest_run, 'internal', 'It failed.')
      from public.doc_source where id = ${anyDoc}`),
    publish_document:
      service(`select load.draft(id), set_config('load.doc', id::text, true) from public.doc_source where id = ${anyDoc};
      select public.publish_document(doc_id, repeat('a', 64)) from (
        select distinct doc_id from public.doc_chunk_draft where doc_id::text = current_setting('load.doc', true)) d`),
    copy_document:
      service(`select public.copy_document(a.id, b.id) from public.doc_source a join public.doc_source b
      on b.user_id = a.user_id and b.id <> a.id where a.status = 'ready' order by random() limit 1`),
    reconcile_documents: service(
      `select * from public.reconcile_documents(0, 30, 'It never came.', 'It failed.')`,
    ),
    count_use: service(`select public.count_use(load.any_student(), 'recording_minutes', 5, 300)`),
    reread_documents: service(`select * from public.reread_documents(9, 'm', 2, 10)`),
    'highlights words': `insert into public.highlight (doc_id, page, char_start, quote)
      select id, 1, 0, 'Words' from public.doc_source order by random() limit 1`,
    place_highlights: `select public.place_highlights(d.id, (select coalesce(jsonb_agg(jsonb_build_object('id', h.id, 'page', 2,
      'charStart', 9, 'lostRun', null) order by random()), '[]') from public.highlight h where h.doc_id = d.id))
      from public.doc_source d where d.id = ${any('highlight', 'true', 'doc_id')}`,
    'writes in the margin': `update public.highlight set note = 'Exam' where id = ${any('highlight')}`,
    'removes a highlight': `delete from public.highlight where id = ${any('highlight', 'random() < 0.2')}`,
    save_note: `select public.save_note(n.id, 'Note ' || n.at, 'See [[Note ' || (n.at + 1) % 12 || ']].',
      coalesce((select h.revision from public.note h where h.doc_id = n.id), 0), load.known_id('save', 40), random() < 0.3)
      from (select load.known_id('note', 12) as id, floor(random() * 12)::int as at) n`,
    import_notes: `select public.import_notes((select jsonb_agg(jsonb_build_object('id', load.known_id('note', 12), 'title', 'Note ' || n,
      'content', '[[Note 1]]', 'tags', '[]'::jsonb)) from generate_series(1, 3) n))`,
    claim_notes: service(`select * from public.claim_notes(load.any_student(), 1, 'm', 4)`),
    publish_notes:
      service(`select public.publish_notes(d.student, d.notes, 1, 'm') from load.drafted_notes() d
      where d.student is not null`),
    reuse_vectors: service(
      `select * from public.reuse_vectors(array(select doc_id from public.note order by random() limit 3), 'm')`,
    ),
    change_documents: `select public.change_documents(array(select id from public.doc_source order by random() limit 6),
      jsonb_build_object('course', ${oneOf('Cells', 'Trees')}, 'addTags', '["week 1"]'::jsonb, 'find', 'Note', 'replace', 'Notes'))`,
    replace_document: `select public.replace_document(a.id, b.id) from public.doc_source a join public.doc_source b on b.id <> a.id
      where a.status = 'ready' and a.source_type = 'upload' and b.source_type = 'upload' order by random() limit 1`,
    restore_version: `select public.restore_version(${any('doc_source', 'replaced_by is not null')})`,
    settle_passages:
      service(`select public.settle_passages(b.user_id, b.replaced_by, b.id, coalesce(f.moved, '[]'), coalesce(f.changed, '[]'))
      from (select * from public.doc_source where replaced_by is not null order by random() limit 1) b
      cross join lateral (
        select jsonb_agg(jsonb_build_object('cardId', id, 'source', '{}'::jsonb)) filter (where random() < 0.5) as moved,
          jsonb_agg(jsonb_build_object('cardId', id, 'about', 'a', 'oldText', 'b')) as changed
        from (select id from public.flashcard where user_id = b.user_id order by random() limit 4) c) f`),
    move_highlights:
      service(`select public.move_highlights(b.user_id, b.replaced_by, b.id, (select coalesce(jsonb_agg(jsonb_build_object('id', h.id,
        'page', 1, 'charStart', 3) order by random()), '[]') from public.highlight h where h.doc_id = b.id and random() < 0.7))
      from (select * from public.doc_source where replaced_by is not null order by random() limit 1) b`),
    'decides on a passage': `delete from public.passage_change where id = ${any('passage_change', 'random() < 0.5')}`,
    reread_many: `select public.reread_many(array(select id from public.doc_source order by random() limit 6))`,
    name_document:
      service(`select public.name_document(id, 'Note ' || floor(random() * 12)::int, array[title])
      from public.doc_source where id = ${anyDoc}`),
    'removes several documents': `delete from public.doc_source where id in (
      select id from public.doc_source where random() < 0.05 order by id limit 4)`,
    'renames a document': `update public.doc_source set title = 'Note ' || floor(random() * 12)::int where id = ${any('doc_source')}`,
    'removes a document': `delete from public.doc_source where id = ${any('doc_source', 'random() < 0.05')}`,
  },
  study: {
    create_quiz: `select public.create_quiz('{"topic": "Cells", "items": [
      {"id": "q1", "q": "?", "choices": [{"id": "a"}, {"id": "b"}], "answer": "a"},
      {"id": "q2", "q": "?", "choices": [{"id": "a"}, {"id": "b"}], "answer": "b"},
      {"id": "q3", "q": "?", "format": "typed", "choices": [], "answer": "a cell", "words": [["cell"]], "foes": ["tree"]}]}')`,
    start_attempt: `select public.start_attempt(${any('quiz')})`,
    answer_question: `select public.answer_question(${any('quiz_attempt', 'finished_at is null')}, ${oneOf('q1', 'q2')},
      ${oneOf('a', 'b')}, 'certain', 900)`,
    'types an answer': `select public.answer_question(${any('quiz_attempt', 'finished_at is null')}, 'q3', 'typed', null, 900,
      ${oneOf('cells', 'a tree', 'a cell of a tree')})`,
    finish_attempt: `select public.finish_attempt(${any('quiz_attempt')})`,
    report_question: `select public.report_question(${any('quiz', 'random() < 0.1')}, 'q1', 'It is wrong.')`,
    add_flashcards: `select public.add_flashcards(jsonb_build_array(
      jsonb_build_object('front', 'a', 'back', 'b', 'deck', ${oneOf('Cells', 'cells', 'CELLS', 'Trees', 'trees')}),
      jsonb_build_object('front', 'c', 'back', 'd', 'deck', ${oneOf('Cells', 'cells', 'TREES')})), random() < 0.5)`,
    tag_flashcards: `select public.tag_flashcards(array(select id from public.flashcard order by random() limit 8), array[${oneOf('exam', 'Exam', 'week 1')}],
      array[${oneOf('week 1', 'none')}])`,
    schedule_retry: `select public.schedule_retry('g' || 100 + floor(random() * 40)::int, 'Solve it.', 'So.')`,
    keep_flashcards: `select public.keep_flashcards((
        select coalesce(jsonb_agg(jsonb_build_object('id', id)), '[]') from (
          select id from public.flashcard where proposed order by random() limit 4) k), array(
        select id from public.flashcard where proposed order by random() limit 2))`,
    review_card: `select public.review_card(${review})`,
    review_cards: `select public.review_cards((
      select jsonb_agg(r) from (values (${review}), (${review}), (${review})) as v(r) where r is not null))`,
    undo_review: `select public.undo_review(${chance(0.5, 'null', any('review_log', 'true', 'request_id'))}, now())`,
    change_deck: `select public.change_deck(${any('deck')}, '{"examDate": "2030-01-01"}', (
      select coalesce(jsonb_agg(jsonb_build_object('id', id, 'reps', reps, 'due', now(), 'scheduledDays', 3)), '[]')
      from (select id, reps from public.flashcard order by random() limit 8) f))`,
    import_flashcards: `select public.import_flashcards((select jsonb_agg(jsonb_build_object('guid', 'g' || n, 'clozeIndex', 1,
      'kind', 'basic', 'front', 'f', 'back', 'b', 'deck', ${oneOf('Cells', 'cells', 'Import')}, 'suspended', false, 'due', now(),
      'stability', 1, 'difficulty', 5, 'elapsedDays', 0, 'scheduledDays', 1, 'learningSteps', 0, 'reps', 1, 'lapses', 0,
      'state', 2, 'lastReview', now(), 'reviews', '[]'::jsonb) order by random()) from generate_series(1, 12) n))`,
    contest_belief: `select public.contest_belief('Cells', ${oneOf('cells', 'trees', 'roots')})`,
    save_learning_profile: `select public.save_learning_profile(auth.uid(), '{}', '{}', '{}', '{}', 'm', clock_timestamp())`,
    create_study_plan: `select public.create_study_plan(${plan}, random() < 0.5)`,
    save_study_plan: `select public.save_study_plan(p.id, p.version, ${plan})
      from public.study_plan p where p.id = ${any('study_plan')}`,
    tick_plan_task: `select public.tick_plan_task(${any('study_plan')}, ${oneOf('t1', 't2')}, random() < 0.5)`,
    activate_study_plan: `select public.activate_study_plan(${any('study_plan')})`,
    'removes a deck': `delete from public.deck where id = ${any('deck', 'random() < 0.02')}`,
    'answers past the functions': `update public.quiz_attempt set answers = '[{"itemId": "q1", "optionId": "a"}]'
      where id = ${any('quiz_attempt', 'finished_at is null')}`,
    'removes a plan': `delete from public.study_plan where id = ${any('study_plan', 'random() < 0.5')}`,
  },
  people: {
    save_push: `select public.save_push(jsonb_build_object('endpoint', 'https://push.example.com/' || floor(random() * 30)::int,
      'p256dh', repeat('a', 87), 'auth', repeat('a', 22), 'cards_hour', extract(hour from now()), 'nudges', true))`,
    claim_pushes: service(
      `select public.claim_pushes(now() + make_interval(mins => floor(random() * 90)::int))`,
    ),
    change_preferences: `select public.change_preferences(jsonb_build_object(${oneOf('a', 'b', 'c')}, random()))`,
    touch_presence: `select public.touch_presence(${oneOf('idle', 'studying', 'in_session')}, random() < 0.8, random() < 0.5)`,
    choose_presence: `select public.choose_presence(h.hides, case when not h.hides then 20 end)
      from (select random() < 0.5 as hides) h`,
    sweep_presence: service('select public.sweep_presence()'),
    'a browser falls silent': service(`update public.presence set last_seen = now() - interval '1 hour'
      where user_id = (select user_id from public.presence where is_online order by random() limit 1)`),
    forget_presence: service(`select public.forget_presence(load.any_student(), now())`),
    replace_availability: `select public.replace_availability(
      '[{"dow": 1, "startMin": 60, "endMin": 120, "timezone": "UTC"}, {"dow": 2, "startMin": 60, "endMin": 120, "timezone": "UTC"}]')`,
    store_matches: service(
      `select public.store_matches(me, ${matches}, ${matches}, 6) from (select load.any_student() as me) m`,
    ),
    prune_matches: service(`select public.prune_matches()`),
    send_nudge: `select public.send_nudge(load.any_student(), ${oneOf('study_invite', 'reminder')}, 'Hello ' || floor(random() * 30))`,
    answer_nudge: `select public.answer_nudge(${any('nudge')}, ${oneOf('read', 'accepted', 'declined')})`,
    open_room: `select public.open_room('Room', null, 'goal', ${chance(0.5, 'null', any('nudge', `nudge_type = 'study_invite'`))})`,
    enter_room: `select public.enter_room((select code from load.room order by random() limit 1), true, 'goal')`,
    act_in_room: `select public.act_in_room(${any('room')}, ${oneOf('seen', 'seen', 'goal', 'leave', 'remove', 'close')},
      jsonb_build_object('goal', 'g', 'userId', load.any_student()))`,
    set_room_timer: `select public.set_room_timer(r.id, r.revision, r.timer, 'start') from public.room r where r.id = ${any('room')}`,
    send_room_message: `select public.send_room_message(${any('room', `status = 'open'`)}, load.known_id('say', 40), 'Hello')`,
    start_race: `select public.start_race(r.id, array(select id from public.quiz order by created_at desc limit 2), '{Cells}')
      from public.room r where r.id = ${any('room', `status = 'open'`)}`,
    answer_race: `select public.answer_race(r.room_id, r.id, ${oneOf('q1', 'q2', 'q3')}, ${oneOf('a', 'b', 'c', 'd')})
      from public.room_race r where r.id = ${any('room_race')}`,
    'makes questions': `select public.create_quiz(jsonb_build_object('topic', 'Cells', 'items', (
      select jsonb_agg(jsonb_build_object('id', 'q' || n, 'q', '?', 'answer', 'a', 'source', '{"title": "Cells"}'::jsonb, 'choices',
        '[{"id": "a", "text": "1"}, {"id": "b", "text": "2"}, {"id": "c", "text": "3"}, {"id": "d", "text": "4"}]'::jsonb))
      from generate_series(1, 3) n)))`,
    tidy_rooms: service('select public.tidy_rooms()'),
    'a laptop is closed':
      service(`update public.room_member set seen_at = now() - interval '1 hour' where (room_id, user_id) = (
      select room_id, user_id from public.room_member where left_at is null order by random() limit 1)`),
    'changes who may see them': `update public.profile set visibility = ${oneOf('private', 'matches', 'everyone', 'everyone')}
      where user_id = auth.uid()`,
    'blocks somebody': `insert into public.block (blocked_user_id)
      select c.user_id from public.public_profiles(array(select id from load.student)) c where c.user_id <> auth.uid()
      order by random() limit 1 on conflict do nothing`,
    'takes a block back': `delete from public.block where blocked_user_id = ${any('block', 'true', 'blocked_user_id')}`,
    'shows themselves past the functions': `update public.presence set is_online = random() < 0.5 where user_id = auth.uid()
      and exists (select 1 from public.profile where visibility <> 'private')`,
    'passes by': 'select load.pass_by()',
    request_erasure: `select set_config('request.jwt.claims', load.passer_by(), true);
      select public.request_erasure()`,
    erase_rows: service(`select public.erase_rows(load.any_erasure())`),
    erasure_files: service(`select * from public.erasure_files(load.any_erasure())`),
    finish_erasure: service(`select public.finish_erasure(load.any_erasure())`),
    open_erasures: service('select public.open_erasures()'),
    'takes a message back': `delete from public.nudge where id = ${any('nudge', 'random() < 0.1')}`,
  },
};

/** What has to be true afterwards, by room: each query gives what is wrong. */
export const FACTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  conversation: {
    'one answer of a conversation is being written': `
      select thread_id from public.message where status = 'streaming' group by 1 having count(*) > 1`,
    'every question is followed by its answer': `
      select * from (
        select role, metadata ? 'imported' as is_brought, lead(role) over (partition by thread_id order by seq) as next
        from public.message where is_shown) m
      where role = 'user' and not is_brought and next is distinct from 'assistant'`,
    'what is shown is one way': `
      select * from (
        select parent_id, lag(id) over (partition by thread_id order by seq) as before from public.message where is_shown) m
      where parent_id is distinct from before`,
    'of those in one place one is chosen': `
      select thread_id from public.message group by thread_id, parent_id having count(*) filter (where is_chosen) <> 1`,
    'what was spent is counted': `
      select q.user_id from public.quota q where q.kind = 'telemetry'
        and q.used <> (select count(*) from public.agent_telemetry t where t.user_id = q.user_id)`,
    'what is held of a day is in it': `
      select h.user_id from private.token_hold h left join public.quota q
        on q.user_id = h.user_id and q.kind = 'tokens' and q.day = h.day
      group by h.user_id, h.day, q.used having coalesce(q.used, 0) < sum(h.tokens)`,
    'no more is held than answers are written or died': `
      select h.message_id from private.token_hold h join public.message m on m.id = h.message_id
      where m.status in ('done', 'stopped')`,
  },
  documents: {
    'documents know their passages': `
      select d.id from public.doc_source d
      where d.chunk_count <> (select count(*) from public.doc_chunk c where c.doc_id = d.id)`,
    'what was replaced is not found, and by one that was not': `
      select d.id from public.doc_source d join public.doc_source r on r.id = d.replaced_by
      where r.replaced_by is not null or exists (select from public.doc_chunk c where c.doc_id = d.id)`,
    'term counts are those of the passages': `
      select user_id, term, df from public.lex_df
      except select x.user_id, t.term, count(*) from public.chunk_lex x, private.terms_of(x.weights::text) t(term) group by 1, 2`,
    'no term is missing in the counts': `
      select x.user_id, t.term, count(*)::int from public.chunk_lex x, private.terms_of(x.weights::text) t(term) group by 1, 2
      except select user_id, term, df from public.lex_df`,
    'bytes are counted once': `
      select sum(used) from public.quota where kind = 'bytes'
      having div(sum(used), ${FILE_BYTES}) <> (
        select count(*) from load.outcome where name in ('add_document', 'add_attachment', 'gives a picture') and code is null)`,
    'a day has a hundred readings anew': `select 1 from public.quota where kind = 'rereads' and used > 100`,
  },
  study: {
    'an attempt counts its answers': `
      select a.id from public.quiz_attempt a
      where a.correct <> (select count(*) from jsonb_array_elements(a.answers) g where (g ->> 'correct')::boolean)
        or jsonb_array_length(a.answers) <> (select count(distinct g ->> 'itemId') from jsonb_array_elements(a.answers) g)
        or a.total <> cardinality(a.item_ids)`,
    'a card was met as often as its history says': `
      select f.id from public.flashcard f
      where f.reps <> (case when f.guid ~ '^g[0-9]+$' then 1 else 0 end)
        + (select count(*) from public.review_log l where l.card_id = f.id and l.undone_at is null)`,
    'a deck is there once, in whatever case': `
      select user_id, lower(name) from public.deck group by 1, 2 having count(*) > 1`,
    'one plan is followed': `
      select user_id from public.study_plan where archived_at is null group by 1 having count(*) > 1`,
  },
  people: {
    'nobody who hides is here': `
      select p.user_id from public.presence p join public.profile f using (user_id) left join public.presence_choice c using (user_id)
      where p.is_online and (f.visibility = 'private' or c.is_hidden)`,
    'five sit in a room at most': `
      select room_id from public.room_member where left_at is null group by 1 having count(*) > 5`,
    'what is said has numbers without a gap': `
      select r.id from public.room r left join public.room_message m on m.room_id = r.id group by r.id
      having count(m.seq) <> r.last_seq or coalesce(max(m.seq), 0) <> r.last_seq`,
    'an answer in a race counts once': `
      select * from public.room_racer r where r.answered <> (
        select count(distinct a ->> 'itemId') from jsonb_array_elements(r.answers) a) or r.correct > r.answered`,
    'rooms are counted': `
      select 1 from (select sum(used) as used from public.quota where kind = 'room') q
      where q.used <> (select count(*) from public.room) - 6`,
    'messages are counted': `
      select 1 from (select sum(used) as used from public.quota where kind in ('nudge', 'reminder')) q
      where q.used <> (select count(*) from public.audit_log where action = 'nudge.sent')`,
    'nobody gets more than a day holds': `select 1 from public.quota where kind = 'nudge_received' and used > 20`,
    'a week is one week': `
      select user_id from public.availability_block group by 1 having count(*) <> 2`,
    'a match names nobody who hides or was blocked': `
      select m.* from public.match_candidate m where exists (
        select 1 from public.profile p where p.user_id in (m.user_id, m.candidate_user_id) and p.visibility = 'private'
      ) or exists (
        select 1 from public.block b where (b.user_id, b.blocked_user_id) in
          ((m.user_id, m.candidate_user_id), (m.candidate_user_id, m.user_id)))`,
    'a student keeps their best matches': `
      select user_id from public.match_candidate group by 1 having count(*) > 6`,
    'those who blocked each other sit apart': `
      select a.room_id from public.room_member a join public.room_member b on b.room_id = a.room_id
      join public.block k on k.user_id = a.user_id and k.blocked_user_id = b.user_id
      where a.left_at is null and b.left_at is null`,
  },
};
