-- What operators ask of a running service, under the names that operators of chat services know. Nobody but the service
-- role and the owner may enter the schema, and the Data API does not expose it: it is for an SQL editor, and for programs
-- that connect to the database itself. Nothing that a student wrote or read stands in a view, only figures and names.
--
-- A column that a table may come to have is read from the row as JSON, so that no view stands in the way of a change.

create schema monitoring;
revoke all on schema monitoring from public;
grant usage on schema monitoring to service_role;

create view monitoring.events with (security_invoker = true) as
select t.id, t.created_at, t.created_at as ts, t.user_id, t.trace_id, t.thread_id, t.message_id,
  t.event_type, t.event_type as stage, t.tool_name, t.tool_name as tool, t.model, t.latency_ms, t.ok as success,
  case when t.ok then null else coalesce(t.metadata ->> 'code', t.metadata ->> 'finishReason', 'failed') end as code,
  t.input_tokens, t.output_tokens, t.token_count as tokens, t.cost_usd as cost,
  coalesce(to_jsonb(h) ->> 'persona', 'default') as persona, t.metadata
from public.agent_telemetry t
left join public.thread h on h.id = t.thread_id;
comment on view monitoring.events is 'One row for each call of the model or a tool, each search and each failure.';

create view monitoring.threads with (security_invoker = true) as
select t.id, t.user_id, t.created_at, t.updated_at,
  (to_jsonb(t) ->> 'archived_at')::timestamptz as archived_at,
  coalesce(to_jsonb(t) ->> 'persona', 'default') as persona,
  count(m.id) as message_count, max(m.created_at) as last_message_at
from public.thread t
left join public.message m on m.thread_id = t.id
group by t.id;
comment on view monitoring.threads is 'Conversations, without their titles.';

create view monitoring.messages with (security_invoker = true) as
select m.id, m.thread_id, m.user_id, m.role, m.status, m.created_at, m.updated_at,
  case when m.role = 'assistant' and m.status <> 'streaming'
    then round(extract(epoch from m.updated_at - m.created_at) * 1000)::int end as latency_ms,
  m.metadata ->> 'model' as model, m.metadata ->> 'errorCode' as error_code,
  coalesce(to_jsonb(h) ->> 'persona', 'default') as persona,
  (m.metadata -> 'usage' ->> 'inputTokens')::numeric as input_tokens,
  (m.metadata -> 'usage' ->> 'outputTokens')::numeric as output_tokens,
  (m.metadata -> 'usage' ->> 'costUsd')::numeric as cost,
  pg_column_size(m.parts) as size_bytes
from public.message m
join public.thread h on h.id = m.thread_id;
comment on view monitoring.messages is 'Questions and answers, without their text.';

create view monitoring.attachments with (security_invoker = true) as
select a.id, a.user_id, a.thread_id, null::uuid as message_id, a.mime_type, a.size_bytes, a.created_at,
  'attachment' as kind, d.status, d.error_code
from public.attachment a
left join public.doc_source d on d.id = a.doc_id
union all
select d.id, d.user_id, null, null, d.mime_type, d.size_bytes, d.created_at, 'document', d.status, d.error_code
from public.doc_source d
where d.source_type <> 'attachment';
comment on view monitoring.attachments is 'Files that were given in a message or added to the library, without their names.';

create view monitoring.share_links with (security_invoker = true) as
select s.id, s.user_id, 'thread' as kind, s.thread_id, s.created_at, s.expires_at,
  coalesce(s.expires_at > now(), true) as is_active
from public.share_link s;
comment on view monitoring.share_links is 'Links to read-only copies, without what they open.';

create view monitoring.chat_conversations with (security_invoker = true) as
select t.id, t.id as conversation_id, t.user_id, t.persona, t.persona as employee_slug, t.message_count, t.created_at,
  t.updated_at, t.last_message_at
from monitoring.threads t;
comment on view monitoring.chat_conversations is 'The same as threads, under another name.';

create view monitoring.chat_messages with (security_invoker = true) as
select m.id, m.thread_id as conversation_id, m.user_id, m.role, m.status, m.model, m.persona, m.persona as employee_slug,
  m.latency_ms, m.error_code, coalesce(m.input_tokens, 0) + coalesce(m.output_tokens, 0) as tokens, m.cost, m.created_at,
  m.updated_at
