-- Whether two can study now depends on both beacons. A student's own counts as others see it: while they are here, and
-- not in a session.

create or replace function public.person_insight(p_user_id uuid) returns jsonb
language sql stable security invoker
set search_path = ''
as $$
  select jsonb_build_object(
    'me', to_jsonb(me) || jsonb_build_object('windows', public.windows_of(me.user_id),
      'freeUntil', (
        select private.free_until_of(pr) from public.presence pr where pr.user_id = me.user_id and private.is_here(pr)
      )),
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
