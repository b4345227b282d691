-- The same readings of people as before, now with the beacon: what somebody does comes from private.activity_of alone,
-- so that the page, the tools and the filter by activity never disagree.

create or replace function private.students_here(p_activity text) returns setof public.presence
language sql stable security definer
set search_path = ''
as $$
  select pr.*
  from public.presence pr
  join public.profile p on p.user_id = pr.user_id
  where (select auth.uid()) is not null and pr.user_id <> (select auth.uid())
    and pr.is_online and pr.last_seen > now() - interval '5 minutes'
    and (p_activity is null or private.activity_of(pr) = p_activity)
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

create or replace function public.list_matches(p_limit int default 10) returns jsonb
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
      'currentActivity', case when private.is_here(pr) then private.activity_of(pr) end,
      'freeUntil', case when private.is_here(pr) then private.free_until_of(pr) end,
      'lastSeen', pr.last_seen) order by b.score desc, b.user_id), '[]')
  from best b
  join private.people_cards(array(select user_id from best)) c on c.user_id = b.user_id and c.visible
  left join public.presence pr on pr.user_id = b.user_id
$$;

create or replace function public.online_people(p_activity text default null, p_limit int default 50) returns jsonb
language sql stable security invoker
set search_path = ''
as $$
  with here as (
    select s.user_id, private.activity_of(s) as activity, private.free_until_of(s) as free_until, s.last_seen,
      m.score, m.facets
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
        'userId', s.user_id, 'displayName', c.display_name, 'currentActivity', s.activity,
        'freeUntil', s.free_until, 'lastSeen', s.last_seen, 'score', s.score, 'facets', coalesce(s.facets, '[]'),
        'gradeLevel', c.grade_level, 'subjects', c.subjects, 'learningStyle', c.learning_style
        ) order by s.score desc nulls last, s.last_seen desc, s.user_id), '[]')
      from shown s
      join private.people_cards(array(select user_id from shown)) c on c.user_id = s.user_id and c.visible
    ))
$$;

create or replace function public.my_visibility() returns jsonb
language sql stable security invoker
set search_path = ''
as $$
  select jsonb_build_object('visibility', p.visibility, 'subjects', cardinality(p.subjects),
    'windows', (select count(*) from public.availability_block a where a.user_id = p.user_id),
    'isOnline', coalesce(private.is_here(pr), false),
    'currentActivity', private.activity_of(pr))
  from public.profile p
  left join public.presence pr on pr.user_id = p.user_id
  where p.user_id = (select auth.uid())
$$;

create or replace function public.person_insight(p_user_id uuid) returns jsonb
language sql stable security invoker
set search_path = ''
as $$
  select jsonb_build_object(
    'me', to_jsonb(me) || jsonb_build_object('windows', public.windows_of(me.user_id)),
    'other', to_jsonb(c) || jsonb_build_object('windows', public.windows_of(c.user_id),
      'habit', private.habit_of(c.user_id),
      'activity', (
        select private.activity_of(pr) from public.presence pr where pr.user_id = c.user_id and private.is_here(pr)
      ),
      'freeUntil', (
        select private.free_until_of(pr) from public.presence pr where pr.user_id = c.user_id and private.is_here(pr)
      )),
    'match', (
      select jsonb_build_object('score', m.score, 'facets', m.facets)
      from public.match_candidate m
      where m.user_id = (select auth.uid()) and m.candidate_user_id = c.user_id
    ))
  from private.people_cards(array[p_user_id]) c, private.people_cards(array[(select auth.uid())]) me
  where c.visible and c.user_id <> (select auth.uid())
$$;
