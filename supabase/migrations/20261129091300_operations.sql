-- What each turn did, how long it took and what it cost. Rows hold figures and names, never text of a student.

create table public.agent_telemetry (
  id            uuid primary key default gen_random_uuid(),
  user_id       uuid not null default auth.uid() references auth.users on delete cascade,
  trace_id      text not null check (char_length(trace_id) between 1 and 100),
  -- No foreign keys: what was spent stays true after the conversation is deleted.
  thread_id     uuid,
  message_id    uuid,
  event_type    text not null check (event_type in ('llm_call', 'tool_call', 'retrieval', 'embedding', 'error')),
  tool_name     text check (char_length(tool_name) <= 100),
  model         text check (char_length(model) <= 200),
  latency_ms    int not null default 0 check (latency_ms >= 0),
  token_count   int not null default 0 check (token_count >= 0),
  input_tokens  int not null default 0 check (input_tokens >= 0),
  output_tokens int not null default 0 check (output_tokens >= 0),
  cost_usd      numeric(14, 8) not null default 0 check (cost_usd between 0 and 100),
  ok            boolean not null default true,
  metadata      jsonb not null default '{}' check (jsonb_typeof(metadata) = 'object' and pg_column_size(metadata) <= 32768),
  created_at    timestamptz not null default now()
);
comment on table public.agent_telemetry is 'One row per model call, tool call, retrieval, embedding or error.';
create index agent_telemetry_user on public.agent_telemetry (user_id, created_at desc);
create index agent_telemetry_trace on public.agent_telemetry (trace_id);

-- Append only: nobody edits what was spent.
revoke all on public.agent_telemetry from public, anon, authenticated;
grant all on public.agent_telemetry to service_role;
alter table public.agent_telemetry enable row level security;
create policy "a student reads their telemetry" on public.agent_telemetry
  for select to authenticated using (user_id = (select auth.uid()));
revoke all on public.agent_telemetry from service_role;
grant select on public.agent_telemetry to authenticated;
grant select, insert, delete on public.agent_telemetry to service_role;

-- Definer: what was spent is not the student's to write. The table bounds a row; here, how many may come at once and in a
-- day. What comes beyond that is no turn of anybody and is left out, for the turn itself must not fail over it.
create function private.note_spending(p_rows jsonb, p_thread_id uuid, p_message_id uuid) returns void
language plpgsql security definer
set search_path = ''
as $$
declare
  student uuid := (select auth.uid());
  events  jsonb := coalesce(p_rows, '[]');
begin
  if student is null then
    return;
  end if;
  perform private.settle_tokens(p_message_id, events);
  if jsonb_array_length(events) = 0 or jsonb_array_length(events) > 200
    or not private.within_quota(student, 'telemetry', jsonb_array_length(events), 50000) then
    return;
  end if;
  insert into public.agent_telemetry (user_id, trace_id, thread_id, message_id, event_type, tool_name, model, latency_ms,
    token_count, input_tokens, output_tokens, cost_usd, ok, metadata)
  select student, e.trace_id, p_thread_id, p_message_id, e.event_type, e.tool_name, e.model, coalesce(e.latency_ms, 0),
    coalesce(e.token_count, coalesce(e.input_tokens, 0) + coalesce(e.output_tokens, 0)),
    coalesce(e.input_tokens, 0), coalesce(e.output_tokens, 0), coalesce(e.cost_usd, 0), coalesce(e.ok, true),
    coalesce(e.metadata, '{}')
  from jsonb_to_recordset(events) as e(trace_id text, event_type text, tool_name text,
    model text, latency_ms int, token_count int, input_tokens int, output_tokens int, cost_usd numeric, ok boolean,
    metadata jsonb);
end
$$;
grant execute on function private.note_spending to authenticated;

create function public.save_telemetry(p_rows jsonb) returns void
language sql security invoker
set search_path = ''
as $$ select private.note_spending(p_rows, null, null) $$;
comment on function public.save_telemetry is 'Keeps what work outside of a conversation has cost.';
grant execute on function public.save_telemetry to authenticated;

create view public.ai_cost_summary with (security_invoker = true) as
select
  user_id,
  (created_at at time zone 'UTC')::date as day,
  coalesce(model, '') as model,
  -- Plain numbers: sums of exact numerics would reach some clients as text.
  count(*)::int as calls,
  (count(*) filter (where not ok))::int as failures,
  sum(input_tokens)::bigint as input_tokens,
  sum(output_tokens)::bigint as output_tokens,
  sum(token_count)::bigint as token_count,
  sum(cost_usd)::double precision as cost_usd,
  round(avg(latency_ms))::int as average_latency_ms
