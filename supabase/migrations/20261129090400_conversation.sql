-- Conversations. A message keeps the parts the page shows, never a model's raw messages, so that a stored
-- conversation outlives any model or SDK.

-- A function of this file names tables of later ones; tests/db/catalog.test.ts checks the text of every function.
set check_function_bodies = off;

-- Letters as they are searched for: in small, without their accents.
create function private.folded(p_text text) returns text
language sql immutable security invoker
set search_path = ''
as $$
  select lower(regexp_replace(normalize(p_text, NFKD), '[\u0300-\u036f]', '', 'g'))
$$;

-- What a message is found by: its text alone, once it is whole. Nothing of tools, which nobody typed or read as such.
create function private.words_of(p_parts jsonb, p_status text) returns text
language sql immutable security invoker
set search_path = ''
as $$
  select left(private.folded(string_agg(part ->> 'text', ' ' order by position)), 40000)
  from jsonb_path_query(p_parts, '$[*]') with ordinality as p(part, position)
  where part ->> 'type' = 'text' and p_status <> 'streaming'
$$;
grant execute on function private.folded, private.words_of to authenticated, service_role;

create table public.thread (
  id         uuid primary key default gen_random_uuid(),
  user_id    uuid not null default auth.uid() references auth.users on delete cascade,
  title      text check (char_length(title) between 1 and 200),
  -- The tutor's style here, by its slug; null, or one that is gone: the server's own choice.
  persona    text check (char_length(persona) <= 60),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  pinned_at   timestamptz,
  archived_at timestamptz,
  -- How what stands for a person is numbered before a model: fingerprints by kind, no originals.
  mask       jsonb not null default '{}' check (jsonb_typeof(mask) = 'object' and pg_column_size(mask) <= 16384),
  -- Hidden from everybody from then on, and gone when there is no more time to take it back.
  deleted_at  timestamptz,
  -- The conversation that this one begins with a summary of.
  continued_from uuid,
  unique (id, user_id),
  foreign key (continued_from, user_id) references public.thread (id, user_id) on delete set null (continued_from)
);
comment on table public.thread is 'A conversation of a student with the tutor.';
-- The order in which they are listed.
create index thread_list on public.thread (user_id, (pinned_at is not null) desc, updated_at desc, id desc);
create index thread_deleted on public.thread (user_id, deleted_at) where deleted_at is not null;
create index thread_continued on public.thread (continued_from);
create trigger thread_rows after insert on public.thread referencing new table as added
  for each statement execute function private.bound_rows(10000, 'user_id');
-- Only what is said moves a conversation up; a new name or a pin does not.
create trigger thread_touch before update of updated_at on public.thread
  for each row execute function private.touch_updated_at();

-- Every other page of the student hears that something was said, named or deleted in a conversation, and looks.
-- Definer: what the database says in a student's channel nobody else may.
create function private.tell_threads() returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  perform realtime.send(jsonb_build_object('ids', (array_agg(c.id))[1:100]), 'thread', 'user:' || c.user_id, true)
  from changed c group by c.user_id;
  return null;
end
$$;
create trigger thread_added_told after insert on public.thread referencing new table as changed
  for each statement execute function private.tell_threads();
create trigger thread_changed_told after update on public.thread referencing new table as changed
  for each statement execute function private.tell_threads();
create trigger thread_removed_told after delete on public.thread referencing old table as changed
  for each statement execute function private.tell_threads();

create table public.message (
  id         uuid primary key default gen_random_uuid(),
  seq        bigint generated always as identity,
  thread_id  uuid not null,
  user_id    uuid not null default auth.uid() references auth.users on delete cascade,
  role       text not null check (role in ('user', 'assistant')),
  parts      jsonb not null default '[]' check (jsonb_typeof(parts) = 'array' and pg_column_size(parts) <= 1048576),
  status     text not null default 'done' check (status in ('streaming', 'done', 'stopped', 'error')),
  metadata   jsonb not null default '{}' check (jsonb_typeof(metadata) = 'object' and pg_column_size(metadata) <= 32768),
  -- The page's own id of a question: asked twice with one id, it is one question.
  request_id uuid,
  -- What it follows. An answer is written again and a question asked otherwise beside the one that was: of those that follow
  -- one message one is chosen, and shown are those on the way of what is chosen. No reference: what is removed in the
  -- middle takes nothing along.
  parent_id  uuid,
  is_chosen  boolean not null default true,
  is_shown   boolean not null default true,
  -- When whoever writes this answer last said so.
  heartbeat_at timestamptz not null default clock_timestamp(),
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp(),
  words      text generated always as (private.words_of(parts, status)) stored,
  unique (user_id, request_id),
  -- Both columns: a message can only stand in a thread of its own student.
  foreign key (thread_id, user_id) references public.thread (id, user_id) on delete cascade
);
comment on table public.message is 'A message of a conversation, as the page shows it.';
comment on column public.message.seq is 'The order of messages; two of one turn may share an instant.';
comment on column public.message.is_shown is 'Whether it is on the way that the page and the model read.';
create index message_thread on public.message (thread_id, seq desc);
create index message_user on public.message (user_id, seq desc);
-- Finds a piece of a word in any script; whoever has few messages is read through `message_user` instead.
create index message_words on public.message using gin (words extensions.gin_trgm_ops);
-- Few rows at any time, and those that are looked for before every answer and by the job that closes dead ones.
create index message_unfinished on public.message (thread_id) where status = 'streaming';
-- 500 messages, and the answer to the last of them.
create trigger message_rows after insert on public.message referencing new table as added
  for each statement execute function private.bound_rows(501, 'thread_id');
create trigger message_touch before update on public.message
  for each row execute function private.touch_updated_at();

-- Definer: what is deleted is hidden from its student as well, so that no list, search or answer has to leave it out.
create function private.deleted_threads() returns uuid[]
language sql stable security definer
set search_path = ''
as $$
  select coalesce(array_agg(t.id), '{}') from public.thread t
  where t.user_id = (select auth.uid()) and t.deleted_at is not null
$$;
grant execute on function private.deleted_threads to authenticated;