from monitoring.messages m;
comment on view monitoring.chat_messages is 'The same as messages, under another name.';

create view monitoring.chat_usage_log with (security_invoker = true) as
select e.id, e.user_id, e.thread_id as conversation_id, e.message_id, e.model, e.persona, e.persona as employee_slug,
  e.input_tokens as prompt_tokens, e.output_tokens as completion_tokens, e.tokens as total_tokens, e.cost, e.latency_ms,
  e.success, e.created_at
from monitoring.events e
where e.event_type in ('llm_call', 'embedding');
comment on view monitoring.chat_usage_log is 'What each call of a model took.';

-- By student and day (UTC). What is counted against a limit stands in `counters`, under the names that the limits have.
create view monitoring.quotas with (security_invoker = true) as
select u.user_id, u.period_start, sum(u.tokens)::bigint as tokens_used, sum(u.requests)::bigint as requests_count,
  round(sum(u.bytes) / 1048576, 3) as attachments_mb,
  coalesce((
    select jsonb_object_agg(q.kind, q.used) from public.quota q where q.user_id = u.user_id and q.day = u.period_start
  ), '{}') as counters
from (
  select t.user_id, (t.created_at at time zone 'UTC')::date as period_start, t.token_count::bigint as tokens,
    0 as requests, 0::numeric as bytes
  from public.agent_telemetry t
  union all
  select m.user_id, (m.created_at at time zone 'UTC')::date, 0, 1, 0 from public.message m where m.role = 'user'
  union all
  select a.user_id, (a.created_at at time zone 'UTC')::date, 0, 0, coalesce(a.size_bytes, 0)
  from monitoring.attachments a
  union all
  select q.user_id, q.day, 0, 0, 0 from public.quota q
) u
group by u.user_id, u.period_start;
comment on view monitoring.quotas is 'What each student has used, by day.';

create view monitoring.audit_logs with (security_invoker = true) as
select a.id, a.user_id, a.actor, a.action, a.subject as resource, a.outcome as status, a.code, a.network,
  a.duration_ms as latency_ms, a.created_at, a.created_at as updated_at
from public.audit_log a;
comment on view monitoring.audit_logs is 'Who did what.';

-- What chat services call their tutors' characters, with how much they are used.
create view monitoring.employee_profiles with (security_invoker = true) as
select t.persona as slug, initcap(replace(t.persona, '-', ' ')) as title, count(*) as conversations,
  sum(t.message_count)::bigint as messages, count(distinct t.user_id) as users, max(t.updated_at) as last_used_at
from monitoring.threads t
group by t.persona;
comment on view monitoring.employee_profiles is 'The personas in use; a student''s own among them, without its words.';

create view monitoring.v_rls_status as
select n.nspname::text as schema_name, c.relname::text as table_name, c.relrowsecurity as rls_enabled,
  count(p.policyname)::int as policy_count, c.relrowsecurity and count(p.policyname) > 0 as is_protected
from pg_catalog.pg_class c
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
left join pg_catalog.pg_policies p on p.schemaname = n.nspname and p.tablename = c.relname
where n.nspname = 'public' and c.relkind in ('r', 'p')
group by n.nspname, c.relname, c.relrowsecurity;
comment on view monitoring.v_rls_status is 'Whether row-level security stands on each table, and by how many policies.';

create view monitoring.ai_cost_summary with (security_invoker = true) as
select day, sum(calls)::bigint as total_calls, sum(failures)::bigint as failures, count(distinct user_id) as users,
  sum(input_tokens)::bigint as input_tokens, sum(output_tokens)::bigint as output_tokens,
  sum(token_count)::bigint as total_tokens, sum(cost_usd) as total_cost_usd
from public.ai_cost_summary
group by day;
comment on view monitoring.ai_cost_summary is 'Calls, tokens and cost of all students by day (UTC).';

grant select on all tables in schema monitoring to service_role;

