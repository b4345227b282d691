-- Every table, as its owner, a stranger and nobody signed in find it: what a student may do with rows of their own (select,
-- insert, update, delete), what makes such a row ($o is its owner), and a change that the owner may make where changes are
-- allowed. A table that is not listed fails the first check.
begin;
create extension if not exists pgtap with schema extensions;

create temp table sample (name text primary key, verbs text not null, made text not null, change text not null);
insert into sample values
  ('profile', 'siud',
    $q$(user_id, display_name) values ($o, 'A')$q$, $q$display_name = 'B'$q$),
  ('doc_source', 'siud',
    $q$(user_id, title) values ($o, 'A')$q$, $q$title = 'B'$q$),
  ('doc_page', 's',
    $q$(user_id, doc_id, page, content, char_start, char_end) values ($o, 'b0000000-0000-4000-8000-000000000001', 9001, 'a', 0, 1)$q$, $q$content = 'b'$q$),
  ('doc_chunk', 's',
    $q$(user_id, doc_id, ord, content) values ($o, 'b0000000-0000-4000-8000-000000000001', 9001, 'a')$q$, $q$content = 'b'$q$),
  ('chunk_lex', 's',
    $q$(user_id, doc_id, chunk_id, weights) values ($o, 'b0000000-0000-4000-8000-000000000001', (select min(id) from public.doc_chunk), '{5:1}/1000000000')$q$, $q$weights = '{6:1}/1000000000'$q$),
  ('chunk_code', 's',
    $q$(user_id, doc_id, chunk_id, code) values ($o, 'b0000000-0000-4000-8000-000000000001', (select min(id) from public.doc_chunk), repeat('1', 3072)::bit(3072))$q$, $q$code = ~code$q$),
  ('lex_df', 's',
    $q$(user_id, term, df) values ($o, 999, 1)$q$, $q$df = 7$q$),
  ('doc_page_draft', '',
    $q$(user_id, doc_id, page, content, char_count) values ($o, 'b0000000-0000-4000-8000-000000000001', 1, 'a', 1)$q$, $q$content = 'b'$q$),
  ('doc_chunk_draft', '',
    $q$(user_id, doc_id, ord, content, char_start, char_end, content_hash, token_count, lex_weights) values ($o, 'b0000000-0000-4000-8000-000000000001', 1, 'a', 0, 1, '', 1, '{5:1}/1000000000')$q$, $q$content = 'b'$q$),
  ('doc_embedding_draft', '',
    $q$(user_id, doc_id, ord, embedding) values ($o, 'b0000000-0000-4000-8000-000000000001', 1, array_fill(0.5::real, array[1536])::extensions.vector)$q$, $q$ord = 2$q$),
  ('note', 's',
    $q$(user_id, doc_id, content) values ($o, 'b0000000-0000-4000-8000-000000000002', 'a')$q$, $q$content = 'b'$q$),
  ('note_version', 's',
    $q$(user_id, doc_id, revision, content, created_at) values ($o, 'b0000000-0000-4000-8000-000000000003', 1, 'a', now())$q$, $q$content = 'b'$q$),
  ('note_image', 'sid',
    $q$(id, user_id, doc_id, file_path, mime_type, size_bytes) select i.id, $o, 'b0000000-0000-4000-8000-000000000003', $o::text || '/b0000000-0000-4000-8000-000000000003/' || i.id || '.png', 'image/png', 1 from (select gen_random_uuid() as id) i$q$, $q$size_bytes = 2$q$),
  ('highlight', 'siud',
    $q$(user_id, doc_id, page, char_start, quote) values ($o, 'b0000000-0000-4000-8000-000000000001', 1, 0, 'a')$q$, $q$note = 'b'$q$),
  ('thread', 'siud',
    $q$(user_id) values ($o)$q$, $q$title = 'B'$q$),
  ('message', 'siud',
    $q$(user_id, thread_id, role) values ($o, 'c0000000-0000-4000-8000-000000000001', 'user')$q$, $q$status = 'stopped'$q$),
  ('attachment', 'sid',
    $q$(user_id, thread_id, file_name, file_path, mime_type, size_bytes) values ($o, 'c0000000-0000-4000-8000-000000000001', 'a.pdf', $o::uuid || '/attachment/a.pdf', 'application/pdf', 1)$q$, $q$file_name = 'b'$q$),
  ('agent_memory', 'siud',
    $q$(user_id, scope, key, value) values ($o, 'long', gen_random_uuid()::text, '"a"')$q$, $q$value = '"b"'$q$),
  ('earlier_fact', 'sd',
    $q$(user_id, scope, key, value, message_id) select $o, 'long', gen_random_uuid()::text, '"a"', (select id from public.message where user_id = $o limit 1)$q$, $q$value = '"b"'$q$),
  ('thread_summary', 'sd',
    $q$(user_id, thread_id) values ($o, 'c0000000-0000-4000-8000-000000000001')$q$, $q$covers_seq = 2$q$),
  ('persona', 'siud',
    $q$(user_id, slug, instructions) values ($o, gen_random_uuid()::text, 'a')$q$, $q$instructions = 'b'$q$),
  ('agent_telemetry', 's',
    $q$(user_id, trace_id, event_type) values ($o, 't', 'llm_call')$q$, $q$cost_usd = 0$q$),
  ('agent_task', 'sid',
    $q$(user_id, kind) values ($o, 'export')$q$, $q$status = 'done'$q$),
  ('quiz', 'sd',
    $q$(user_id, topic, items) values ($o, 'a', '[{}]')$q$, $q$topic = 'b'$q$),
  ('quiz_attempt', 'siud',
    $q$(user_id, quiz_id) values ($o, 'd0000000-0000-4000-8000-000000000001')$q$, $q$answers = '[]'$q$),
  ('quiz_item_report', 'sid',
    $q$(user_id, quiz_id, item_id) values ($o, 'd0000000-0000-4000-8000-000000000001', gen_random_uuid()::text)$q$, $q$reason = 'b'$q$),
  ('passage_change', 'sd',
    $q$(user_id, doc_id, quiz_id, item_id, about, old_text) values ($o, 'b0000000-0000-4000-8000-000000000001', 'd0000000-0000-4000-8000-000000000001', gen_random_uuid()::text, 'a', 'a')$q$, $q$about = 'b'$q$),
  ('deck', 'siud',
    $q$(user_id, name) values ($o, gen_random_uuid()::text)$q$, $q$desired_retention = 0.85$q$),
  ('flashcard', 'siud',
    $q$(user_id, front, back) values ($o, 'a', 'b')$q$, $q$back = 'c'$q$),
  ('review_log', 's',
    $q$(user_id, card_id, rating, state, due, stability, difficulty, scheduled_days) values ($o, 'e0000000-0000-4000-8000-000000000001', 3, 0, now(), 1, 1, 1)$q$, $q$undone_at = now()$q$),
  ('study_plan', 'siud',
    $q$(user_id, title, time_per_day_min, days_per_week) values ($o, 'a', 30, 5)$q$, $q$title = 'b'$q$),
  ('belief_contest', 'siud',
    $q$(user_id, topic_key, topic) values ($o, gen_random_uuid()::text, 'a')$q$, $q$topic = 'b'$q$),
  ('learning_profile', 's',
    $q$(user_id) values ($o)$q$, $q$strengths = '{a}'$q$),
  ('presence', 'siud',
    $q$(user_id) values ($o)$q$, $q$is_online = true$q$),
  ('availability_block', 'siud',
    $q$(user_id, dow, start_min, end_min, timezone) values ($o, 1, 60, 120, 'UTC')$q$, $q$dow = 2$q$),
  ('match_candidate', 's',
    $q$(user_id, candidate_user_id, score) values ($o, 'a0000000-0000-4000-8000-000000000003', 0.5)$q$, $q$score = 1$q$),
  ('block', 'sid',
    $q$(user_id, blocked_user_id) values ($o, 'a0000000-0000-4000-8000-000000000004')$q$, $q$created_at = now()$q$),
  ('presence_choice', 'siu',
    $q$(user_id) values ($o) on conflict do nothing$q$, $q$is_hidden = true$q$),
  ('presence_notice', 's',
    $q$(user_id) values ($o) on conflict do nothing$q$, $q$changed_at = now()$q$),
  ('presence_hour', 's',
    $q$(user_id, hour_of_week, first_week, last_week) values ($o, 100, current_date, current_date) on conflict do nothing$q$, $q$weeks = 8$q$),
  ('report', 'si',
    $q$(user_id, reported_user_id, reason) values ($o, 'a0000000-0000-4000-8000-000000000003', 'spam')$q$, $q$note = 'b'$q$),
  ('nudge', 'sud',
    $q$(user_id, to_user_id, nudge_type, message) values ($o, $o, 'reminder', 'a')$q$, $q$status = 'read'$q$),
  ('nudge_seen', 'si',
    $q$(user_id, nudge_id) values ($o, '90000000-0000-4000-8000-000000000001')$q$, $q$nudge_id = nudge_id$q$),
  ('push_subscription', 'sd',
    $q$(user_id, endpoint, p256dh, auth) values ($o, 'https://push.example.com/' || gen_random_uuid(), repeat('a', 87), repeat('a', 22))$q$, $q$device = 'B'$q$),
  ('quota', 's',
    $q$(user_id, kind) values ($o, gen_random_uuid()::text)$q$, $q$used = 0$q$),
  ('audit_log', 's',
    $q$(user_id, action) values ($o, 'a')$q$, $q$action = 'b'$q$),
  ('room', 's',
    $q$(user_id) values ($o)$q$, $q$title = 'B'$q$),
  ('room_member', 's',
    $q$(user_id, room_id) values ($o, 'f0000000-0000-4000-8000-000000000001')$q$, $q$goal = 'b'$q$),
  ('room_message', 's',
    $q$(user_id, room_id, seq, client_id, body) values ($o, 'f0000000-0000-4000-8000-000000000001', 9001, gen_random_uuid(), 'a')$q$, $q$body = 'b'$q$),
  ('room_race', 's',
    $q$(id, user_id, room_id, items) values ('f1000000-0000-4000-8000-000000000001', $o, 'f0000000-0000-4000-8000-000000000001', '[{}, {}, {}]')$q$, $q$topics = '{b}'$q$),
  ('room_racer', 's',
    $q$(user_id, race_id) values ($o, 'f1000000-0000-4000-8000-000000000001')$q$, $q$correct = 1$q$),
  ('share_link', 'sid',
    $q$(user_id, thread_id, title, token_hash, snapshot) values ($o, 'c0000000-0000-4000-8000-000000000001', 'a', repeat('a', 64), '{}')$q$, $q$expires_at = null$q$);