from public.agent_telemetry
where event_type in ('llm_call', 'embedding')
group by 1, 2, 3;
comment on view public.ai_cost_summary is 'Calls, tokens and cost by student, day (UTC) and model.';
revoke all on public.ai_cost_summary from public, anon, authenticated;
grant select on public.ai_cost_summary to authenticated, service_role;

-- Operations too long for one answer. The student starts and watches them; the job that does the work writes the rest.
create table public.agent_task (
  id          uuid primary key default gen_random_uuid(),
  user_id     uuid not null default auth.uid() references auth.users on delete cascade,
  thread_id   uuid,
  kind        text not null check (char_length(kind) between 1 and 60),
  status      text not null default 'queued' check (status in ('queued', 'running', 'done', 'error')),
  progress    int not null default 0 check (progress between 0 and 100),
  input       jsonb not null default '{}' check (pg_column_size(input) <= 32768),
  output      jsonb,
  error_code  text,
  created_at  timestamptz not null default now(),
  updated_at  timestamptz not null default now(),
  finished_at timestamptz,
  -- Both columns: a task can only belong to a thread of its own student.
  foreign key (thread_id, user_id) references public.thread (id, user_id) on delete cascade
);
comment on table public.agent_task is 'A long-running operation and where it stands.';
create index agent_task_user on public.agent_task (user_id, created_at desc);
create index agent_task_thread on public.agent_task (thread_id);
-- A copy of what a student has is made once, however often it is asked for at a time.
create unique index agent_task_export on public.agent_task (user_id)
  where kind = 'account_export' and status in ('queued', 'running');
create trigger agent_task_rows after insert on public.agent_task referencing new table as added
  for each statement execute function private.bound_rows(1000, 'user_id');
create trigger agent_task_touch before update on public.agent_task
  for each row execute function private.touch_updated_at();

revoke all on public.agent_task from public, anon, authenticated;
grant all on public.agent_task to service_role;
alter table public.agent_task enable row level security;
create policy "a student reads their tasks" on public.agent_task
  for select to authenticated using (user_id = (select auth.uid()));
create policy "a student adds their tasks" on public.agent_task
  for insert to authenticated with check (user_id = (select auth.uid()));
create policy "a student removes their tasks" on public.agent_task
  for delete to authenticated using (user_id = (select auth.uid()));
grant select, delete on public.agent_task to authenticated;
grant insert (id, user_id, thread_id, kind, input) on public.agent_task to authenticated;

-- What a student has used today of what is limited. The server writes it; the student may read their own rows and change
-- nothing, or the limits would be theirs to edit.
create table public.quota (
  user_id uuid not null default auth.uid() references auth.users on delete cascade,
  kind    text not null check (char_length(kind) between 1 and 60),
  day     date not null,
  used    bigint not null default 0 check (used >= 0),
  primary key (user_id, kind, day)
);
comment on table public.quota is 'Use per student, kind and day of the student.';

create function private.zone_of(p_user_id uuid) returns text
language plpgsql stable security invoker
set search_path = ''
as $$
declare
  zone text := (select p.timezone from public.profile p where p.user_id = p_user_id);
begin
  perform now() at time zone zone;
  return coalesce(zone, 'UTC');
exception when invalid_parameter_value then
  -- Another server's list of zones may be shorter.
  return 'UTC';
end
$$;
grant execute on function private.zone_of to service_role;

-- A day ends at the student's midnight. Who moves to another zone finds the days they have used there as well.
create function private.quota_day(p_user_id uuid) returns date
language sql stable security invoker
set search_path = ''
as $$ select (now() at time zone private.zone_of(p_user_id))::date $$;
comment on function private.quota_day is 'The day it is where this student is.';
grant execute on function private.quota_day to service_role;

create function private.day_of_quota() returns trigger
language plpgsql security invoker
set search_path = ''
as $$
begin
  new.day := coalesce(new.day, private.quota_day(new.user_id));
  return new;
end
$$;
create trigger quota_day before insert on public.quota for each row execute function private.day_of_quota();

revoke all on public.quota from public, anon, authenticated;
grant all on public.quota to service_role;
alter table public.quota enable row level security;
create policy "a student reads their use" on public.quota
  for select to authenticated using (user_id = (select auth.uid()));
revoke all on public.quota from service_role;
grant select on public.quota to authenticated;
grant select, insert, update, delete on public.quota to service_role;

-- What each role may use: tokens a day, and bytes of files in all. The operator's number for a student's tokens comes with
-- the request (DAILY_TOKEN_QUOTA); who writes another one past the app opens a turn that no model answers.
create function private.quota_of(p_kind text) returns bigint
language sql stable security invoker
set search_path = ''
as $$
  select case p_kind
      when 'tokens' then coalesce(
        substring(nullif(current_setting('request.headers', true), '')::jsonb ->> 'x-clerva-token-quota' from '^[0-9]{1,12}$')::bigint, 200000)
      when 'stored_bytes' then 524288000
    end
    * case when private.has_role('admin') then 10 when private.has_role('internal') then 5 else 1 end