create function private.follow_last() returns trigger
language plpgsql volatile security invoker
set search_path = ''
as $$
begin
  new.parent_id := (
    select m.id from public.message m where m.thread_id = new.thread_id and m.is_shown order by m.seq desc limit 1);
  return new;
end
$$;
comment on function private.follow_last() is 'A message follows the last one that is shown, also of its own statement.';
create trigger message_follows before insert on public.message
  for each row execute function private.follow_last();

revoke all on public.thread from public, anon, authenticated;
grant all on public.thread to service_role;
alter table public.thread enable row level security;
create policy "a student reads their threads" on public.thread
  for select to authenticated using (user_id = (select auth.uid()) and deleted_at is null);
create policy "a student starts threads" on public.thread
  for insert to authenticated with check (user_id = (select auth.uid()));
create policy "a student renames their threads" on public.thread
  for update to authenticated using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));
create policy "a student removes their threads" on public.thread
  for delete to authenticated using (user_id = (select auth.uid()));
revoke all on public.message from public, anon, authenticated;
grant all on public.message to service_role;
alter table public.message enable row level security;
create policy "a student reads their messages" on public.message
  for select to authenticated using (
    user_id = (select auth.uid()) and thread_id <> all ((select private.deleted_threads())::uuid[])
  );
create policy "a student removes their messages" on public.message
  for delete to authenticated using (user_id = (select auth.uid()));
-- What an answer says is written by the functions below alone; a student may ask, and end what is being written.
grant select, delete on public.thread, public.message to authenticated;
grant insert (id, user_id, title, persona, continued_from),
  update (title, persona, updated_at, mask, pinned_at, archived_at) on public.thread to authenticated;
grant insert (id, thread_id, user_id, role, parts, status, request_id),
  update (status, metadata) on public.message to authenticated;
grant usage, select on sequence public.message_seq_seq to authenticated, service_role;

create policy "a student adds questions, and answers to be written" on public.message
  for insert to authenticated with check (
    user_id = (select auth.uid())
    -- The longest question, in characters of four bytes.
    and case role when 'user' then pg_column_size(parts) <= 65536 else status = 'streaming' and parts = '[]' end
  );
create policy "a student ends what is being written" on public.message
  for update to authenticated
  using (user_id = (select auth.uid()) and role = 'assistant' and status = 'streaming')
  with check (user_id = (select auth.uid()));

-- A file a student gives inside a message, rather than adds to the library. What can be read has a document beside it that
-- is found in this conversation alone; a picture is shown to the model.
create table public.attachment (
  id         uuid primary key default gen_random_uuid(),
  user_id    uuid not null default auth.uid() references auth.users on delete cascade,
  -- Null until it is sent.
  thread_id  uuid,
  doc_id     uuid,
  file_name  text not null check (char_length(file_name) between 1 and 255),
  file_path  text not null check (char_length(file_path) <= 500),
  mime_type  text not null check (char_length(mime_type) <= 150),
  size_bytes bigint not null check (size_bytes between 0 and 52428800),
  -- When the file was there.
  ready_at   timestamptz,
  created_at timestamptz not null default now(),
  -- A row may only name a file in its owner's folder: the server reads it with more rights than the student has.
  constraint attachment_file_path_own check (
    file_path like user_id::text || '/attachment/%' and file_path not like '%..%'
  ),
  foreign key (thread_id, user_id) references public.thread (id, user_id) on delete cascade,
  foreign key (doc_id, user_id) references public.doc_source (id, user_id) on delete set null (doc_id)
);
comment on table public.attachment is 'A file given inside a message.';
create index attachment_thread on public.attachment (thread_id);
create index attachment_doc on public.attachment (doc_id);
create index attachment_user on public.attachment (user_id);
create index attachment_file_path on public.attachment (file_path);
create trigger attachment_rows after insert on public.attachment referencing new table as added
  for each statement execute function private.bound_rows(1000, 'user_id');
create trigger attachment_bytes after insert on public.attachment referencing new table as added
  for each statement execute function private.count_bytes();
alter table public.doc_source add foreign key (thread_id, user_id) references public.thread (id, user_id) on delete cascade;
create index doc_source_thread on public.doc_source (thread_id) where thread_id is not null;

revoke all on public.attachment from public, anon, authenticated;
grant all on public.attachment to service_role;
alter table public.attachment enable row level security;
create policy "a student reads their attachments" on public.attachment
  for select to authenticated using (user_id = (select auth.uid()));
create policy "a student adds their attachments" on public.attachment
  for insert to authenticated with check (user_id = (select auth.uid()));
create policy "a student sends their attachments" on public.attachment
  for update to authenticated using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));
create policy "a student removes their attachments" on public.attachment
  for delete to authenticated using (user_id = (select auth.uid()));
grant select, insert, delete, update (thread_id, ready_at) on public.attachment to authenticated;

create function public.add_attachment(
  p_file_name text, p_mime_type text, p_size_bytes bigint, p_extension text,
  -- Whether its text can be read.
  p_is_read boolean, p_max_unfinished int, p_thread_id uuid default null
) returns jsonb
language plpgsql security invoker
set search_path = ''
as $$
declare
  student constant uuid := (select auth.uid());
  new_id  constant uuid := gen_random_uuid();
  path    constant text := student::text || '/attachment/' || new_id::text || '/original.' || p_extension;
begin
  if p_thread_id is not null then
    -- A program may attach before it asks its first question.
    insert into public.thread (id) values (p_thread_id) on conflict (id) do nothing;
    perform 1 from public.thread t where t.id = p_thread_id and t.user_id = student for update;
    if not found then
      raise exception 'thread not found' using errcode = 'PT404';
    end if;
  end if;
  perform private.in_turn('add_document');
  perform private.require_room_for_file(p_max_unfinished, p_size_bytes);
  if p_is_read then
    insert into public.doc_source (id, user_id, title, source_type, thread_id, file_name, file_path, mime_type, size_bytes)
    values (new_id, student,
      left(coalesce(nullif(btrim(regexp_replace(p_file_name, '\.[^.]+$', '')), ''), p_file_name), 200),
      'attachment', p_thread_id, p_file_name, path, p_mime_type, p_size_bytes);
  end if;
  insert into public.attachment (id, user_id, thread_id, doc_id, file_name, file_path, mime_type, size_bytes)
  values (new_id, student, p_thread_id, case when p_is_read then new_id end, p_file_name, path, p_mime_type, p_size_bytes);
  return jsonb_build_object('attachmentId', new_id, 'path', path);
