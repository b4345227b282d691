-- Who did what: one line for each statement that changes rows a student or an operator may change, written by the database
-- in the transaction that changes them, and one for what fails or has no row. No text of anybody is kept.

-- From where the request came, without who exactly: the /24 or /48 of the address. The app tells the address of its own
-- caller; past the app it is what the platform in front of the Data API saw.
create function private.caller_network() returns cidr
language plpgsql stable security invoker
set search_path = ''
as $$
declare
  headers jsonb;
  address inet;
begin
  headers := nullif(current_setting('request.headers', true), '')::jsonb;
  address := coalesce(headers ->> 'x-clerva-address', headers ->> 'cf-connecting-ip')::inet;
  return network(set_masklen(address, case family(address) when 4 then 24 else 48 end));
exception when data_exception then
  return null;
end
$$;
grant execute on function private.caller_network to authenticated, service_role;

create function private.so_far_ms() returns int
language sql volatile security invoker
set search_path = ''
as $$ select least(extract(epoch from clock_timestamp() - transaction_timestamp()) * 1000, 2147483647)::int $$;
grant execute on function private.so_far_ms to authenticated, service_role;

create table public.audit_log (
  id          bigint generated always as identity primary key,
  -- Who did it; for what a job did, whose row it was.
  user_id     uuid not null default auth.uid() references auth.users on delete cascade,
  actor       text not null default case when auth.uid() is null then 'service' else 'student' end
    check (actor in ('student', 'service')),
  action      text not null check (char_length(action) between 1 and 80),
  subject     text check (char_length(subject) <= 200),
  outcome     text not null default 'success' check (outcome in ('success', 'failure')),
  code        text check (char_length(code) <= 60),
  network     cidr default private.caller_network(),
  duration_ms int not null default private.so_far_ms() check (duration_ms >= 0),
  metadata    jsonb not null default '{}' check (jsonb_typeof(metadata) = 'object' and pg_column_size(metadata) <= 4096),
  created_at  timestamptz not null default now()
);
comment on table public.audit_log is 'Who did what, append only; goes with the account, or after its time by prune_audit.';
create index audit_log_user on public.audit_log (user_id, created_at desc);
create index audit_log_age on public.audit_log (created_at);

revoke all on public.audit_log from public, anon, authenticated, service_role;
alter table public.audit_log enable row level security;
create policy "a student reads what they did, an admin what everybody did" on public.audit_log
  for select to authenticated using (user_id = (select auth.uid()) or (select private.has_role('admin')));
grant select on public.audit_log to authenticated;
grant select, insert on public.audit_log to service_role;
grant usage, select on sequence public.audit_log_id_seq to service_role;

-- Rights are one lock; this is the second, for whoever is given them later. The owner alone passes: an erased account takes
-- its lines with it, by the foreign key, and prune_audit those that are old.
create function private.refuse_rewriting() returns trigger
language plpgsql security invoker
set search_path = ''
as $$
begin
  if current_user <> (select pg_get_userbyid(c.relowner) from pg_class c where c.oid = tg_relid) then
    raise exception 'the record is only added to' using errcode = '42501';
  end if;
  return null;
end
$$;
create trigger audit_log_append_only before update or delete or truncate on public.audit_log
  for each statement execute function private.refuse_rewriting();

-- keep_record(what it is called, its key, the columns that count as a change): one line for each owner whose rows a
-- statement changed, with the row's key where it is one row. A job's own updates are no act of anybody.
--
-- Definer: the record is not the student's to write.
create function private.keep_record() returns trigger
language plpgsql security definer
set search_path = ''
as $$
declare
  doer  uuid := (select auth.uid());
  found text := format('select r.user_id, count(*) as many, min(%1$s) as first, max(%1$s) as last from added r', tg_argv[1]);