$$;
comment on function private.quota_of is 'How much of a kind the caller''s role may use.';
grant execute on function private.quota_of to authenticated;

-- What answers that are being written have taken from a day beforehand, so that many at once see each other.
create table private.token_hold (
  message_id uuid primary key references public.message on delete cascade,
  user_id    uuid not null,
  day        date not null,
  tokens     bigint not null
);
comment on table private.token_hold is 'Tokens counted for an answer before it is known what it costs.';

-- An answer opens while the day has a token left, and takes about what one costs. In the transaction that opens it, whoever
-- opens it: what is refused is neither stored nor counted. One whose process died has cost what it took beforehand.
--
-- Definer: the count is not the student's to write. It counts for the caller alone.
create function private.hold_tokens() returns trigger
language plpgsql security definer
set search_path = ''
as $$
declare
  student uuid := (select auth.uid());
  today   date := private.quota_day(student);
  most    bigint := private.quota_of('tokens');
begin
  if student is null or student <> new.user_id then
    return null;
  end if;
  insert into public.quota as q (user_id, kind, day, used) select student, 'tokens', today, 8000 where most > 0
  on conflict (user_id, kind, day) do update set used = q.used + excluded.used where q.used < most;
  if not found then
    raise exception 'today''s tokens are used up' using errcode = 'PT429',
      detail = ceil(extract(epoch from ((today + 1)::timestamp at time zone private.zone_of(student)) - now()))::text;
  end if;
  insert into private.token_hold as h (message_id, user_id, day, tokens) values (new.id, student, today, 8000)
  on conflict (message_id) do update set tokens = h.tokens + excluded.tokens;
  return null;
end
$$;
create trigger message_opens after insert on public.message
  for each row when (new.role = 'assistant' and new.status = 'streaming') execute function private.hold_tokens();
create trigger message_opens_again after update of status on public.message
  for each row when (new.status = 'streaming' and old.status <> 'streaming') execute function private.hold_tokens();

-- Definer, as above.
create function private.release_tokens() returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  update public.quota q set used = greatest(q.used - old.tokens, 0)
  where q.user_id = old.user_id and q.kind = 'tokens' and q.day = old.day;
  return null;
end
$$;
create trigger token_hold_release after delete on private.token_hold
  for each row execute function private.release_tokens();

-- In place of what was taken beforehand comes what was spent. That may be more than the day had left: an answer that was
-- let in is written to its end.
create function private.settle_tokens(p_message_id uuid, p_events jsonb) returns void
language plpgsql security invoker
set search_path = ''
as $$
declare
  student uuid := (select auth.uid());
  spent   bigint;
begin
  delete from private.token_hold h where h.message_id = p_message_id and h.user_id = student;
  select sum(greatest(coalesce(e.token_count, coalesce(e.input_tokens, 0) + coalesce(e.output_tokens, 0)), 0)) into spent
  from jsonb_to_recordset(p_events) as e(event_type text, token_count bigint, input_tokens bigint, output_tokens bigint)
  where e.event_type in ('llm_call', 'embedding');
  if spent > 0 then
    insert into public.quota as q (user_id, kind, used) values (student, 'tokens', spent)
    on conflict (user_id, kind, day) do update set used = q.used + excluded.used;
  end if;
end
$$;
comment on function private.settle_tokens is 'Counts what an answer has cost in place of what was held for it.';

-- What the student has used and may use, for the page that says so.
-- Definer: what is stored is counted past the policies of the store.
create function private.usage_today() returns jsonb
language sql stable security definer
set search_path = ''
as $$
  select jsonb_build_object(
    'day', d.day, 'timezone', d.zone, 'resetsAt', ((d.day + 1)::timestamp at time zone d.zone),
    'tokens', jsonb_build_object('limit', private.quota_of('tokens'), 'used', coalesce((
      select q.used from public.quota q where q.user_id = (select auth.uid()) and q.kind = 'tokens' and q.day = d.day), 0)),
    'storedBytes', jsonb_build_object('limit', private.quota_of('stored_bytes'), 'used', (select f.bytes from private.stored() f)))
  from (
    select private.quota_day((select auth.uid())) as day, private.zone_of((select auth.uid())) as zone
  ) d
$$;
grant execute on function private.usage_today to authenticated;
create function public.usage_today() returns jsonb
language sql stable security invoker
set search_path = ''
as $$ select private.usage_today() $$;
comment on function public.usage_today is 'What the caller has used of their day and of their room for files, and when the day ends.';
grant execute on function public.usage_today to authenticated;