end
$$;
comment on function public.add_attachment is 'Makes room for a file that is given inside a conversation.';
grant execute on function public.add_attachment to authenticated;

-- Binds files to the conversation they are sent in, and gives them as parts of the question.
create function private.attach(p_thread_id uuid, p_ids uuid[]) returns jsonb
language plpgsql security invoker
set search_path = ''
as $$
declare
  bound int;
begin
  update public.attachment a set thread_id = p_thread_id
  where a.id = any (p_ids) and a.user_id = (select auth.uid()) and coalesce(a.thread_id, p_thread_id) = p_thread_id;
  get diagnostics bound = row_count;
  if bound <> (select count(distinct i) from unnest(p_ids) i) then
    raise exception 'there is no such attachment' using errcode = 'PT404';
  end if;
  update public.doc_source d set thread_id = p_thread_id
  where d.id = any (p_ids) and d.user_id = (select auth.uid()) and d.source_type = 'attachment' and d.thread_id is null;
  return (
    select coalesce(jsonb_agg(jsonb_build_object('type', 'data-attachment', 'id', 'attachment-' || a.id, 'data',
      jsonb_build_object('id', a.id, 'fileName', a.file_name, 'mimeType', a.mime_type, 'sizeBytes', a.size_bytes))
      order by array_position(p_ids, a.id)), '[]')
    from public.attachment a where a.id = any (p_ids)
  );
end
$$;

-- The files that only questions name which are not on the way that is shown: they were asked otherwise since. One that was
-- given to a conversation without a question is on every way.
create function private.left_attachments(p_thread_id uuid) returns setof uuid
language sql stable security invoker
set search_path = ''
as $$
  select (p.part #>> '{data,id}')::uuid
  from public.message m, jsonb_array_elements(m.parts) as p(part)
  where m.thread_id = p_thread_id and m.role = 'user' and p.part ->> 'type' = 'data-attachment'
  group by 1 having not bool_or(m.is_shown)
$$;
comment on function private.left_attachments is 'The files of a conversation that belong to questions as they were asked before.';

-- The files of a conversation as an answer needs them, the latest first.
create function private.attachments_of(p_thread_id uuid, p_asked jsonb) returns jsonb
language sql stable security invoker
set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object('id', a.id, 'docId', a.doc_id, 'fileName', a.file_name,
    'mimeType', a.mime_type, 'filePath', a.file_path, 'status', d.status, 'errorMessage', d.error_message,
    'isNew', p_asked @> jsonb_build_array(jsonb_build_object('type', 'data-attachment', 'data', jsonb_build_object('id', a.id))))
    order by a.created_at desc), '[]')
  from (
    select * from public.attachment
    where thread_id = p_thread_id and id not in (select private.left_attachments(p_thread_id))
    order by created_at desc limit 20
  ) a
  left join public.doc_source d on d.id = a.doc_id
$$;
grant execute on function private.left_attachments to authenticated, service_role;
grant execute on function private.attach, private.attachments_of to authenticated;

create function public.documents_within(p_thread_id uuid default null) returns setof public.doc_source
language sql stable security invoker
set search_path = ''
as $$
  select d.* from public.doc_source d
  where d.user_id = (select auth.uid()) and d.replaced_by is null and (d.source_type <> 'attachment'
    or (d.thread_id = p_thread_id and d.id not in (select private.left_attachments(p_thread_id))))
$$;
comment on function public.documents_within is 'The library, and what was attached to a conversation on the way that is shown.';
grant execute on function public.documents_within to authenticated;

-- What a turn needs to know before the first token: the conversation so far, what is remembered, who asks, how many
-- documents there are, and of the people the student may name their names and ids, nothing else. A helper of the functions
-- below that begin an answer, so that each is one round trip.
create function public.turn_context(p_thread_id uuid, p_before_seq bigint, p_history_limit int) returns jsonb
language sql stable security invoker
set search_path = ''
as $$
  select jsonb_build_object(
    'history', (
      select coalesce(jsonb_agg(jsonb_build_object('id', m.id, 'seq', m.seq, 'role', m.role, 'parts', m.parts,
        'metadata', m.metadata, 'status', m.status, 'createdAt', m.created_at) order by m.seq), '[]')
      from (
        select * from public.message
        where thread_id = p_thread_id and seq < p_before_seq and is_shown
        order by seq desc
        limit least(greatest(coalesce(p_history_limit, 40), 0), 200)
      ) m
    ),
    'memory', (
      select coalesce(jsonb_agg(jsonb_build_object('scope', a.scope, 'key', a.key, 'value', a.value)
        order by a.created_at, a.id), '[]')
      from (
        select * from private.standing_facts() f
        where not private.memory_is_paused()
        order by f.updated_at desc
        limit 100
      ) a
    ),
    'summary', (
      select jsonb_build_object('coversSeq', private.covered_seq(s), 'sentences', private.standing_sentences(s))
      from public.thread_summary s where s.thread_id = p_thread_id and s.user_id = (select auth.uid())
    ),
    'persona', (select t.persona from public.thread t where t.id = p_thread_id),
    'personas', (
      select coalesce(jsonb_agg(jsonb_build_object('slug', p.slug, 'title', p.title, 'instructions', p.instructions,
        'style', p.style, 'hints', p.hints) order by p.slug), '[]')
      from public.persona p
      where p.user_id is null
        or (p.user_id = (select auth.uid())
          and p.slug = (select t.persona from public.thread t where t.id = p_thread_id))
    ),
    'profile', (
      select jsonb_build_object('displayName', p.display_name, 'gradeLevel', p.grade_level,
        'subjects', p.subjects, 'timezone', p.timezone)
      from (select 1) as always
      left join public.profile p on p.user_id = (select auth.uid())
    ),
    'documents', (
      select jsonb_build_object(
        'ready', count(*) filter (where d.status = 'ready'),
        'processing', count(*) filter (where d.status in ('pending', 'processing')))
      from public.documents_within(p_thread_id) d
    ),
    'partners', (
      select coalesce(jsonb_agg(jsonb_build_object('userId', k.user_id, 'displayName', k.display_name)), '[]')
      from public.known_people(20) k
      where k.display_name is not null
    )
  )
