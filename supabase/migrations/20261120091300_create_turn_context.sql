-- What a turn needs to know before the first token: the conversation so far, what is remembered, who asks, and how
-- many documents there are. A helper of begin_turn and begin_regenerate, so that each is one round trip.

create function public.turn_context(p_thread_id uuid, p_before_seq bigint, p_history_limit int) returns jsonb
language sql stable security invoker
set search_path = ''
as $$
  select jsonb_build_object(
    'history', (
      select coalesce(jsonb_agg(jsonb_build_object('id', m.id, 'role', m.role, 'parts', m.parts,
        'metadata', m.metadata, 'status', m.status, 'createdAt', m.created_at) order by m.seq), '[]')
      from (
        select * from public.message
        where thread_id = p_thread_id and seq < p_before_seq
        order by seq desc
        limit least(greatest(coalesce(p_history_limit, 40), 0), 200)
      ) m
    ),
    'memory', (
      select coalesce(jsonb_agg(jsonb_build_object('scope', a.scope, 'key', a.key, 'value', a.value)
        order by a.updated_at), '[]')
      from (
        select * from public.agent_memory
        where user_id = (select auth.uid()) and (expires_at is null or expires_at > now())
        order by updated_at desc
        limit 50
      ) a
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
      from public.doc_source d where d.user_id = (select auth.uid())
    )
  )
$$;
comment on function public.turn_context is 'History, memory, profile and document counts for one turn.';
revoke all on function public.turn_context from public, anon;
grant execute on function public.turn_context to authenticated;

-- Locks a thread of the caller and makes sure that no answer is being written into it. An answer that was not
-- touched for a minute belongs to a process that died; it must not block the conversation for ever.
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
    where m.thread_id = p_thread_id and m.role = 'assistant' and m.status = 'streaming'
      and m.updated_at > clock_timestamp() - interval '60 seconds'
  ) then
    raise exception 'an answer is being written' using errcode = 'PT409';
  end if;
  update public.message set status = 'error'
  where thread_id = p_thread_id and role = 'assistant' and status = 'streaming';
  update public.thread set updated_at = now() where id = p_thread_id;
  return claimed;
end
$$;
comment on function public.claim_thread is 'Takes a thread for a new answer, or says why not.';
revoke all on function public.claim_thread from public, anon;
grant execute on function public.claim_thread to authenticated;
