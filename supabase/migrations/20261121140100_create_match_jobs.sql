-- What the job that ranks students reads and writes. Both sides are paged and bounded: a student keeps their best 50.

create function public.matching_students(p_after uuid, p_limit int, p_only uuid default null)
returns table (
  user_id        uuid,
  subjects       text[],
  grade_level    text,
  learning_style text,
  strengths      text[],
  weaknesses     text[],
  topics         jsonb
)
language sql stable security invoker
set search_path = ''
as $$
  select p.user_id, p.subjects, p.grade_level, p.learning_style,
    coalesce(l.strengths[1:50], '{}'), coalesce(l.weaknesses[1:50], '{}'),
    coalesce((
      -- As it stands, never cast: a student may write their own analytics, and nobody's page may fail over it.
      select jsonb_agg(jsonb_build_object('topic', left(t.item ->> 'topic', 120), 'average', t.item -> 'average',
        'certainty', t.item -> 'certainty'))
      from (
        select item from jsonb_array_elements(
          case when jsonb_typeof(l.analytics -> 'topicBreakdown') = 'array'
            then l.analytics -> 'topicBreakdown' else '[]' end) as item
        where item ->> 'topic' is not null and item ->> 'contestedAt' is null
        order by item -> 'certainty' desc nulls last
        limit 40
      ) t
    ), '[]')
  from public.profile p
  left join public.learning_profile l on l.user_id = p.user_id
  where p.visibility <> 'private' and cardinality(p.subjects) > 0
    and (p_after is null or p.user_id > p_after)
    and (p_only is null or p.user_id = p_only)
  order by p.user_id
  limit least(greatest(coalesce(p_limit, 500), 1), 1000)
$$;
comment on function public.matching_students is
  'Students who let themselves be found, in order of id. Nullable: grade_level, learning_style';
revoke all on function public.matching_students from public, anon, authenticated;
grant execute on function public.matching_students to service_role;

-- p_rows: [{"userId", "score", "facets"}], whom the student fits. p_reverse, unless null: the same as told to each of
-- the others, of whom everyone not named loses the student. Whoever hid or blocked meanwhile is left out.
create function public.store_matches(p_user_id uuid, p_rows jsonb, p_reverse jsonb, p_keep int default 50)
returns int
language plpgsql security invoker
set search_path = ''
as $$
declare
  pairs  jsonb;
  stored int;
begin
  select coalesce(jsonb_agg(to_jsonb(s)), '[]') into pairs
  from (
    select p_user_id as user_id, r."userId" as candidate_user_id, r.score, r.facets
    from jsonb_to_recordset(p_rows) as r("userId" uuid, score double precision, facets jsonb)
    union all
    select r."userId", p_user_id, r.score, r.facets
    from jsonb_to_recordset(coalesce(p_reverse, '[]')) as r("userId" uuid, score double precision, facets jsonb)
  ) s
  where not exists (
      select 1 from public.block b
      where (b.user_id = s.user_id and b.blocked_user_id = s.candidate_user_id)
        or (b.user_id = s.candidate_user_id and b.blocked_user_id = s.user_id)
    )
    and (
      select count(*) from public.profile p
      where p.user_id in (s.user_id, s.candidate_user_id) and p.visibility <> 'private'
    ) = 2;

  delete from public.match_candidate m
  where (m.user_id = p_user_id or (p_reverse is not null and m.candidate_user_id = p_user_id))
    and not exists (
      select 1 from jsonb_to_recordset(pairs) as s(user_id uuid, candidate_user_id uuid)
      where s.user_id = m.user_id and s.candidate_user_id = m.candidate_user_id
    );
  insert into public.match_candidate (user_id, candidate_user_id, score, facets, computed_at)
  select s.user_id, s.candidate_user_id, s.score, s.facets, now()
  from jsonb_to_recordset(pairs)
    as s(user_id uuid, candidate_user_id uuid, score double precision, facets jsonb)
  on conflict (user_id, candidate_user_id)
  do update set score = excluded.score, facets = excluded.facets, computed_at = excluded.computed_at;

  delete from public.match_candidate m
  using (
    select c.user_id, c.candidate_user_id,
      row_number() over (partition by c.user_id order by c.score desc, c.candidate_user_id) as place
    from public.match_candidate c
    where c.user_id in (select s.user_id from jsonb_to_recordset(pairs) as s(user_id uuid))
  ) ranked
  where ranked.place > p_keep and m.user_id = ranked.user_id and m.candidate_user_id = ranked.candidate_user_id;
  select count(*)::int into stored from public.match_candidate m where m.user_id = p_user_id;
  return stored;
end
$$;
comment on function public.store_matches is 'Replaces whom a student fits, on both sides.';
revoke all on function public.store_matches from public, anon, authenticated;
grant execute on function public.store_matches to service_role;

create function public.prune_matches() returns int
language sql security invoker
set search_path = ''
as $$
  with gone as (
    delete from public.match_candidate m
    where exists (
      select 1 from public.profile p
      where p.user_id in (m.user_id, m.candidate_user_id)
        and (p.visibility = 'private' or cardinality(p.subjects) = 0)
    )
    returning 1
  )
  select count(*)::int from gone
$$;
comment on function public.prune_matches is 'Removes matches with students who are not to be found any more.';
revoke all on function public.prune_matches from public, anon, authenticated;
grant execute on function public.prune_matches to service_role;