$$;
comment on function public.turn_context is
  'History, summary, memory, persona, profile, document counts and known people for one turn.';

-- Whoever writes an answer says so every five seconds. One that was silent for three times as long belongs to a process
-- that died; it must not block the conversation, nor look as if it were still being written.
create function private.is_written(p_answer public.message) returns boolean
language sql volatile security invoker
set search_path = ''
as $$
  select p_answer.status = 'streaming' and p_answer.heartbeat_at > clock_timestamp() - interval '15 seconds'
$$;

-- What such an answer is kept as.
create function private.as_interrupted(p_metadata jsonb) returns jsonb
language sql immutable security invoker
set search_path = ''
as $$
  select p_metadata || '{"status": "error", "errorCode": "interrupted"}'
$$;

create function private.is_interrupted(p_answer public.message) returns boolean
language sql immutable security invoker
set search_path = ''
as $$ select p_answer.status = 'error' and p_answer.metadata ->> 'errorCode' = 'interrupted' $$;

-- Whether an answer that was held for dead may be written on: nothing came after it, and no other is being written.
create function private.may_go_on(p_answer public.message) returns boolean
language sql stable security invoker
set search_path = ''
as $$
  select private.is_interrupted(p_answer) and not exists (
    select from public.message m
    where m.thread_id = p_answer.thread_id and (m.status = 'streaming' or m.seq > p_answer.seq))
$$;
grant execute on function private.is_interrupted to authenticated, service_role;
grant execute on function private.may_go_on to service_role;

create function public.close_dead_answers() returns int
language plpgsql security invoker
set search_path = ''
as $$
declare
  closed int;
begin
  -- A row that somebody holds is being written or closed this moment.
  with dead as (
    select m.id from public.message m
    where m.status = 'streaming' and not private.is_written(m)
    order by m.id for update skip locked
  )
  update public.message m set status = 'error', metadata = private.as_interrupted(m.metadata)
  from dead where m.id = dead.id;
  get diagnostics closed = row_count;
  return closed;
end
$$;
comment on function public.close_dead_answers is 'Closes answers whose process died, with what was saved of them; gives how many.';

-- Sooner than anybody else can tell, a process may know that nobody writes an answer any more.
create function public.close_dead_answer(p_message_id uuid, p_silent_seconds int) returns boolean
language plpgsql security invoker
set search_path = ''
as $$
begin
  update public.message m set status = 'error', metadata = private.as_interrupted(m.metadata)
  where m.id = p_message_id and m.status = 'streaming'
    and m.heartbeat_at <= clock_timestamp() - make_interval(secs => greatest(p_silent_seconds, 3));
  return found;
end
$$;
comment on function public.close_dead_answer is 'Closes an answer of the caller that nobody writes; false when it is not silent so long.';

-- Locks a thread of the caller and makes sure that no answer is being written into it.
create function public.claim_thread(p_thread_id uuid) returns public.thread
language plpgsql security invoker
set search_path = ''
as $$
declare
  claimed public.thread;
begin
  select * into claimed from public.thread t
  where t.id = p_thread_id and t.user_id = (select auth.uid())
  for update;
  if not found then
    raise exception 'thread not found' using errcode = 'PT404';
  end if;
  if exists (
    select 1 from public.message m
    where m.thread_id = p_thread_id and m.status = 'streaming' and private.is_written(m)
  ) then
    raise exception 'an answer is being written' using errcode = 'PT409';
  end if;
  update public.message set status = 'error', metadata = private.as_interrupted(metadata)
  where thread_id = p_thread_id and status = 'streaming';
  update public.thread set updated_at = now() where id = p_thread_id;
  return claimed;
end
$$;
comment on function public.claim_thread is 'Takes a thread for a new answer, or says why not.';

-- The way back to a version that is not shown: it and what it follows are chosen, and shown is what was chosen behind it.
-- Definer: of a message that is written a student may change nothing else.
create function private.show_message(p_message_id uuid) returns void
language plpgsql security definer
set search_path = ''
as $$
declare
  way    uuid[];
  thread uuid;
  fork   bigint;
begin
  with recursive up as (
    select m.id, m.parent_id, m.thread_id, m.seq, m.is_shown from public.message m
    where m.id = p_message_id and m.user_id = (select auth.uid())
    union all
    select m.id, m.parent_id, m.thread_id, m.seq, m.is_shown from up join public.message m on m.id = up.parent_id
    where not up.is_shown
  )
  select array_agg(u.id order by u.seq) filter (where not u.is_shown), min(u.thread_id::text)::uuid,
    coalesce(max(u.seq) filter (where u.is_shown), 0)
  into way, thread, fork from up u;
  if way is null then
    return;
  end if;
  update public.message m set is_chosen = m.id = any (way)
  where m.thread_id = thread and exists (
    select 1 from public.message w
    -- Whatever it is: where a question was brought without an answer, a question may follow it, and an answer beside that.
    where w.id = any (way) and w.parent_id is not distinct from m.parent_id);
  update public.message m set is_shown = false where m.thread_id = thread and m.is_shown and m.seq > fork;
  with recursive down as (
    select way[1] as id
    union all
    select m.id from down join public.message m on m.parent_id = down.id and m.thread_id = thread and m.is_chosen
  )
  update public.message m set is_shown = true from down where m.id = down.id;
end
$$;