begin
  if tg_op = 'UPDATE' then
    if doer is null then
      return null;
    end if;
    found := format('%s join before b on (%s) = (%s) where (%s) is distinct from (%s)', found,
      tg_argv[1], replace(tg_argv[1], 'r.', 'b.'), tg_argv[2], replace(tg_argv[2], 'r.', 'b.'));
  end if;
  execute format('insert into public.audit_log (user_id, action, subject, metadata)
    select coalesce($1, f.user_id), $2, case when f.first = f.last then left(f.first, 200) end,
      case when f.many > 1 then jsonb_build_object(''rows'', f.many) else ''{}'' end
        || case when f.user_id <> $1 then jsonb_build_object(''owner'', f.user_id) else ''{}'' end
    from (%s group by r.user_id) f
    -- With an account goes all it had, which is one act, and its record is gone by then.
    where exists (select from auth.users u where u.id = coalesce($1, f.user_id))', found)
  using doer, tg_argv[0] || case tg_op when 'INSERT' then '.added' when 'UPDATE' then '.changed' else '.removed' end;
  return null;
end
$$;

-- Every table whose rows somebody owns, those made later as well, but what is worked out, counted or a sign of life.
do $$
declare
  names constant jsonb := '{"doc_source": "document", "thread": "chat.thread", "message": "chat.message",
    "attachment": "chat.attachment", "agent_memory": "memory", "review_log": "review", "study_plan": "plan",
    "availability_block": "availability", "block": "person.block", "share_link": "share"}';
  unseen constant text[] := '{agent_telemetry, audit_log, chunk_code, chunk_lex, doc_chunk, doc_chunk_draft, doc_embedding_draft,
    doc_page, earlier_fact, doc_page_draft, learning_profile, lex_df, match_candidate, passage_change, presence, presence_choice, presence_hour,
    presence_notice, nudge_seen, quota, room_racer}';
  -- Their own functions write a fuller line: nudge.sent, person.blocked, person.reported.
  told constant text[] := '{nudge, block, report}';
  -- What changes without anybody's act, or is told by another row.
  still constant jsonb := '{"*": ["created_at", "updated_at"],
    "doc_source": ["status", "stage", "progress", "pages_read", "error_code", "error_message", "page_count", "chunk_count",
      "locator", "is_english", "content_hash", "sketch", "embedding_model", "index_version", "reread_tries", "reread_after", "queued_at"],
    "flashcard": ["due", "stability", "difficulty", "elapsed_days", "scheduled_days", "learning_steps", "reps", "lapses",
      "state", "last_review"],
    "quiz_attempt": ["answers", "score", "correct"], "room_race": ["ends_at"], "room": ["timer", "timer_history", "revision", "last_seq"],
    "room_member": ["seen_at", "earlier_stays"]}';
  one record;
