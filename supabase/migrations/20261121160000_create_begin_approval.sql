-- The student's yes or no to a tool that asked first. It continues the answer that asked, in one round trip, and it can
-- be given once: the row is locked, and a call that no longer waits refuses a second click.

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
  current_thread := public.claim_thread(p_thread_id);
  select * into answer from public.message m
  where m.thread_id = p_thread_id
  order by m.seq desc limit 1
  for update;
  if not found or answer.role <> 'assistant' then
    raise exception 'nothing waits for an answer here' using errcode = 'PT404';
  end if;
  if exists (
    select 1 from jsonb_array_elements(p_approvals) a
    where not exists (
      select 1 from jsonb_array_elements(answer.parts) p where p #>> '{approval,id}' = a ->> 'approvalId')
  ) then
    raise exception 'nothing waits for an answer here' using errcode = 'PT404';
  end if;
  if exists (
    select 1 from jsonb_array_elements(p_approvals) a
    join jsonb_array_elements(answer.parts) p on p #>> '{approval,id}' = a ->> 'approvalId'
    where p ->> 'state' <> 'approval-requested'
  ) then
    raise exception 'this was answered already' using errcode = 'PT409';
  end if;
  if exists (
    select 1 from jsonb_array_elements(answer.parts) p
    where p ->> 'state' = 'approval-requested' and not exists (
      select 1 from jsonb_array_elements(p_approvals) a where p #>> '{approval,id}' = a ->> 'approvalId')
  ) then
    raise exception 'answer every question of the message at once' using errcode = 'PT400';
  end if;

  update public.message m
  set status = 'streaming', parts = (
    select jsonb_agg(
      case when a.approval is null then p.part
        else p.part || jsonb_build_object('state', 'approval-responded', 'approval', (p.part -> 'approval') ||
          jsonb_strip_nulls(jsonb_build_object('approved', a.approval -> 'approved', 'reason', a.approval -> 'reason')))
      end order by p.position)
    from jsonb_array_elements(m.parts) with ordinality as p(part, position)
    left join jsonb_array_elements(p_approvals) as a(approval)
      on p.part #>> '{approval,id}' = a.approval ->> 'approvalId'
  )
  where m.id = answer.id
  returning * into answer;

  select * into asked from public.message m
  where m.thread_id = p_thread_id and m.role = 'user' and m.seq < answer.seq
  order by m.seq desc limit 1;

  return jsonb_build_object(
    'threadId', current_thread.id,
    'threadTitle', current_thread.title,
    'created', false,
    'userMessageId', coalesce(asked.id, answer.id),
    'assistantMessageId', answer.id,
    'parts', answer.parts,
    'text', coalesce((
      select string_agg(part ->> 'text', '' order by position)
      from jsonb_array_elements(asked.parts) with ordinality as p(part, position)
      where part ->> 'type' = 'text'
    ), '')
  ) || public.turn_context(p_thread_id, coalesce(asked.seq, answer.seq), p_history_limit);
end
$$;
comment on function public.begin_approval is 'Stores the student''s answers to waiting tools and reopens their message.';
revoke all on function public.begin_approval from public, anon;
grant execute on function public.begin_approval to authenticated;