-- Leaves the way at a message, so that what is added next stands beside it. An answer that says nothing is not worth a
-- place of its own.
create function private.leave_message(p_message public.message) returns void
language plpgsql security definer
set search_path = ''
as $$
begin
  perform private.show_message(p_message.id);
  delete from public.message m
  where m.id = p_message.id and m.user_id = (select auth.uid()) and m.role = 'assistant'
    and not m.parts @? '$[*] ? ((@.type == "text" && @.text != "") || @.type starts with "tool-")'
    and not exists (select 1 from public.message f where f.thread_id = m.thread_id and f.parent_id = m.id);
  update public.message m
  set is_shown = false, is_chosen = m.is_chosen and m.id <> p_message.id,
    -- The request is for the answer that is written next.
    request_id = case when m.id = p_message.id and m.role = 'assistant' then null else m.request_id end
  where m.thread_id = p_message.thread_id and m.user_id = (select auth.uid()) and m.is_shown and m.seq >= p_message.seq;
end
$$;
grant execute on function private.show_message, private.leave_message to authenticated;

-- Shows another version of an answer or of a question, with what was said after it.
create function public.show_version(p_thread_id uuid, p_message_id uuid) returns void
language plpgsql security invoker
set search_path = ''
as $$
begin
  perform public.claim_thread(p_thread_id);
  if not exists (select 1 from public.message m where m.id = p_message_id and m.thread_id = p_thread_id) then
    raise exception 'message not found' using errcode = 'PT404';
  end if;
  perform private.show_message(p_message_id);
end
$$;
comment on function public.show_version is 'Chooses one of several answers to a question, or one of several ways to ask it.';

-- What was written in a message.
create function private.text_of(p_parts jsonb) returns text
language sql immutable security invoker
set search_path = ''
as $$
  select coalesce(string_agg(part ->> 'text', '' order by position), '')
  from jsonb_array_elements(p_parts) with ordinality as p(part, position)
  where part ->> 'type' = 'text'
$$;

-- A message and those that stand beside it, oldest first.
create function private.versions_of(p_message public.message) returns jsonb
language sql stable security invoker
set search_path = ''
as $$
  select coalesce(jsonb_agg(m.id order by m.seq), '[]') from public.message m
  where m.thread_id = p_message.thread_id and m.role = p_message.role and m.parent_id is not distinct from p_message.parent_id
$$;

-- What tools brought in other answers to the same question. What was found in the notes is found again.
create function private.calls_before(p_answer public.message) returns jsonb
language sql stable security invoker
set search_path = ''
as $$
  select coalesce(jsonb_agg(p.part order by m.seq, p.position), '[]')
  from public.message m, jsonb_array_elements(m.parts) with ordinality as p(part, position)
  where m.thread_id = p_answer.thread_id and m.parent_id = p_answer.parent_id and m.role = 'assistant'
    and m.id <> p_answer.id and p.part ->> 'state' = 'output-available' and p.part ->> 'type' <> 'tool-searchNotes'
$$;

-- And what they brought in all that followed the question as it was asked otherwise.
create function private.calls_beside(p_asked public.message) returns jsonb
language sql stable security invoker
set search_path = ''
as $$
  with recursive beside as (
    select m.* from public.message m
    where m.thread_id = p_asked.thread_id and m.parent_id is not distinct from p_asked.parent_id and m.role = 'user'
      and m.id <> p_asked.id
    union all
    select m.* from beside b join public.message m on m.thread_id = b.thread_id and m.parent_id = b.id
  )
  select coalesce(jsonb_agg(p.part order by m.seq, p.position), '[]')
  from beside m, jsonb_array_elements(m.parts) with ordinality as p(part, position)
  where p.part ->> 'state' = 'output-available' and p.part ->> 'type' <> 'tool-searchNotes'
$$;
grant execute on function private.versions_of, private.calls_before, private.calls_beside to authenticated;

-- The answer of every function that begins an answer.
create function private.opened_turn(
  p_thread public.thread, p_created boolean, p_asked public.message, p_answer public.message, p_history_limit int
) returns jsonb
language sql stable security invoker
set search_path = ''
as $$
  select jsonb_build_object('threadId', p_thread.id, 'threadTitle', p_thread.title, 'created', p_created,
      'userMessageId', coalesce(p_asked.id, p_answer.id), 'assistantMessageId', p_answer.id,
      'attachments', private.attachments_of(p_thread.id, p_asked.parts),
      'text', private.text_of(p_asked.parts), 'parts', p_answer.parts,
      'versions', private.versions_of(p_answer), 'questionVersions', private.versions_of(p_asked),
      'before', private.calls_before(p_answer), 'beside', private.calls_beside(p_asked), 'mask', p_thread.mask, 'replaced', (
        select left(private.text_of(m.parts), 4000) from public.message m
        where m.thread_id = p_answer.thread_id and m.parent_id = p_answer.parent_id and m.id <> p_answer.id
          and m.role = 'assistant'
        order by m.seq desc limit 1))
    || public.turn_context(p_thread.id, coalesce(p_asked.seq, p_answer.seq), p_history_limit)
$$;
comment on function private.opened_turn is 'The conversation, the question and the answer to write, with what a turn needs to know.';

-- The answer that a request asked for already.
create function private.repeat_of(p_answer public.message) returns jsonb
language sql immutable security invoker
set search_path = ''
as $$
  select jsonb_build_object('threadId', p_answer.thread_id, 'repeats', jsonb_build_object('id', p_answer.id,
    'role', p_answer.role, 'parts', p_answer.parts, 'metadata', p_answer.metadata, 'status', p_answer.status))
$$;
grant execute on function private.repeat_of to authenticated;

-- The message that a request is for already. The same request may come over several connections at once: the first writes,
-- the others find what it stored.
-- Definer: in a conversation that can still be taken back a message is hidden from its student, but its id is not free.
create function private.known_request(p_request_id uuid) returns public.message
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  known public.message;
begin
  perform private.in_turn(p_request_id::text);
  select * into known from public.message m
  where m.user_id = (select auth.uid()) and m.request_id = p_request_id;
  if known.thread_id = any (private.deleted_threads()) then
    raise exception 'thread not found' using errcode = 'PT404';
  end if;
  return known;
