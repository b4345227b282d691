-- Conversations found again, taken away and back, brought from elsewhere, gone on with, and shown to somebody without an
-- account. Their tables and turns are in the file before.

-- A page of the list: pinned ones first, then what was used last. `p_after` or `p_before` is the last or the first thread of
-- the page that is shown, by its place, so that what is said meanwhile moves nothing twice or past it.
create function public.list_threads(
  p_limit int default 50, p_archived boolean default false, p_query text default null,
  p_pinned boolean default null, p_updated_at timestamptz default null, p_id uuid default null,
  p_backwards boolean default false
) returns table (
  id uuid, title text, pinned_at timestamptz, archived_at timestamptz, continued_from uuid, created_at timestamptz,
  updated_at timestamptz, message_count int, message_id uuid, excerpt text, place text
)
language plpgsql stable security invoker
set search_path = ''
as $$
declare
  words    text[];
  patterns text[];
  found_in uuid[];
begin
  select array_agg(w order by length(w) desc) into words
  from regexp_split_to_table(private.folded(left(p_query, 200)), '\s+') w where w <> '';
  if words is not null then
    select array_agg('%' || replace(replace(replace(w, '\', '\\'), '%', '\%'), '_', '\_') || '%' order by n) into patterns
    from unnest(words) with ordinality as u(w, n);
    found_in := private.threads_saying(patterns);
  end if;
  -- Written out for its direction: the index gives the page in the order it is asked for, and no more than that.
  return query execute format($q$
    select t.id, t.title, t.pinned_at, t.archived_at, t.continued_from, t.created_at, t.updated_at,
      (select count(*)::int from public.message m where m.thread_id = t.id and m.is_shown),
      said.id, said.excerpt,
      -- To the microsecond, which JSON on its way to a client need not be.
      to_char(t.updated_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
    from (
      select * from public.thread t
      where t.user_id = (select auth.uid()) and (t.archived_at is not null) = $1
        and ($2 is null or private.folded(t.title) like all ($2) or case when $3 is not null then t.id = any ($3)
          -- One at a time, as the page goes along: without a limit all of them would be looked for first.
          else (select true from public.message m where m.thread_id = t.id and m.is_shown and m.words like all ($2) limit 1) end)
        and ($4 is null or (t.pinned_at is not null, t.updated_at, t.id) %1$s ($5, $6, $4))
      order by (t.pinned_at is not null) %2$s, t.updated_at %2$s, t.id %2$s
      limit $7
    ) t
    left join lateral (
      select m.id, substr(text, greatest(position($8 in m.words) - 60, 1), 200) as excerpt
      from (
        select * from public.message m
        where $2 is not null and m.thread_id = t.id and m.is_shown and m.words like all ($2)
        order by m.seq desc limit 1
      ) m, private.text_of(m.parts) as text
    ) said on true
    order by (t.pinned_at is not null) desc, t.updated_at desc, t.id desc $q$,
    case when p_backwards then '>' else '<' end, case when p_backwards then 'asc' else 'desc' end)
  using p_archived, patterns, found_in, p_id, p_pinned, p_updated_at, least(greatest(coalesce(p_limit, 50), 1), 1001), words[1];
end
$$;
comment on function public.list_threads is 'A page of the caller''s conversations, or of those that say something. Nullable: title, pinned_at, archived_at, continued_from, message_id, excerpt.';

-- Null: more messages say it than are worth a list; a page of the conversations then has enough that do, and looks into each.
-- Definer: row security would be asked of every message before the index of words is. It looks through the caller's alone.
create function private.threads_saying(p_patterns text[]) returns uuid[]
language plpgsql stable security definer
set search_path = ''
as $$
declare
  most constant int := 500;
  found_in uuid[];
begin
  -- The longest word finds; the others have to stand in the same message.
  found_in := array(
    select m.thread_id from public.message m
    where m.user_id = (select auth.uid()) and m.is_shown and m.words like p_patterns[1] and m.words like all (p_patterns)
    limit most + 1);
  return case when cardinality(found_in) <= most then found_in end;
end
$$;

-- Definer: a deleted conversation is hidden from its student, and only these two may touch what is hidden. What was deleted
-- earlier goes for good with the next that is deleted, and with the watch.
create function private.delete_thread(p_thread_id uuid) returns boolean
language plpgsql security definer
set search_path = ''
as $$
begin
  perform private.in_turn('threads');
  delete from public.thread
  where user_id = (select auth.uid()) and deleted_at < now() - interval '30 seconds';
  update public.thread set deleted_at = now()
  where id = p_thread_id and user_id = (select auth.uid()) and deleted_at is null;
  return found;
end
$$;

create function private.restore_thread(p_thread_id uuid) returns boolean
language plpgsql security definer
set search_path = ''
as $$
begin
  perform private.in_turn('threads');
  -- Asked for twice, it is there all the same.
  update public.thread set deleted_at = null
  where id = p_thread_id and user_id = (select auth.uid())
    and (deleted_at is null or deleted_at > now() - interval '30 seconds');
  return found;
end
$$;

create function public.delete_thread(p_thread_id uuid) returns boolean
language sql security invoker
set search_path = ''
as $$ select private.delete_thread(p_thread_id) $$;
comment on function public.delete_thread is 'Takes a conversation away with everything under it; for a while it can be taken back.';

create function public.restore_thread(p_thread_id uuid) returns boolean
language sql security invoker
set search_path = ''
as $$ select private.restore_thread(p_thread_id) $$;
comment on function public.restore_thread is 'Takes a deletion back; false when there is nothing, or no more time.';

create function public.empty_bin() returns int
language plpgsql security invoker
set search_path = ''
as $$
declare
  emptied int;
begin
  delete from public.share_link l where l.expires_at < now();
  -- Each by itself, past those somebody holds: a job waits for nobody.
  delete from public.thread where id in (
    select t.id from public.thread t where t.deleted_at < now() - interval '30 seconds'
    order by t.id for update skip locked);
  get diagnostics emptied = row_count;
  return emptied;
end
$$;
comment on function public.empty_bin is 'Removes conversations that cannot be taken back any more, and links that have ended.';

-- Definer: what an answer says is not the student's to write. A conversation brought from elsewhere may hold answers all the
-- same, but each is one plain text, with no tool, no citation and no proof, and says of itself for good that it was brought.
-- Nothing that was written here changes.
create function private.import_messages(p_thread_id uuid, p_messages jsonb) returns int
language plpgsql security definer
set search_path = ''
as $$
declare
  student uuid := (select auth.uid());
  added   int;
begin
  if not exists (select 1 from public.thread t where t.id = p_thread_id and t.user_id = student and t.deleted_at is null) then
    raise exception 'thread not found' using errcode = 'PT404';
  end if;
  if jsonb_array_length(p_messages) > 500 or exists (
    select 1 from jsonb_to_recordset(p_messages) as e(id uuid, role text, text text)
    where e.id is null or coalesce(e.role not in ('user', 'assistant'), true) or coalesce(btrim(e.text) = '', true)
      or char_length(e.text) > case e.role when 'user' then 10000 else 40000 end
  ) then
    raise exception 'a message has an id, a role and a text' using errcode = 'PT400';
  end if;
  -- A program gives its own ids, or those it got here; a question it asked here under an id of its own is found by that.
  with given as (
    select e.*, m.id as known, m.thread_id, m.role as known_role, m.metadata ? 'imported' as is_imported,
      private.text_of(m.parts) = e.text as is_same
    from jsonb_to_recordset(p_messages) as e(id uuid, asked uuid, role text, text text)
    join public.message m on m.user_id = student and (m.request_id in (e.id, e.asked) or m.id = e.id)
  ), changed as (
    update public.message m set parts = jsonb_build_array(jsonb_build_object('type', 'text', 'text', g.text))
    from given g where m.id = g.known and g.is_imported and not g.is_same
    returning m.id
  )
  select count(*) into added from given g
  where g.thread_id <> p_thread_id or g.known_role <> g.role or (g.role = 'user' and not g.is_imported and not g.is_same);
  if added > 0 then
    raise exception 'this id belongs to another message' using errcode = 'PT409';
  end if;
  insert into public.message (thread_id, user_id, role, parts, status, metadata, request_id, created_at)
  select p_thread_id, student, e.message ->> 'role',
    jsonb_build_array(jsonb_build_object('type', 'text', 'text', e.message ->> 'text')), 'done',
    '{"imported": true, "status": "done"}', (e.message ->> 'id')::uuid,
    least((e.message ->> 'createdAt')::timestamptz, clock_timestamp())
  from jsonb_array_elements(p_messages) with ordinality as e(message, position)
  where not exists (
    select 1 from public.message m where m.user_id = student and (m.id = (e.message ->> 'id')::uuid
      or m.request_id in ((e.message ->> 'id')::uuid, (e.message ->> 'asked')::uuid)))
  order by e.position;
  get diagnostics added = row_count;
  return added;
end
$$;

-- Stores a conversation of a program: a new one, or more of one that is there. The same ids are the same messages.
create function public.save_thread(p_thread_id uuid, p_title text, p_usual_title text, p_messages jsonb) returns jsonb
language plpgsql security invoker
set search_path = ''
as $$
declare
  of_thread uuid := p_thread_id;
  created   boolean := false;
  added     int;
begin
  if (select auth.uid()) is null then
    raise exception 'sign in to continue' using errcode = 'PT401';
  end if;
  -- The same conversation may come twice at once: the second finds what the first stored.
  perform private.in_turn('threads');
  if of_thread is null then
    select m.thread_id into of_thread from jsonb_to_recordset(p_messages) as e(id uuid)
    join public.message m on m.user_id = (select auth.uid()) and m.request_id = e.id limit 1;
  end if;
  if of_thread is null then
    -- What was said here and exported comes back under the ids of its messages.
    select m.thread_id into of_thread from jsonb_to_recordset(p_messages) as e(id uuid)
    join public.message m on m.user_id = (select auth.uid()) and m.id = e.id limit 1;
  end if;
  if of_thread is null then
    of_thread := gen_random_uuid();
  end if;
  insert into public.thread (id) values (of_thread) on conflict (id) do nothing;
  created := found;
  perform public.claim_thread(of_thread);
  added := private.import_messages(of_thread, p_messages);
  update public.thread t set title = coalesce(p_title, t.title, p_usual_title)
  where t.id = of_thread and t.title is distinct from coalesce(p_title, t.title, p_usual_title);
  return (
    select jsonb_build_object('threadId', t.id, 'title', t.title, 'created', created, 'added', added,
      'messageCount', (select count(*) from public.message m where m.thread_id = t.id and m.is_shown))
    from public.thread t where t.id = of_thread);
end
$$;
comment on function public.save_thread is 'Creates or updates a conversation with messages brought from elsewhere.';

-- A conversation that goes on where another is full. Asked for twice, it is one.
create function public.continue_thread(p_thread_id uuid, p_title text, p_summary text) returns uuid
language plpgsql security invoker
set search_path = ''
as $$
declare
  next_id uuid;
begin
  perform private.in_turn('threads');
  if not exists (select 1 from public.thread t where t.id = p_thread_id and t.user_id = (select auth.uid())) then
    raise exception 'thread not found' using errcode = 'PT404';
  end if;
  select t.id into next_id from public.thread t
  where t.continued_from = p_thread_id and t.user_id = (select auth.uid()) limit 1;
  if next_id is null then
    insert into public.thread (title, continued_from) values (p_title, p_thread_id) returning id into next_id;
    perform private.import_messages(next_id, jsonb_build_array(
      jsonb_build_object('id', gen_random_uuid(), 'role', 'assistant', 'text', p_summary)));
  end if;
  return next_id;
end
$$;
comment on function public.continue_thread is 'Begins the conversation that goes on from a full one, with its summary.';

-- Read-only copies that a student gives to somebody without an account, as the conversation was at that moment. Only the
-- hash of a link's secret is kept: who reads the table cannot open the links.
create table public.share_link (
  id           uuid primary key default gen_random_uuid(),
  user_id      uuid not null default auth.uid() references auth.users on delete cascade,
  thread_id    uuid not null,
  token_hash   text not null unique check (token_hash ~ '^[0-9a-f]{64}$'),
  title        text not null check (char_length(title) between 1 and 200),
  with_sources boolean not null default false,
  snapshot     jsonb not null check (jsonb_typeof(snapshot) = 'object' and pg_column_size(snapshot) <= 4194304),
  expires_at   timestamptz,
  created_at   timestamptz not null default now(),
  -- With its conversation goes every copy of it.
  foreign key (thread_id, user_id) references public.thread (id, user_id) on delete cascade
);
comment on table public.share_link is 'A read-only copy of a conversation behind a secret link.';
create index share_link_user on public.share_link (user_id, created_at desc);
create index share_link_thread on public.share_link (thread_id);
create trigger share_link_rows after insert on public.share_link referencing new table as added
  for each statement execute function private.bound_rows(500, 'user_id');

revoke all on public.share_link from public, anon, authenticated;
grant all on public.share_link to service_role;
alter table public.share_link enable row level security;
create policy "a student reads their links" on public.share_link
  for select to authenticated using (
    user_id = (select auth.uid()) and thread_id <> all ((select private.deleted_threads())::uuid[])
  );
create policy "a student adds their links" on public.share_link
  for insert to authenticated with check (
    user_id = (select auth.uid()) and thread_id <> all ((select private.deleted_threads())::uuid[])
  );
create policy "a student revokes their links" on public.share_link
  for delete to authenticated using (user_id = (select auth.uid()));
grant select, insert, delete on public.share_link to authenticated;

-- Definer: whoever opens a link has no account and no right on any table. The secret, which only the link holds, gives the
-- copy behind it and nothing else: not whose it is, nor what else there is.
create function private.shared_thread(p_token text) returns jsonb
language sql stable security definer
set search_path = ''
as $$
  select jsonb_build_object('title', l.title, 'snapshot', l.snapshot, 'createdAt', l.created_at, 'expiresAt', l.expires_at)
  from public.share_link l join public.thread t on t.id = l.thread_id
  where l.token_hash = encode(sha256(convert_to(p_token, 'UTF8')), 'hex')
    and (l.expires_at is null or l.expires_at > now()) and t.deleted_at is null
$$;

create function public.shared_thread(p_token text) returns jsonb
language sql stable security invoker
set search_path = ''
as $$ select private.shared_thread(p_token) $$;
comment on function public.shared_thread is 'The copy behind a link; null when it was revoked, has ended or never was.';

grant execute on function public.list_threads, private.threads_saying, private.delete_thread, private.restore_thread,
  public.delete_thread, public.restore_thread, private.import_messages, public.save_thread, public.continue_thread
  to authenticated;
grant execute on function public.empty_bin to service_role;
grant usage on schema private to anon;
grant execute on function private.shared_thread, public.shared_thread to anon, authenticated;
revoke all on all routines in schema public, private from public;
