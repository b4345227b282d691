-- What the command menu looks through: everything of the student's that has a name, in one round trip.

create function public.find_anything(p_query text, p_limit int default 12)
returns table (kind text, id uuid, title text, detail text)
language sql stable security invoker
set search_path = ''
as $$
  with asked as (
    select '%' || replace(replace(replace(btrim(p_query), '\', '\\'), '%', '\%'), '_', '\_') || '%' as pattern,
      btrim(p_query) as words
  ), named as (
    select 'document' as kind, d.id, d.title, d.course as detail, d.created_at as used_at from public.doc_source d
    where d.user_id = (select auth.uid())
    union all
    select 'thread', t.id, t.title, null, t.updated_at from public.thread t
    where t.user_id = (select auth.uid()) and t.title is not null
    union all
    select 'quiz', q.id, q.topic, q.difficulty, q.created_at from public.quiz q
    where q.user_id = (select auth.uid())
    union all
    select 'deck', k.id, k.name, null, k.created_at from public.deck k
    where k.user_id = (select auth.uid())
  )
  select n.kind, n.id, n.title, n.detail
  from named n, asked a
  where a.words <> '' and (n.title ilike a.pattern or n.detail ilike a.pattern)
  order by (n.title ilike a.words || '%') desc, n.used_at desc
  limit least(greatest(coalesce(p_limit, 12), 1), 50)
$$;
comment on function public.find_anything is 'The student''s documents, conversations, quizzes and decks by name.';
revoke all on function public.find_anything from public, anon;
grant execute on function public.find_anything to authenticated;