end
$$;
grant execute on function private.known_request to authenticated;

-- A question that is asked again with the id it was stored under. While its answer is being written, and once it is
-- there, the caller gets that answer; one that failed or whose process died is written anew. Null: nothing to repeat.
-- Another question under a known id is refused: it would be lost, and its student given an answer to something else.
create function private.repeated_turn(p_request_id uuid, p_thread_id uuid, p_text text, p_history_limit int)
returns jsonb
language plpgsql security invoker
set search_path = ''
as $$
declare
  current_thread public.thread;
  asked    public.message;
  answer   public.message;
begin
  asked := private.known_request(p_request_id);
  if asked.id is null then
    return null;
  end if;
  -- Who asked without a conversation may not know yet which one that became.
  if private.text_of(asked.parts) <> p_text or p_thread_id <> asked.thread_id then
    raise exception 'this id belongs to another question' using errcode = 'PT400';
  end if;
  perform 1 from public.thread t where t.id = asked.thread_id for update;
  select * into answer from public.message m
  where m.thread_id = asked.thread_id and m.parent_id = asked.id and m.role = 'assistant'
  order by m.is_chosen desc, m.seq desc limit 1;
  if private.is_written(answer) or answer.status in ('done', 'stopped') or exists (
    select 1 from public.message m where m.thread_id = asked.thread_id and m.parent_id = answer.id
  ) then
    return private.repeat_of(answer);
  end if;
  current_thread := public.claim_thread(asked.thread_id);
  perform private.show_message(asked.id);
  if answer.id is not null then
    perform private.leave_message(answer);
  end if;
  insert into public.message (thread_id, role, status)
  values (asked.thread_id, 'assistant', 'streaming')
  returning * into answer;
  return private.opened_turn(current_thread, false, asked, answer, p_history_limit);
end
$$;

-- Starts a turn in one round trip: the thread, the student's message, an empty answer to fill, and the context.
-- The embedded database answers one request at a time, so nothing here may cost a second one.
create function public.begin_turn(
  p_thread_id uuid, p_text text, p_history_limit int default 40, p_request_id uuid default null,
  -- Whether a conversation that nobody has is begun under this id.
  p_opens_thread boolean default false,
  -- The question that is asked otherwise; it stays, with all that followed it.
  p_edits uuid default null,
  -- The files that are sent with it.
  p_attachments uuid[] default null,
  -- What the conversation is called where it has no name: stored with the question, so that no end of the answer loses it.
  p_title text default null
) returns jsonb
language plpgsql security invoker
set search_path = ''
as $$
declare
  current_thread public.thread;
  edited   public.message;
  made     public.message[];
  repeated jsonb;
  is_new   boolean := p_thread_id is null;
  is_named boolean := false;
  given_title constant text := nullif(left(btrim(p_title), 200), '');
  attached jsonb := '[]';
begin
  if (select auth.uid()) is null then
    raise exception 'sign in to continue' using errcode = 'PT401';
  end if;
  if coalesce(btrim(p_text), '') = '' or char_length(p_text) > 10000 then
    raise exception 'a message has 1 to 10,000 characters' using errcode = 'PT400';
  end if;
  if p_request_id is not null then
    repeated := private.repeated_turn(p_request_id, p_thread_id, p_text, p_history_limit);
    if repeated is not null then
      return repeated;
    end if;
  end if;

  if p_thread_id is null then
    insert into public.thread (title) values (given_title) returning * into current_thread;
    is_named := given_title is not null;
  else
    if p_opens_thread then
      insert into public.thread (id) values (p_thread_id) on conflict (id) do nothing;
      is_new := found;
    end if;
    current_thread := public.claim_thread(p_thread_id);
  end if;
  if p_edits is not null then
    select * into edited from public.message m
    where m.id = p_edits and m.thread_id = current_thread.id and m.role = 'user';
    if not found then
      raise exception 'there is no such question here' using errcode = 'PT404';
    end if;
    perform private.leave_message(edited);
  end if;

  if cardinality(p_attachments) > 0 then
    attached := private.attach(current_thread.id, p_attachments);
  end if;
  if current_thread.title is null and given_title is not null then
    update public.thread t set title = given_title where t.id = current_thread.id;
    current_thread.title := given_title;
    is_named := true;
  end if;

  -- In one statement, so that what is counted for each statement is counted once.
  with made as (
    insert into public.message (thread_id, role, parts, status, request_id)
    values
      (current_thread.id, 'user', jsonb_build_array(jsonb_build_object('type', 'text', 'text', p_text)) || attached, 'done', p_request_id),
      (current_thread.id, 'assistant', '[]', 'streaming', null)
    returning *
  )
  select array_agg(row(m.*)::public.message order by m.seq) into made from made m;

  return private.opened_turn(current_thread, is_new, made[1], made[2], p_history_limit)
    || jsonb_build_object('named', is_named);
end
$$;
comment on function public.begin_turn is 'Stores a question once per request id, opens its answer, returns what the turn needs.';

-- The answer carries the id of the request that it is written for, so that a press that comes twice is one.
create function public.begin_regenerate(
  p_thread_id uuid, p_history_limit int default 40, p_request_id uuid default null,
  -- The answer to write again, or its question; the last one when left out.
  p_message_id uuid default null,
  -- How it is to differ; stored at once, so that it outlives the process that writes the answer.
  p_nudge text default null
) returns jsonb
language plpgsql security invoker
set search_path = ''
as $$
declare
  current_thread public.thread;
  named    public.message;
  asked    public.message;
  answer   public.message;
