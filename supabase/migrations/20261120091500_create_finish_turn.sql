-- Saves an answer while it is written and when it ends. Only an answer that is still being written can be saved:
-- once it was stopped elsewhere, a late save of the process that wrote it changes nothing and is told so.

create function public.save_message(p_message_id uuid, p_parts jsonb, p_status text, p_metadata jsonb)
returns boolean
language plpgsql security invoker
set search_path = ''
as $$
begin
  update public.message
  set parts = coalesce(p_parts, parts),
    status = coalesce(p_status, status),
    metadata = metadata || coalesce(p_metadata, '{}')
  where id = p_message_id and user_id = (select auth.uid()) and status = 'streaming';
  return found;
end
$$;
comment on function public.save_message is 'Saves a partial or final answer; false when it is no longer being written.';
revoke all on function public.save_message from public, anon;
grant execute on function public.save_message to authenticated;

create function public.finish_turn(
  p_message_id uuid,
  p_parts      jsonb,
  p_status     text,
  p_metadata   jsonb,
  p_title      text,
  p_telemetry  jsonb
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
  saved := public.save_message(p_message_id, p_parts, p_status, p_metadata);
  select m.thread_id into of_thread from public.message m
  where m.id = p_message_id and m.user_id = (select auth.uid());

  update public.thread t
  set updated_at = now(), title = coalesce(t.title, nullif(left(btrim(p_title), 200), ''))
  where t.id = of_thread and t.user_id = (select auth.uid())
  returning t.title into new_title;

  -- What was spent is recorded even when the answer was stopped or its conversation deleted meanwhile.
  insert into public.agent_telemetry (trace_id, thread_id, message_id, event_type, tool_name, model, latency_ms,
    token_count, input_tokens, output_tokens, cost_usd, ok, metadata)
  select e.trace_id, of_thread, p_message_id, e.event_type, e.tool_name, e.model, coalesce(e.latency_ms, 0),
    coalesce(e.token_count, coalesce(e.input_tokens, 0) + coalesce(e.output_tokens, 0)),
    coalesce(e.input_tokens, 0), coalesce(e.output_tokens, 0), coalesce(e.cost_usd, 0), coalesce(e.ok, true),
    coalesce(e.metadata, '{}')
  from jsonb_to_recordset(coalesce(p_telemetry, '[]')) as e(trace_id text, event_type text, tool_name text,
    model text, latency_ms int, token_count int, input_tokens int, output_tokens int, cost_usd numeric, ok boolean,
    metadata jsonb);

  return jsonb_build_object('saved', saved, 'title', new_title);
end
$$;
comment on function public.finish_turn is 'The last save of an answer, its conversation''s title and its telemetry.';
revoke all on function public.finish_turn from public, anon;
grant execute on function public.finish_turn to authenticated;
