-- What the pages about quizzes read, each in one round trip.

create function public.read_quiz(p_quiz_id uuid) returns jsonb
language sql stable security invoker
set search_path = ''
as $$
  select jsonb_build_object(
    'id', q.id, 'topic', q.topic, 'difficulty', q.difficulty, 'items', q.items, 'metadata', q.metadata,
    'createdAt', q.created_at, 'threadId', q.thread_id,
    'reported', coalesce((
      select jsonb_agg(r.item_id order by r.created_at) from public.quiz_item_report r where r.quiz_id = q.id
    ), '[]'),
    -- The attempt that is open, else the one that ended last.
    'attempt', (
      select private.attempt_state(a) from public.quiz_attempt a where a.quiz_id = q.id
      order by a.finished_at desc nulls first limit 1
    ),
    'finishedAttempts', (
      select count(*) from public.quiz_attempt a where a.quiz_id = q.id and a.finished_at is not null
    )
  )
  from public.quiz q where q.id = p_quiz_id
$$;
comment on function public.read_quiz is 'A quiz with its reports and the attempt to show.';
revoke all on function public.read_quiz from public, anon;
grant execute on function public.read_quiz to authenticated;

create function public.quiz_overview(p_limit int default 50, p_unfinished_only boolean default false)
returns table (
  id uuid, topic text, difficulty text, questions int, asked int, created_at timestamptz,
  running_attempt_id uuid, running_answered int, running_total int,
  finished_attempts int, last_score float, last_correct int, last_total int, last_finished_at timestamptz
)
language sql stable security invoker
set search_path = ''
as $$
  select q.id, q.topic, q.difficulty, jsonb_array_length(q.items),
    case when jsonb_typeof(q.metadata -> 'asked') = 'number' then (q.metadata ->> 'asked')::numeric::int
      else jsonb_array_length(q.items) end,
    q.created_at,
    running.id, jsonb_array_length(running.answers), running.total,
    (select count(*)::int from public.quiz_attempt a where a.quiz_id = q.id and a.finished_at is not null),
    latest.score, latest.correct, latest.total, latest.finished_at
  from public.quiz q
  left join lateral (
    select a.* from public.quiz_attempt a where a.quiz_id = q.id and a.finished_at is null limit 1
  ) running on true
  left join lateral (
    select a.* from public.quiz_attempt a where a.quiz_id = q.id and a.finished_at is not null
    order by a.finished_at desc limit 1
  ) latest on true
  where not p_unfinished_only or running.id is not null
  -- With a limit, the ones that wait to be finished come first.
  order by running.id is null, coalesce(running.started_at, q.created_at) desc, q.id
  limit least(greatest(coalesce(p_limit, 50), 1), 200)
$$;
comment on function public.quiz_overview is
  'The student''s quizzes, unfinished ones first. Nullable: running_attempt_id, running_answered, running_total, last_score, last_correct, last_total, last_finished_at.';
revoke all on function public.quiz_overview from public, anon;
grant execute on function public.quiz_overview to authenticated;

-- Passages for a quiz on everything, or on whole documents: evenly spread over the documents and their length, so that
-- two questions rarely come from one section. p_offset in [0, 1) moves the choice, so that the next quiz differs.
create function public.spread_chunks(p_sources jsonb, p_count int, p_offset float default 0)
returns table (
  chunk_id bigint, doc_id uuid, ord int, content text, metadata jsonb,
  title text, course text, locator text, page_count int
)
language sql stable security invoker
set search_path = ''
as $$
  with pool as (
    select c.id, c.doc_id, c.ord,
      row_number() over (partition by c.doc_id order by c.ord) - 1 as place,
      count(*) over (partition by c.doc_id) as size
    from public.doc_chunk c
    where c.user_id = (select auth.uid())
      and (p_sources is null or exists (
        select 1 from jsonb_array_elements(p_sources) as s
        where (s.value ->> 'docId')::uuid = c.doc_id
          and c.ord between coalesce((s.value ->> 'from')::int, 0) and coalesce((s.value ->> 'to')::int, 2147483647)
      ))
      and c.doc_id not in (
        select d.id from public.doc_source d
        where d.user_id = (select auth.uid()) and d.status <> 'ready' and d.chunk_count = 0
      )
  ), share as (
    -- By the root of its length: a long book has the larger part, and a page of notes still has its own.
    select d.doc_id, d.size,
      least(d.size, greatest(1, ceil(p_count * sqrt(d.size) / sum(sqrt(d.size)) over ())))::numeric as quota
    from (select distinct p.doc_id, p.size from pool p) d
  ), numbered as (
    select p.id, floor(p.place * s.quota / s.size) as bucket,
      row_number() over (partition by p.doc_id, floor(p.place * s.quota / s.size) order by p.place) - 1 as inside,
      count(*) over (partition by p.doc_id, floor(p.place * s.quota / s.size)) as width
    from pool p join share s on s.doc_id = p.doc_id
  ), chosen as (
    select n.id, n.bucket from numbered n
    where n.inside = floor(least(greatest(coalesce(p_offset, 0), 0), 0.999) * n.width)
    order by n.bucket, n.id
    limit least(greatest(coalesce(p_count, 10), 0), 100)
  )
  select c.id, c.doc_id, c.ord, c.content, c.metadata, d.title, d.course, d.locator, d.page_count
  from chosen k
  cross join lateral (select x.* from public.doc_chunk x where x.id = k.id limit 1) c
  cross join lateral (select s.* from public.doc_source s where s.id = c.doc_id limit 1) d
  order by k.bucket, c.doc_id, c.ord
$$;
comment on function public.spread_chunks is
  'Chunks spread evenly over documents. p_sources: [{docId, from, to}], or null for every document. Nullable: course, page_count.';
revoke all on function public.spread_chunks from public, anon;
grant execute on function public.spread_chunks to authenticated;