begin
  if p_request_id is not null then
    answer := private.known_request(p_request_id);
    if answer.id is not null and (answer.thread_id <> p_thread_id or answer.role <> 'assistant') then
      raise exception 'this id belongs to another question' using errcode = 'PT400';
    end if;
    if private.is_written(answer) or answer.status in ('done', 'stopped') then
      return private.repeat_of(answer);
    end if;
  end if;
  current_thread := public.claim_thread(p_thread_id);
  select * into named from public.message m where m.id = p_message_id and m.thread_id = p_thread_id;
  select * into asked from public.message m
  where m.thread_id = p_thread_id and m.role = 'user' and case
    when p_message_id is null then m.is_shown
    else m.id = case named.role when 'user' then named.id else named.parent_id end
  end
  order by m.seq desc limit 1;
  if not found then
    raise exception 'there is no question to answer again' using errcode = 'PT404';
  end if;

  perform private.show_message(coalesce(named.id, asked.id));
  for answer in
    select * from public.message m
    where m.thread_id = p_thread_id and m.parent_id = asked.id and m.is_shown order by m.seq
  loop
    perform private.leave_message(answer);
  end loop;
  insert into public.message (thread_id, role, status, request_id)
  values (p_thread_id, 'assistant', 'streaming', p_request_id)
  returning * into answer;
  if p_nudge is not null then
    update public.message m set metadata = jsonb_build_object('nudge', left(p_nudge, 40)) where m.id = answer.id;
  end if;

  return private.opened_turn(current_thread, false, asked, answer, p_history_limit);
end
$$;
comment on function public.begin_regenerate is 'Opens a new answer to a question beside the ones it has.';

-- Definer: the parts of an answer are not the student's to write. Only a call that waits is answered, and nothing else of
-- the message changes. It is written on once no call waits any more.
create function private.answer_calls(p_message_id uuid, p_approvals jsonb) returns public.message
language sql security definer
set search_path = ''
as $$
  with answered as (
    select jsonb_agg(
      case when a.approval is null then p.part
        else p.part || jsonb_build_object('state', 'approval-responded', 'approval', (p.part -> 'approval') ||
          jsonb_strip_nulls(jsonb_build_object('approved', a.approval -> 'approved', 'reason', a.approval -> 'reason')))
      end order by p.position) as parts
    from public.message m, jsonb_array_elements(m.parts) with ordinality as p(part, position)
    left join jsonb_array_elements(p_approvals) as a(approval)
      on p.part #>> '{approval,id}' = a.approval ->> 'approvalId' and p.part ->> 'state' = 'approval-requested'
    where m.id = p_message_id
  )
  update public.message m
  set parts = answered.parts,
    status = case when answered.parts @> '[{"state": "approval-requested"}]' then m.status else 'streaming' end,
    heartbeat_at = clock_timestamp()
  from answered
  where m.id = p_message_id and m.user_id = (select auth.uid()) and m.role = 'assistant'
    and m.parts @> '[{"state": "approval-requested"}]'
  returning m.*
$$;
grant execute on function private.answer_calls to authenticated;

-- The answer whose calls wait for the student, if all of the given answers are for it. Each is given once: one that was
-- stored while others still waited may only be repeated.
create function private.asking_answer(p_thread_id uuid, p_approvals jsonb) returns public.message
language plpgsql security invoker
set search_path = ''
as $$
declare
  answer public.message;