select plan(1 + 7 * (select count(*)::int from sample));

select bag_eq(
  $$ select relname::text from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') $$,
  'select name from sample', 'every table is tried here'
);

insert into auth.users (id, email)
select ('a0000000-0000-4000-8000-00000000000' || n)::uuid, n || '@example.com' from generate_series(1, 4) n;
-- Who may not be seen can be neither matched, blocked nor reported.
update public.profile set visibility = 'everyone' where user_id in
  ('a0000000-0000-4000-8000-000000000003', 'a0000000-0000-4000-8000-000000000004');
insert into public.doc_source (id, user_id, title)
values ('b0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000001', 'Notes');
insert into public.doc_source (id, user_id, title)
select ('b0000000-0000-4000-8000-00000000000' || n)::uuid, 'a0000000-0000-4000-8000-000000000001', 'Note' from generate_series(2, 3) n;
insert into public.note (doc_id, user_id, content)
values ('b0000000-0000-4000-8000-000000000003', 'a0000000-0000-4000-8000-000000000001', 'a');
insert into public.doc_chunk (user_id, doc_id, ord, content)
values ('a0000000-0000-4000-8000-000000000001', 'b0000000-0000-4000-8000-000000000001', 1, 'a');
insert into public.thread (id, user_id)
values ('c0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000001');
insert into public.quiz (id, user_id, topic, items)
values ('d0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000001', 'a', '[{}]');
insert into public.flashcard (id, user_id, front, back)
values ('e0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000001', 'a', 'b');
insert into public.room (id, user_id)
values ('f0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000003');
insert into public.nudge (id, user_id, to_user_id, nudge_type, message) values ('90000000-0000-4000-8000-000000000001',
  'a0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000001', 'reminder', 'a');
