-- What each turn did, how long it took and what it cost. Rows hold figures and names, never text of a student.

create table public.agent_telemetry (
  id            uuid primary key default gen_random_uuid(),
  user_id       uuid not null default auth.uid() references auth.users on delete cascade,
  trace_id      text not null check (char_length(trace_id) between 1 and 100),
  -- No foreign keys: what was spent stays true after the conversation is deleted.
  thread_id     uuid,
  message_id    uuid,
  event_type    text not null check (event_type in ('llm_call', 'tool_call', 'retrieval', 'embedding', 'error')),
  tool_name     text,
  model         text,
  latency_ms    int not null default 0 check (latency_ms >= 0),
  token_count   int not null default 0 check (token_count >= 0),
  input_tokens  int not null default 0 check (input_tokens >= 0),
  output_tokens int not null default 0 check (output_tokens >= 0),
  cost_usd      numeric(14, 8) not null default 0 check (cost_usd >= 0),
  ok            boolean not null default true,
  metadata      jsonb not null default '{}' check (jsonb_typeof(metadata) = 'object'),
  created_at    timestamptz not null default now()
);
comment on table public.agent_telemetry is 'One row per model call, tool call, retrieval, embedding or error.';
create index agent_telemetry_user on public.agent_telemetry (user_id, created_at desc);
create index agent_telemetry_trace on public.agent_telemetry (trace_id);

-- Append only: nobody edits what was spent.
call private.own_rows('public.agent_telemetry', '{select, insert}');
revoke all on public.agent_telemetry from service_role;
grant select, insert on public.agent_telemetry to authenticated;
grant select, insert, delete on public.agent_telemetry to service_role;

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
  input       jsonb not null default '{}',
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
create trigger agent_task_touch before update on public.agent_task
  for each row execute function private.touch_updated_at();

call private.own_rows('public.agent_task', '{select, insert, delete}');
grant select, delete on public.agent_task to authenticated;
grant insert (id, user_id, thread_id, kind, input) on public.agent_task to authenticated;

-- What a student has used today of what is limited, and who did what. The server writes both; the student may read
-- their own rows and change nothing, or the limits and the record would be theirs to edit.
create table public.quota (
  user_id uuid not null default auth.uid() references auth.users on delete cascade,
  kind    text not null check (char_length(kind) between 1 and 60),
  day     date not null default (now() at time zone 'UTC')::date,
  used    bigint not null default 0 check (used >= 0),
  primary key (user_id, kind, day)
);
comment on table public.quota is 'Use per student, kind and day (UTC).';

create table public.audit_log (
  id         bigint generated always as identity primary key,
  user_id    uuid not null default auth.uid() references auth.users on delete cascade,
  action     text not null check (char_length(action) between 1 and 80),
  subject    text check (char_length(subject) <= 200),
  metadata   jsonb not null default '{}' check (jsonb_typeof(metadata) = 'object'),
  created_at timestamptz not null default now()
);
comment on table public.audit_log is 'Who did what, append only.';
create index audit_log_user on public.audit_log (user_id, created_at desc);

call private.own_rows('public.quota', '{select}');
call private.own_rows('public.audit_log', '{select}');
revoke all on public.quota, public.audit_log from service_role;
grant select on public.quota, public.audit_log to authenticated;
grant select, insert, update, delete on public.quota to service_role;
grant select, insert on public.audit_log to service_role;
grant usage, select on sequence public.audit_log_id_seq to service_role;

-- Read-only snapshots that a student gives to somebody without an account. Only the hash of a link's secret is
-- kept: who reads the table cannot open the links.
create table public.share_link (
  id         uuid primary key default gen_random_uuid(),
  user_id    uuid not null default auth.uid() references auth.users on delete cascade,
  kind       text not null check (kind in ('thread', 'quiz', 'study_plan', 'deck')),
  subject_id uuid,
  token_hash text not null unique check (token_hash ~ '^[0-9a-f]{64}$'),
  snapshot   jsonb not null check (jsonb_typeof(snapshot) = 'object'),
  expires_at timestamptz,
  revoked_at timestamptz,
  created_at timestamptz not null default now()
);
comment on table public.share_link is 'A read-only copy behind a secret link.';
create index share_link_user on public.share_link (user_id, created_at desc);

call private.own_rows('public.share_link', '{select, insert, update, delete}');
grant select, insert, delete on public.share_link to authenticated;
grant update (expires_at, revoked_at) on public.share_link to authenticated;

-- What the command menu looks through: everything of the student's that has a name, in one round trip.
create function public.find_anything(p_query text, p_limit int default 12)
returns table (kind text, id uuid, title text, detail text)
language sql stable security invoker
as $$
  with asked as (
    select '%' || replace(replace(replace(btrim(p_query), '\', '\\'), '%', '\%'), '_', '\_') || '%' as pattern,
      btrim(p_query) as words
  ), named as (
    select 'document' as kind, d.id, d.title, d.course as detail, d.created_at as used_at from public.doc_source d
    where d.user_id = (select auth.uid())
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

call private.close_functions();