begin
  select * into answer from public.message m
  where m.thread_id = p_thread_id and m.is_shown order by m.seq desc limit 1;
  if not found or answer.role <> 'assistant' or exists (
    select 1 from jsonb_array_elements(p_approvals) a
    where not exists (
      select 1 from jsonb_array_elements(answer.parts) p where p #>> '{approval,id}' = a ->> 'approvalId')
  ) then
    raise exception 'nothing waits for an answer here' using errcode = 'PT404';
  end if;
  if (select count(*) <> count(distinct a ->> 'approvalId') from jsonb_array_elements(p_approvals) a) then
    raise exception 'answer each question once' using errcode = 'PT400';
  end if;
  if not answer.parts @> '[{"state": "approval-requested"}]' or exists (
    select 1 from jsonb_array_elements(p_approvals) a
    join jsonb_array_elements(answer.parts) p on p #>> '{approval,id}' = a ->> 'approvalId'
    where p ->> 'state' <> 'approval-requested'
      and (p ->> 'state' <> 'approval-responded' or p #> '{approval,approved}' is distinct from a -> 'approved')
  ) then
    raise exception 'this was answered already' using errcode = 'PT409';
  end if;
  return answer;
end
$$;

-- Whether calls of an answer would still wait after these answers.
create function private.leaves_waiting(p_parts jsonb, p_approvals jsonb) returns boolean
language sql immutable
set search_path = ''
as $$
  select exists (
    select 1 from jsonb_array_elements(p_parts) p
    where p ->> 'state' = 'approval-requested' and not exists (
      select 1 from jsonb_array_elements(p_approvals) a where p #>> '{approval,id}' = a ->> 'approvalId'))
$$;
grant execute on function private.asking_answer, private.leaves_waiting to authenticated;

-- A yes or no while other calls of the same answer wait: kept at once, acted upon with the last.
create function public.store_approvals(p_thread_id uuid, p_approvals jsonb) returns void
language plpgsql security invoker
set search_path = ''
as $$
declare
  answer public.message;
begin
  perform public.claim_thread(p_thread_id);
  answer := private.asking_answer(p_thread_id, p_approvals);
  if not private.leaves_waiting(answer.parts, p_approvals) then
    raise exception 'the last answer goes on with the message' using errcode = 'PT409';
  end if;
  perform private.answer_calls(answer.id, p_approvals);
end
$$;
comment on function public.store_approvals is 'Keeps answers to waiting tools while others of the same message wait.';

-- The student's yes or no to a tool that asked first. It continues the answer that asked, in one round trip, and it can
-- be given once: the thread is locked, and a call that no longer waits refuses a second click.
create function public.begin_approval(p_thread_id uuid, p_approvals jsonb, p_history_limit int default 40)
returns jsonb
language plpgsql security invoker
set search_path = ''
as $$
declare
  current_thread public.thread;
  asked    public.message;
  answer   public.message;
begin
  -- Locks the thread, and with it its last message.
  current_thread := public.claim_thread(p_thread_id);
  answer := private.asking_answer(p_thread_id, p_approvals);
  if private.leaves_waiting(answer.parts, p_approvals) then
    raise exception 'answer every question of the message at once' using errcode = 'PT400';
  end if;
  answer := private.answer_calls(answer.id, p_approvals);

  select * into asked from public.message m
  where m.thread_id = p_thread_id and m.role = 'user' and m.seq < answer.seq and m.is_shown
  order by m.seq desc limit 1;

  return private.opened_turn(current_thread, false, asked, answer, p_history_limit);
end
$$;
comment on function public.begin_approval is 'Stores the student''s answers to waiting tools and reopens their message.';

-- Saves an answer while it is written and when it ends. Only an answer that is still being written can be saved:
-- once it was stopped elsewhere, a late save of the process that wrote it changes nothing and is told so. One that was
-- held for dead, because its process or the way to it stood still for a while, is taken up again by whoever writes it.
--
-- Definer: what an answer says is not the student's to write, but in one that is being written for them.
create function private.save_message(p_message_id uuid, p_parts jsonb, p_status text, p_metadata jsonb)
returns boolean
language plpgsql security definer
set search_path = ''
as $$
begin
  update public.message m
  set parts = coalesce(p_parts, m.parts),
    status = coalesce(p_status, m.status),
    heartbeat_at = clock_timestamp(),
    metadata = (m.metadata - 'errorCode') || coalesce(p_metadata, '{}')
  where m.id = p_message_id and m.user_id = (select auth.uid()) and m.role = 'assistant'
    and (m.status = 'streaming' or (p_parts is not null and private.is_interrupted(m)));
  return found;
end
$$;
grant execute on function private.save_message to authenticated;

create function public.save_message(p_message_id uuid, p_parts jsonb, p_status text, p_metadata jsonb)
returns boolean
language sql security invoker
set search_path = ''
as $$ select private.save_message(p_message_id, p_parts, p_status, p_metadata) $$;
comment on function public.save_message is 'Saves a partial or final answer; false when it is no longer being written.';

-- The answers of one process while they are written, whosever they are, in one call. What another transaction holds is being
-- ended or answered there; it is left for the next save, so that nobody waits for anybody. One that was held for dead is taken up
-- again, unless its conversation went on without it. Gives those that nobody may write any more.
create function public.save_answers(p_answers jsonb) returns uuid[]
language plpgsql volatile security invoker
set search_path = ''
as $$
declare
  asleep uuid[];
  over   uuid[];
begin
  -- The conversation before its message, as everywhere; while it is held no question is taken into it.
  asleep := array(
    select t.id from public.thread t
    where t.id in (
      select m.thread_id from public.message m
      join jsonb_to_recordset(p_answers) as g("messageId" uuid, "userId" uuid) on m.id = g."messageId" and m.user_id = g."userId"
      where private.is_interrupted(m))
    order by t.id for no key update skip locked);
  with given as (
    select g."messageId" as id, g."userId" as user_id, g.parts, g.metadata
    from jsonb_to_recordset(p_answers) as g("messageId" uuid, "userId" uuid, parts jsonb, metadata jsonb)
  ), held as (
    select m.id from public.message m join given g using (id, user_id)
    where m.role = 'assistant' and (m.status = 'streaming'
      or (m.thread_id = any(asleep) and private.may_go_on(m)))
    order by m.id for no key update of m skip locked
  ), saved as (
    update public.message m
    set parts = coalesce(g.parts, m.parts), status = 'streaming', heartbeat_at = clock_timestamp(),
      metadata = (m.metadata - 'errorCode') || coalesce(g.metadata, '{}')
    from held join given g using (id)
    where m.id = held.id
  )
  select coalesce(array_agg(g.id), '{}') into over from given g
  where not exists (
    select from public.message m
    where m.id = g.id and m.user_id = g.user_id and m.role = 'assistant'
      and (m.status = 'streaming' or private.may_go_on(m)));
  return over;
end
$$;
comment on function public.save_answers is 'Saves answers while they are written; gives those that no longer are.';
grant execute on function public.save_answers to service_role;

create function public.finish_turn(
  p_message_id uuid,
  p_parts      jsonb,
  p_status     text,
  p_metadata   jsonb,
  p_title      text,
  p_telemetry  jsonb,
  p_mask       jsonb default null
)
returns jsonb
language plpgsql security invoker
set search_path = ''
as $$
declare
  saved      boolean;
  of_thread  uuid;
  new_title  text;
begin
  if p_status not in ('done', 'stopped', 'error') then
    raise exception 'a finished answer is done, stopped or error' using errcode = 'PT400';
  end if;
  -- The thread before its message, as everywhere.
  update public.thread t
  -- An empty name takes back the one that the question gave.
  set updated_at = now(), title = case when p_title = '' then null else coalesce(t.title, nullif(left(btrim(p_title), 200), '')) end,
    -- What does not fit is numbered anew, which loses no answer.
    mask = case when jsonb_typeof(p_mask) = 'object' and pg_column_size(p_mask) <= 16384 then p_mask else t.mask end
  where t.id = (select m.thread_id from public.message m where m.id = p_message_id) and t.user_id = (select auth.uid())
  returning t.id, t.title into of_thread, new_title;
  saved := public.save_message(p_message_id, p_parts, p_status, p_metadata);

  -- What was spent is recorded even when the answer was stopped or its conversation deleted meanwhile. The answer is kept
  -- whatever the record holds.
  begin
    perform private.note_spending(p_telemetry, of_thread, p_message_id);
  exception when data_exception or integrity_constraint_violation then
    raise warning 'the record of answer % is not kept: %', p_message_id, sqlerrm;
  end;

  return jsonb_build_object('saved', saved, 'title', new_title);
end
$$;
comment on function public.finish_turn is 'The last save of an answer, its conversation''s title and its telemetry.';

-- Whoever may call what is above; everybody else is turned away.
grant execute on function
  public.turn_context, public.close_dead_answer, public.claim_thread, private.text_of, private.opened_turn, private.repeated_turn,
  public.begin_turn, public.begin_regenerate, public.show_version, public.store_approvals, public.begin_approval, public.save_message, public.finish_turn to
  authenticated;
grant execute on function private.is_written, private.as_interrupted to authenticated, service_role;
grant execute on function public.close_dead_answers to service_role;
revoke all on all routines in schema public, private from public;
