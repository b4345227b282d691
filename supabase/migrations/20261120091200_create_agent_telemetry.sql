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
revoke all on public.agent_telemetry from public, anon, authenticated, service_role;
grant select, insert on public.agent_telemetry to authenticated;
grant select, insert, delete on public.agent_telemetry to service_role;

alter table public.agent_telemetry enable row level security;
create policy "a student reads their telemetry" on public.agent_telemetry
  for select to authenticated using (user_id = (select auth.uid()));
create policy "a student's turns add telemetry" on public.agent_telemetry
  for insert to authenticated with check (user_id = (select auth.uid()));

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