-- Made with the account; the owner makes it anew.
delete from public.profile where user_id = 'a0000000-0000-4000-8000-000000000001';

-- What a statement comes to as that person: 'some' or 'none' for the rows it met, or why it was refused. Nothing stays of it.
create function pg_temp.tried(p_who text, p_sql text) returns text language plpgsql as $$
declare
  met  int;
  role text := case p_who when 'anon' then 'anon' else 'authenticated' end;
begin
  perform set_config('request.jwt.claims', json_build_object('role', role, 'sub', case p_who
    when 'owner' then 'a0000000-0000-4000-8000-000000000001' when 'stranger' then 'a0000000-0000-4000-8000-000000000002' end)::text, true);
  perform set_config('role', role, true);
  execute replace(p_sql, '$o', $o$'a0000000-0000-4000-8000-000000000001'$o$);
  get diagnostics met = row_count;
  raise exception '%', case when met > 0 then 'some' else 'none' end using errcode = 'P9999';
exception when others then
  return case when sqlstate = 'P9999' then sqlerrm else sqlstate end;
end $$;
create function pg_temp.allowed(p_verbs text, p_verb text) returns text language sql as $$
  select case when position(p_verb in p_verbs) > 0 then 'some' else '42501' end
$$;

select is(pg_temp.tried('owner', format('insert into public.%I %s', name, made)), pg_temp.allowed(verbs, 'i'),
  name || ': its owner makes a row, or nobody does') from sample;