-- Definer: the size of the file store and the connections of the database are not the service role's to count everywhere.
create function private.count_operations() returns jsonb
language sql stable security definer
set search_path = ''
as $$
  select jsonb_build_object(
    'online', (select count(*) from public.presence p where p.is_online),
    'streaming', (select count(*) from public.message m where m.status = 'streaming'),
    'documentsWaiting', (select count(*) from public.doc_source d where d.status in ('pending', 'processing')),
    'oldestWaitingSeconds', (
      select coalesce(round(extract(epoch from now() - min(coalesce(d.queued_at, d.created_at)))), 0)
      from public.doc_source d where d.status in ('pending', 'processing') and d.queued_at is not null
    ),
    'tasksWaiting', (select count(*) from public.agent_task a where a.status in ('queued', 'running')),
    'storageBytes', (
      select coalesce(sum(case when jsonb_typeof(o.metadata -> 'size') = 'number'
        then (o.metadata ->> 'size')::numeric else 0 end), 0)
      from storage.objects o
    ),
    'databaseBytes', pg_catalog.pg_database_size(pg_catalog.current_database()),
    'connections', (
      select coalesce(max(s.numbackends), 0) from pg_catalog.pg_stat_database s
      where s.datname = pg_catalog.current_database()
    ),
    'connectionsMost', pg_catalog.current_setting('max_connections')::int)
$$;
comment on function private.count_operations is 'What only the database knows of how things stand.';

create function public.operation_figures() returns jsonb
language sql stable security invoker
set search_path = ''
as $$ select private.count_operations() $$;
comment on function public.operation_figures is 'Who is here, what waits, and how full the database is; for whoever watches.';
grant execute on function private.count_operations, public.operation_figures to service_role;

-- What was spent, for the page of those who run the place. What a tool wrote by the model counts for the tool; what the
-- conversation itself took stands under `answer`. Definer: it reads the spending of all, and only for whom a verified token
-- names an admin.
create function private.cost_report(p_from date, p_to date, p_by text) returns table (
  key text, calls bigint, failures bigint, input_tokens bigint, output_tokens bigint, cost_usd double precision
)
language plpgsql stable security definer
set search_path = ''
as $$
begin
  if not private.has_role('admin') then
    raise exception 'this is for admins' using errcode = '42501';
  end if;
  return query
  select s.key, count(*) filter (where s.counts), count(*) filter (where s.counts and not s.ok),
    sum(s.input_tokens)::bigint, sum(s.output_tokens)::bigint, sum(s.cost_usd)::double precision
  from (
    select t.ok, t.input_tokens, t.output_tokens, t.cost_usd,
      -- The call of a tool is one, however often it asked the model.
      p_by <> 'tool' or t.event_type <> 'llm_call'
        or coalesce(t.metadata ->> 'output', '') not in ('quiz_items', 'session_summary') as counts,
      case p_by
        when 'day' then (t.created_at at time zone 'UTC')::date::text
        when 'model' then coalesce(t.model, '')
        when 'student' then t.user_id::text
        else coalesce(t.tool_name, case t.metadata ->> 'output' when 'quiz_items' then 'generateQuiz'
          when 'session_summary' then 'summarizeSession' else t.metadata ->> 'output' end,
          case t.event_type when 'llm_call' then 'answer' else t.event_type end)
      end as key
    from public.agent_telemetry t
    where t.event_type in ('llm_call', 'embedding', 'tool_call') and (t.event_type <> 'tool_call' or p_by = 'tool')
      and t.created_at >= p_from::timestamp at time zone 'UTC'
      and t.created_at < (least(p_to, p_from + 366) + 1)::timestamp at time zone 'UTC'
  ) s
  group by s.key
  order by case when p_by = 'day' then null else sum(s.cost_usd) end desc nulls last,
    case when p_by = 'day' then s.key end desc, 2 desc, 1
  limit 1000;
end
$$;
grant execute on function private.cost_report to authenticated;

create function public.cost_report(p_from date, p_to date, p_by text) returns table (
  key text, calls bigint, failures bigint, input_tokens bigint, output_tokens bigint, cost_usd double precision
)
language sql stable security invoker
set search_path = ''
as $$ select * from private.cost_report(p_from, p_to, p_by) $$;
comment on function public.cost_report is 'What was spent by day, model, student or tool; for admins.';
grant execute on function public.cost_report to authenticated;

revoke all on all routines in schema public, private from public;
