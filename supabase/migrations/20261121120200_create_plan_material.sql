-- Everything a plan is made of, in one round trip: what the student has to study with, what was measured, and the tasks of
-- their own that a new plan takes over. Headings are summed up here: a document has thousands of pieces, a plan needs
-- where each heading begins and how much stands under it.

create function public.plan_material() returns jsonb
language sql stable security invoker
set search_path = ''
as $$
  with document as (
    select d.id, d.title, d.course, d.created_at
    from public.doc_source d
    where d.user_id = (select auth.uid()) and d.status = 'ready'
    order by d.created_at desc
    limit 60
  ), section as (
    select c.doc_id, c.heading_path[1:3] as path, min(c.ord) as first, min(c.page_start) as page,
      max(coalesce(c.page_end, c.page_start)) as last_page,
      sum(coalesce(c.token_count, char_length(c.content) / 4)) as tokens,
      row_number() over (partition by c.doc_id order by min(c.ord)) as place
    from public.doc_chunk c
    join document d on d.id = c.doc_id
    where c.user_id = (select auth.uid())
    group by c.doc_id, c.heading_path[1:3]
  )
  select jsonb_build_object(
    'timezone', (select p.timezone from public.profile p where p.user_id = (select auth.uid())),
    'documents', coalesce((
      select jsonb_agg(jsonb_build_object('id', d.id, 'title', d.title, 'course', d.course, 'sections', coalesce((
        select jsonb_agg(jsonb_build_object('headingPath', to_jsonb(s.path), 'page', s.page, 'lastPage', s.last_page,
          'tokens', s.tokens) order by s.first)
        from section s where s.doc_id = d.id and s.place <= 200
      ), '[]')) order by d.created_at desc)
      from document d
    ), '[]'),
    'decks', coalesce((
      select jsonb_agg(jsonb_build_object('id', d.id, 'name', d.name, 'cards', d.cards) order by d.name)
      from (
        select k.id, k.name, count(f.id) as cards
        from public.deck k
        left join public.flashcard f on f.deck_id = k.id and not f.proposed and not f.suspended
        where k.user_id = (select auth.uid())
        group by k.id, k.name
        order by k.name
        limit 200
      ) d
    ), '[]'),
    'quizzes', coalesce((
      select jsonb_agg(jsonb_build_object('id', q.id, 'topic', q.topic, 'questions', jsonb_array_length(q.items))
        order by q.created_at desc)
      from (
        select * from public.quiz z where z.user_id = (select auth.uid()) order by z.created_at desc limit 50
      ) q
    ), '[]'),
    'topics', coalesce((
      select l.analytics -> 'topicBreakdown' from public.learning_profile l where l.user_id = (select auth.uid())
    ), '[]'),
    'ownTasks', coalesce((
      select jsonb_agg(task)
      from public.study_plan p, jsonb_path_query(p.week_blocks, '$[*].tasks[*]') as task
      where p.user_id = (select auth.uid()) and p.archived_at is null
        and task ->> 'kind' = 'own' and task ->> 'completed' = 'false'
    ), '[]')
  )
$$;
comment on function public.plan_material is 'Documents by heading, decks, quizzes, measured topics and open own tasks.';
revoke all on function public.plan_material from public, anon;
grant execute on function public.plan_material to authenticated;
