-- What may be read of one person, each in one round trip: free times, what a pair has in common, and names.

create function public.windows_of(p_user_id uuid) returns jsonb
language sql stable security invoker
set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object('dow', a.dow, 'startMin', a.start_min, 'endMin', a.end_min,
    'timezone', a.timezone) order by a.dow, a.start_min, a.timezone), '[]')
  from (
    select * from public.availability_block where user_id = p_user_id order by dow, start_min limit 200
  ) a
$$;
comment on function public.windows_of is 'The weekly windows of a student, as far as the caller may see them.';
revoke all on function public.windows_of from public, anon;
grant execute on function public.windows_of to authenticated;

-- Null when there is nobody by this id whom the caller may see; the caller alone may ask for themselves.
create function public.person_availability(p_user_id uuid default null) returns jsonb
language sql stable security invoker
set search_path = ''
as $$
  select jsonb_build_object('userId', c.user_id, 'displayName', c.display_name, 'timezone', c.timezone,
    'isOwn', c.user_id = (select auth.uid()), 'windows', public.windows_of(c.user_id))
  from private.people_cards(array[coalesce(p_user_id, (select auth.uid()))]) c
  where c.visible
$$;
comment on function public.person_availability is 'When a student can usually study.';
revoke all on function public.person_availability from public, anon;
grant execute on function public.person_availability to authenticated;

create function public.person_insight(p_user_id uuid) returns jsonb
language sql stable security invoker
set search_path = ''
as $$
  select jsonb_build_object(
    'me', to_jsonb(me) || jsonb_build_object('windows', public.windows_of(me.user_id)),
    'other', to_jsonb(c) || jsonb_build_object('windows', public.windows_of(c.user_id),
      'habit', private.habit_of(c.user_id),
      'activity', (
        select pr.current_activity from public.presence pr where pr.user_id = c.user_id and private.is_here(pr)
      )),
    'match', (
      select jsonb_build_object('score', m.score, 'facets', m.facets)
      from public.match_candidate m
      where m.user_id = (select auth.uid()) and m.candidate_user_id = c.user_id
    ))
  from private.people_cards(array[p_user_id]) c, private.people_cards(array[(select auth.uid())]) me
  where c.visible and c.user_id <> (select auth.uid())
$$;
comment on function public.person_insight is 'Both sides of a pair; null when the other is nobody the caller may see.';
revoke all on function public.person_insight from public, anon;
grant execute on function public.person_insight to authenticated;

create function public.replace_availability(p_windows jsonb) returns jsonb
language plpgsql security invoker
set search_path = ''
as $$
begin
  if jsonb_typeof(p_windows) <> 'array' or jsonb_array_length(p_windows) > 200 then
    raise exception 'a week has at most 200 windows' using errcode = 'PT400';
  end if;
  delete from public.availability_block where user_id = (select auth.uid());
  insert into public.availability_block (dow, start_min, end_min, timezone)
  select (w ->> 'dow')::int, (w ->> 'startMin')::int, (w ->> 'endMin')::int, w ->> 'timezone'
  from jsonb_array_elements(p_windows) w;
  return public.windows_of((select auth.uid()));
end
$$;
comment on function public.replace_availability is 'Replaces the whole week at once.';
revoke all on function public.replace_availability from public, anon;
grant execute on function public.replace_availability to authenticated;

-- Names the agent may meet in a sentence: the best matches, and who wrote to the student lately. Others chose these names,
-- and they stand in a prompt: one short line each, without what could open or close a block of it.
create function public.known_people(p_limit int default 20) returns table (user_id uuid, display_name text)
language sql stable security invoker
set search_path = ''
as $$
  with known as (
    (select m.candidate_user_id as id, 1 as rank, m.score
      from public.match_candidate m where m.user_id = (select auth.uid())
      order by m.score desc, m.candidate_user_id limit least(greatest(coalesce(p_limit, 20), 1), 50))
    union all
    (select n.user_id, 2, null
      from public.nudge n
      where n.to_user_id = (select auth.uid()) and n.user_id <> (select auth.uid())
        and n.sent_at > now() - interval '30 days'
      order by n.sent_at desc limit 50)
  ), best as (
    select k.id, min(k.rank) as rank, max(k.score) as score from known k group by k.id
  )
  select c.user_id, coalesce(nullif(left(btrim(regexp_replace(c.display_name, '[[:cntrl:][:space:]<>`]+', ' ', 'g')), 60), ''), 'A student')
  from best b
  join private.people_cards(array(select id from best)) c on c.user_id = b.id
  where not exists (
    select 1 from public.block x where x.user_id = (select auth.uid()) and x.blocked_user_id = c.user_id
  )
  order by b.rank, b.score desc nulls last, c.user_id
  limit least(greatest(coalesce(p_limit, 20), 1), 50)
$$;
comment on function public.known_people is 'Students whom the caller may mean by a name.';
revoke all on function public.known_people from public, anon;
grant execute on function public.known_people to authenticated;