begin
  for one in
    select c.relname as name, coalesce(names ->> c.relname, c.relname) as called,
      (select string_agg(format('r.%I::text', a.attname), ' || '':'' || ' order by a.attnum)
        from pg_index i join pg_attribute a on a.attrelid = c.oid and a.attnum = any (i.indkey)
        where i.indrelid = c.oid and i.indisprimary) as key,
      (select string_agg(format('r.%I', a.attname), ', ' order by a.attnum) from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
          and not coalesce(still -> '*' ? a.attname or still -> c.relname ? a.attname, still -> '*' ? a.attname)) as columns
    from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname <> all (unseen)
      and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'user_id' and not a.attisdropped)
  loop
    if one.name <> all (told) then
      execute format('create trigger %I after insert on public.%I referencing new table as added
        for each statement execute function private.keep_record(%L, %L)', one.name || '_record_added', one.name, one.called, one.key);
    end if;
    execute format('create trigger %I after delete on public.%I referencing old table as added
      for each statement execute function private.keep_record(%L, %L)', one.name || '_record_removed', one.name, one.called, one.key);
    -- An answer is written in many saves, and its question told of it.
    if one.name <> 'message' then
      execute format('create trigger %I after update on public.%I referencing new table as added old table as before
        for each statement execute function private.keep_record(%L, %L, %L)', one.name || '_record_changed', one.name,
        one.called, one.key, one.columns);
    end if;
  end loop;
end
$$;

-- What has no row: a sign-in, a request that was refused. The app tells it in the name of its student; whoever tells it past
-- the app speaks of themselves alone, and no more than a day's share of lines.
--
-- Definer: the record is not the student's to write.
create function private.note_act(p_action text, p_subject text, p_code text, p_duration_ms int) returns void
language plpgsql security definer
set search_path = ''
as $$
begin
  if not private.within_quota((select auth.uid()), 'audit', 1, 2000) then
    return;
  end if;
  insert into public.audit_log (action, subject, outcome, code, duration_ms)
  values (left(p_action, 80), left(p_subject, 200), case when p_code is null then 'success' else 'failure' end, left(p_code, 60),
    greatest(coalesce(p_duration_ms, 0), 0));
end
$$;
grant execute on function private.note_act to authenticated;
create function public.note_act(p_action text, p_subject text default null, p_code text default null, p_duration_ms int default 0)
returns void
language sql security invoker
set search_path = ''
as $$ select private.note_act(p_action, p_subject, p_code, p_duration_ms) $$;
comment on function public.note_act is 'Adds a line to the caller''s record for what leaves no row.';
grant execute on function public.note_act to authenticated;

-- A page of the record, newest first: the caller's own, or everybody's for an admin, who sees addresses of accounts too.
--
-- Definer: accounts are Auth's to read. It asks for the caller's role itself.
create function private.read_audit(
  p_everybody boolean, p_who text, p_action text, p_outcome text, p_from timestamptz, p_to timestamptz, p_before bigint, p_limit int
) returns table (id bigint, user_id uuid, email text, actor text, action text, subject text, outcome text, code text,
  network text, duration_ms int, metadata jsonb, created_at timestamptz)
language plpgsql stable security definer
set search_path = ''
as $$
begin
  if p_everybody and not private.has_role('admin') then
    raise exception 'this is for admins' using errcode = '42501';
  end if;
  return query
  select a.id, a.user_id, u.email::text, a.actor, a.action, a.subject, a.outcome, a.code, host(a.network) || '/' || masklen(a.network),
    a.duration_ms, a.metadata, a.created_at
  from public.audit_log a join auth.users u on u.id = a.user_id
  where (p_everybody or a.user_id = (select auth.uid()))
    and (p_who is null or u.email = lower(p_who) or a.user_id::text = lower(p_who))
    and (p_action is null or starts_with(a.action, p_action))
    and (p_outcome is null or a.outcome = p_outcome)
    and (p_from is null or a.created_at >= p_from) and (p_to is null or a.created_at < p_to)
    and (p_before is null or a.id < p_before)
  order by a.id desc
  limit least(greatest(p_limit, 1), 10001);
end
$$;
grant execute on function private.read_audit to authenticated;
create function public.read_audit(
  p_everybody boolean default false, p_who text default null, p_action text default null, p_outcome text default null,
  p_from timestamptz default null, p_to timestamptz default null, p_before bigint default null, p_limit int default 100
) returns table (id bigint, user_id uuid, email text, actor text, action text, subject text, outcome text, code text,
  network text, duration_ms int, metadata jsonb, created_at timestamptz)
language sql stable security invoker
set search_path = ''
as $$
  select * from private.read_audit(p_everybody, p_who, p_action, p_outcome, p_from, p_to, p_before, p_limit)
$$;
comment on function public.read_audit is 'A page of the record: one''s own, or for an admin everybody''s.';
grant execute on function public.read_audit to authenticated;

-- Definer: nobody else may take lines away. It is the service's alone to call.
create function private.prune_audit(p_days int) returns int
language plpgsql security definer
set search_path = ''
as $$
declare
  gone int;
begin
  if p_days is null or p_days < 1 then
    raise exception 'the record is kept for a day at least' using errcode = 'PT400';
  end if;
  delete from public.audit_log a where a.created_at < now() - make_interval(days => p_days);
  get diagnostics gone = row_count;
  return gone;
end
$$;
grant execute on function private.prune_audit to service_role;
create function public.prune_audit(p_days int) returns int
language sql security invoker
set search_path = ''
as $$ select private.prune_audit(p_days) $$;
comment on function public.prune_audit is 'Takes lines of the record away that are older than so many days; gives how many.';
grant execute on function public.prune_audit to service_role;

-- What an admin may turn off for everybody. It belongs to no student, so it stands where the Data API does not reach.
create table private.switch (
  name       text primary key check (name = 'chat'),
  is_off     boolean not null,
  reason     text check (char_length(reason) between 1 and 200),
  changed_at timestamptz not null default clock_timestamp(),
  changed_by uuid references auth.users on delete set null
);
comment on table private.switch is 'What an admin has turned off, and why.';
create index switch_changed_by on private.switch (changed_by);
insert into private.switch (name, is_off) values ('chat', false);

-- Definer: the table is nobody's to read or write; everybody may know what is off, an admin may change it.
create function private.chat_switch() returns jsonb
language sql stable security definer
set search_path = ''
as $$
  select jsonb_build_object('isOff', s.is_off, 'reason', s.reason, 'changedAt', s.changed_at) from private.switch s where s.name = 'chat'
$$;
create function private.turn_chat(p_off boolean, p_reason text) returns jsonb
language plpgsql security definer
set search_path = ''
as $$
begin
  if not private.has_role('admin') then
    raise exception 'this is for admins' using errcode = '42501';
  end if;
  update private.switch s
  set is_off = p_off, reason = case when p_off then nullif(btrim(p_reason), '') end, changed_at = clock_timestamp(),
    changed_by = (select auth.uid())
  where s.name = 'chat' and (s.is_off, s.reason) is distinct from (p_off, case when p_off then nullif(btrim(p_reason), '') end);
  if found then
    insert into public.audit_log (action, subject) values (case when p_off then 'chat.turned_off' else 'chat.turned_on' end, 'chat');
  end if;
  return private.chat_switch();
end
$$;
grant execute on function private.chat_switch, private.turn_chat to authenticated;
create function public.chat_switch() returns jsonb
language sql stable security invoker
set search_path = ''
as $$ select private.chat_switch() $$;
comment on function public.chat_switch is 'Whether an admin has turned the chat off, since when and why.';
create function public.turn_chat(p_off boolean, p_reason text default null) returns jsonb
language sql security invoker
set search_path = ''
as $$ select private.turn_chat(p_off, p_reason) $$;
comment on function public.turn_chat is 'Turns the chat off or on for everybody; for admins.';
grant execute on function public.chat_switch, public.turn_chat to authenticated;

revoke all on all routines in schema public, private from public;
