-- A turn also knows the people the student may name: their names and ids, nothing else.

create or replace function public.turn_context(p_thread_id uuid, p_before_seq bigint, p_history_limit int) returns jsonb
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
    ),
    'partners', (
      select coalesce(jsonb_agg(jsonb_build_object('userId', k.user_id, 'displayName', k.display_name)), '[]')
      from public.known_people(20) k
      where k.display_name is not null
    )
  )
$$;
comment on function public.turn_context is 'History, memory, profile, document counts and known people for one turn.';
revoke all on function public.turn_context from public, anon;
grant execute on function public.turn_context to authenticated;