-- Counts a use and says whether the day still holds it; what it does not hold is not counted.
create function private.within_quota(p_user_id uuid, p_kind text, p_used bigint, p_per_day bigint) returns boolean
language plpgsql security invoker
set search_path = ''
as $$
begin
  if p_used > p_per_day then
    return false;
  end if;
  insert into public.quota as q (user_id, kind, used) values (p_user_id, p_kind, p_used)
  on conflict (user_id, kind, day) do update set used = q.used + excluded.used
  where q.used + excluded.used <= p_per_day;
  return found;
end
$$;
comment on function private.within_quota is 'Counts a use in a student''s day; false when it is more than the day holds.';
grant execute on function private.within_quota to service_role;

-- The same for a job, which counts for a student who is not there.
create function public.count_use(p_user_id uuid, p_kind text, p_used bigint, p_per_day bigint) returns boolean
language sql volatile security invoker
set search_path = ''
as $$ select private.within_quota(p_user_id, p_kind, p_used, p_per_day) $$;
comment on function public.count_use is 'Counts a use in a student''s day for a job; false when it is more than the day holds.';
grant execute on function public.count_use to service_role;

-- Definer: the count is not the student's to write. It counts for the caller alone.
create function private.take_quota(p_kind text, p_used bigint, p_per_day bigint) returns void
language plpgsql security definer
set search_path = ''
as $$
begin
  if not private.within_quota((select auth.uid()), p_kind, p_used, p_per_day) then
    raise exception 'today''s limit is reached' using errcode = 'PT429';
  end if;
end
$$;
comment on function private.take_quota is 'Counts a use of the caller in the day, or refuses it.';
grant execute on function private.take_quota to authenticated;

-- What goes on without anybody asking for it, and what is left that has to be looked after again: 'soon' while answers are
-- being written, 'later' while somebody is here, sits in a room or has a document read, and null when nobody is there.
create function public.sweep() returns jsonb
language plpgsql security invoker
set search_path = ''
as $$
begin
  return jsonb_build_object('answers', public.close_dead_answers(), 'presence', public.sweep_presence(),
    'rooms', public.tidy_rooms(), 'conversations', public.empty_bin())
    || jsonb_build_object(
      'documents', exists (
        select 1 from public.doc_source d
        where d.status in ('pending', 'processing') or (d.status = 'ready' and d.stage is not null)
      ),
      'again', case
        when exists (select 1 from public.message m where m.status = 'streaming')
          or exists (select 1 from public.thread t where t.deleted_at is not null) then 'soon'
        when exists (select 1 from public.presence p where p.is_online or p.free_until is not null)
          or exists (select 1 from public.room r where r.status = 'open')
          or exists (
            select 1 from public.doc_source d
            where d.status in ('pending', 'processing') or (d.status = 'ready' and d.stage is not null)
          ) then 'later'
      end);
end
$$;
comment on function public.sweep is 'Closes dead answers, tidies presence and rooms, empties the bin, and says whether anything is left.';
grant execute on function public.sweep to service_role;

-- A platform that runs out of room goes on reading and refuses every write.
create function public.is_writable() returns boolean
language sql stable security invoker
set search_path = ''
as $$ select not pg_is_in_recovery() and current_setting('default_transaction_read_only') = 'off' $$;
comment on function public.is_writable is 'Whether the database takes what is written, or only reads.';
grant execute on function public.is_writable to service_role;

-- What the command menu looks through: everything of the student's that has a name, in one round trip.
create function public.find_anything(p_query text, p_limit int default 12)
returns table (kind text, id uuid, title text, detail text)
language sql stable security invoker
set search_path = ''
as $$
  with asked as (
    select '%' || replace(replace(replace(btrim(p_query), '\', '\\'), '%', '\%'), '_', '\_') || '%' as pattern,
      btrim(p_query) as words
  ), named as (
    select 'document' as kind, d.id, d.title, d.course as detail, d.created_at as used_at from public.doc_source d
    where d.user_id = (select auth.uid()) and d.source_type <> 'attachment' and d.replaced_by is null
    union all
    select 'thread', t.id, t.title, null, t.updated_at from public.thread t
    where t.user_id = (select auth.uid()) and t.title is not null
    union all
    select 'quiz', q.id, q.topic, q.difficulty, q.created_at from public.quiz q
    where q.user_id = (select auth.uid())
    union all
    select 'deck', k.id, k.name, null, k.created_at from public.deck k
    where k.user_id = (select auth.uid())
  )
  select n.kind, n.id, n.title, n.detail
  from named n, asked a
  where a.words <> '' and (n.title ilike a.pattern or n.detail ilike a.pattern)
  order by (n.title ilike a.words || '%') desc, n.used_at desc
  limit least(greatest(coalesce(p_limit, 12), 1), 50)
$$;
comment on function public.find_anything is 'The student''s documents, conversations, quizzes and decks by name.';
grant execute on function public.find_anything to authenticated;

revoke all on all routines in schema public, private from public;
