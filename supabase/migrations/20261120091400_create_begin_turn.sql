-- Starts a turn in one round trip: the thread, the student's message, an empty answer to fill, and the context.
-- The embedded database answers one request at a time, so nothing here may cost a second one.

create function public.begin_turn(p_thread_id uuid, p_text text, p_history_limit int default 40) returns jsonb
language plpgsql security invoker
set search_path = ''
as $$
declare
  current_thread public.thread;
  asked    public.message;
  answer   public.message;
begin
  if (select auth.uid()) is null then
    raise exception 'sign in to continue' using errcode = 'PT401';
  end if;
  if coalesce(btrim(p_text), '') = '' or char_length(p_text) > 10000 then
    raise exception 'a message has 1 to 10,000 characters' using errcode = 'PT400';
  end if;

  if p_thread_id is null then
    insert into public.thread default values returning * into current_thread;
  else
    current_thread := public.claim_thread(p_thread_id);
  end if;

  insert into public.message (thread_id, role, parts, status)
  values (current_thread.id, 'user', jsonb_build_array(jsonb_build_object('type', 'text', 'text', p_text)), 'done')
  returning * into asked;
  insert into public.message (thread_id, role, status)
  values (current_thread.id, 'assistant', 'streaming')
  returning * into answer;

  return jsonb_build_object(
    'threadId', current_thread.id,
    'threadTitle', current_thread.title,
    'created', p_thread_id is null,
    'userMessageId', asked.id,
    'assistantMessageId', answer.id
  ) || public.turn_context(current_thread.id, asked.seq, p_history_limit);
end
$$;
comment on function public.begin_turn is 'Stores a question, opens its answer, returns what the turn needs.';
revoke all on function public.begin_turn from public, anon;
grant execute on function public.begin_turn to authenticated;

create function public.begin_regenerate(p_thread_id uuid, p_history_limit int default 40) returns jsonb
language plpgsql security invoker
set search_path = ''
as $$
declare
  current_thread public.thread;
  asked    public.message;
  answer   public.message;
begin
  current_thread := public.claim_thread(p_thread_id);
  select * into asked from public.message m
  where m.thread_id = p_thread_id and m.role = 'user'
  order by m.seq desc limit 1;
  if not found then
    raise exception 'there is no question to answer again' using errcode = 'PT404';
  end if;

  -- The answer that is replaced, and anything else that followed the question.
  delete from public.message where thread_id = p_thread_id and seq > asked.seq;
  insert into public.message (thread_id, role, status)
  values (p_thread_id, 'assistant', 'streaming')
  returning * into answer;

  return jsonb_build_object(
    'threadId', current_thread.id,
    'threadTitle', current_thread.title,
    'created', false,
    'userMessageId', asked.id,
    'assistantMessageId', answer.id,
    'text', coalesce((
      select string_agg(part ->> 'text', '' order by position)
      from jsonb_array_elements(asked.parts) with ordinality as p(part, position)
      where part ->> 'type' = 'text'
    ), '')
  ) || public.turn_context(p_thread_id, asked.seq, p_history_limit);
end
$$;
comment on function public.begin_regenerate is 'Opens a new answer to the last question in place of the old one.';
revoke all on function public.begin_regenerate from public, anon;
grant execute on function public.begin_regenerate to authenticated;