-- One row of the owner in each, but where there is one already or a trigger writes them.
do $$
declare
  one record;
begin
  for one in select * from sample where name <> 'lex_df' loop
    execute replace(format('insert into public.%I %s', one.name, one.made), '$o', $o$'a0000000-0000-4000-8000-000000000001'$o$);
  end loop;
  insert into public.message (user_id, thread_id, role, status) values ('a0000000-0000-4000-8000-000000000001',
    'c0000000-0000-4000-8000-000000000001', 'assistant', 'streaming');
end $$;

select is(pg_temp.tried('owner', format('select from public.%I where user_id = $o', name)), pg_temp.allowed(verbs, 's'),
  name || ': its owner reads it') from sample;
select is(pg_temp.tried('owner', format('update public.%I set %s where user_id = $o', name, change)), pg_temp.allowed(verbs, 'u'),
  name || ': its owner changes it, or nobody does') from sample;
select is(pg_temp.tried('owner', format('delete from public.%I where user_id = $o', name)), pg_temp.allowed(verbs, 'd'),
  name || ': its owner removes it, or nobody does') from sample;
select is(pg_temp.tried('stranger', format('insert into public.%I %s', name, made)), '42501',
  name || ': nobody makes a row in another name') from sample;
select is(array[
    pg_temp.tried('stranger', format('select from public.%I where user_id = $o', name)),
    pg_temp.tried('stranger', format('update public.%I set %s where user_id = $o', name, change)),
    pg_temp.tried('stranger', format('delete from public.%I where user_id = $o', name))
  ], array[
    replace(pg_temp.allowed(verbs, 's'), 'some', 'none'), replace(pg_temp.allowed(verbs, 'u'), 'some', 'none'),
    replace(pg_temp.allowed(verbs, 'd'), 'some', 'none')
  ], name || ': a stranger meets no row') from sample;
select is(array[
    pg_temp.tried('anon', format('select from public.%I', name)), pg_temp.tried('anon', format('insert into public.%I %s', name, made)),
    pg_temp.tried('anon', format('update public.%I set %s', name, change)), pg_temp.tried('anon', format('delete from public.%I', name))
  ], array_fill('42501'::text, array[4]), name || ': nobody signed in, nothing') from sample;

select * from finish();
rollback;
