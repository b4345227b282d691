-- What the tools and the page of people read, each in one round trip: who fits, and who is here.

create function public.list_matches(p_limit int default 10) returns jsonb
language sql stable security invoker
set search_path = ''
as $$
  with best as (
    select m.candidate_user_id as user_id, m.score, m.facets
    from public.match_candidate m
    where m.user_id = (select auth.uid())
    order by m.score desc, m.candidate_user_id
    limit least(greatest(coalesce(p_limit, 10), 1), 50)
  )
  select coalesce(jsonb_agg(jsonb_build_object(
      'userId', b.user_id, 'displayName', c.display_name, 'score', b.score, 'facets', b.facets,
      'gradeLevel', c.grade_level, 'subjects', c.subjects, 'learningStyle', c.learning_style,
      'isOnline', coalesce(private.is_here(pr), false),
      'currentActivity', case when private.is_here(pr) then pr.current_activity end,
      'lastSeen', pr.last_seen) order by b.score desc, b.user_id), '[]')
  from best b
  join private.people_cards(array(select user_id from best)) c on c.user_id = b.user_id and c.visible
  left join public.presence pr on pr.user_id = b.user_id
$$;
comment on function public.list_matches is 'The students who fit the caller best.';
revoke all on function public.list_matches from public, anon;
grant execute on function public.list_matches to authenticated;

-- Definer: the rules of can_see and is_here, written out for many rows at once; asked row by row, thousands who are here
-- would take a second.
create function private.students_here(p_activity text) returns setof public.presence
language sql stable security definer
set search_path = ''
as $$
  select pr.*
  from public.presence pr
  join public.profile p on p.user_id = pr.user_id
  where (select auth.uid()) is not null and pr.user_id <> (select auth.uid())
    and pr.is_online and pr.last_seen > now() - interval '5 minutes'
    and (p_activity is null or pr.current_activity = p_activity)
    and (
      p.visibility = 'everyone'
      or (p.visibility = 'matches' and pr.user_id in (
        select m.candidate_user_id from public.match_candidate m where m.user_id = (select auth.uid())
        union
        select m.user_id from public.match_candidate m where m.candidate_user_id = (select auth.uid())
      ))
    )
    and pr.user_id not in (
      select b.blocked_user_id from public.block b where b.user_id = (select auth.uid())
      union
      select b.user_id from public.block b where b.blocked_user_id = (select auth.uid())
    )
$$;
comment on function private.students_here is 'Who is here now of those the caller may see.';
revoke all on function private.students_here from public;
grant execute on function private.students_here to authenticated;

create function public.online_people(p_activity text default null, p_limit int default 50) returns jsonb
language sql stable security invoker
set search_path = ''
as $$
  with here as (
    select s.user_id, s.current_activity, s.last_seen, m.score, m.facets
    from private.students_here(p_activity) s
    left join public.match_candidate m on m.user_id = (select auth.uid()) and m.candidate_user_id = s.user_id
  ), shown as (
    select * from here
    order by score desc nulls last, last_seen desc, user_id
    limit least(greatest(coalesce(p_limit, 50), 1), 200)
  )
  select jsonb_build_object(
    'total', (select count(*) from here),
    'users', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'userId', s.user_id, 'displayName', c.display_name, 'currentActivity', s.current_activity,
        'lastSeen', s.last_seen, 'score', s.score, 'facets', coalesce(s.facets, '[]'),
        'gradeLevel', c.grade_level, 'subjects', c.subjects, 'learningStyle', c.learning_style
        ) order by s.score desc nulls last, s.last_seen desc, s.user_id), '[]')
      from shown s
      join private.people_cards(array(select user_id from shown)) c on c.user_id = s.user_id and c.visible
    ))
$$;
comment on function public.online_people is 'Who is here now, those who fit best first, and how many there are.';
revoke all on function public.online_people from public, anon;
grant execute on function public.online_people to authenticated;

create function public.my_visibility() returns jsonb
language sql stable security invoker
set search_path = ''
as $$
  select jsonb_build_object('visibility', p.visibility, 'subjects', cardinality(p.subjects),
    'windows', (select count(*) from public.availability_block a where a.user_id = p.user_id),
    'isOnline', coalesce((select private.is_here(pr) from public.presence pr where pr.user_id = p.user_id), false),
    'currentActivity', (select pr.current_activity from public.presence pr where pr.user_id = p.user_id))
  from public.profile p
  where p.user_id = (select auth.uid())
$$;
comment on function public.my_visibility is 'What the caller shows of themselves, for a hint when nobody is found.';
revoke all on function public.my_visibility from public, anon;
grant execute on function public.my_visibility to authenticated;

create function public.people_overview(p_matches int default 50, p_online int default 100) returns jsonb
language sql stable security invoker
set search_path = ''
as $$
  select jsonb_build_object('me', public.my_visibility(), 'matches', public.list_matches(p_matches),
    'here', case when p_online > 0 then public.online_people(null, p_online) else '{"total": 0, "users": []}' end)
$$;
comment on function public.people_overview is 'The page of people in one request.';
revoke all on function public.people_overview from public, anon;
grant execute on function public.people_overview to authenticated;
