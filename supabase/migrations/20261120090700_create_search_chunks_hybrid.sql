-- Search by words and meaning together, in one round trip: BM25 over the stored term weights, fused by reciprocal
-- rank with the nearest vectors. A null embedding ranks by words alone, an empty array of terms by meaning alone.
--
-- similarity    cosine to the query (null without an embedding)
-- lexical_score BM25; null for a chunk that only its meaning found
-- score         the fused score; rows come in its order
-- term_idf      rarity of each query term among the student's chunks, at its position (0: in no chunk)
-- chunk_count   how many chunks the student has

create function public.search_chunks_hybrid(
  query_embedding   extensions.vector(1536),
  query_terms       int[],
  match_count       int,
  p_user_id         uuid,
  dense_weight      float default 1,
  lexical_weight    float default 1,
  p_doc_ids         uuid[] default null,
  p_embedding_model text default null
)
returns table (
  chunk_id bigint, doc_id uuid, ord int, content text, metadata jsonb,
  similarity float, lexical_score float, score float, term_idf real[],
  chunk_count int, title text, course text, locator text, page_count int
)
language plpgsql stable security invoker
set search_path = ''
as $$
#variable_conflict use_column
declare
  depth constant int := 60; -- candidates of each half, and the constant of the reciprocal rank fusion
  total int;
  idf   real[];
  query extensions.sparsevec;
begin
  select coalesce(max(l.df), 0) into total
  from public.lex_df l where l.user_id = p_user_id and l.term = 0;

  -- The lateral limit keeps each look-up on the primary key, with or without statistics.
  with asked as (
    select t.term, t.pos,
      -- Term 0 is the counter of chunks, not a word.
      case when l.df is null or t.term <= 0 then 0 else ln(1 + (total - l.df + 0.5) / (l.df + 0.5)) end::real as weight
    from unnest(query_terms) with ordinality as t(term, pos)
    left join lateral (
      select k.df from public.lex_df k where k.user_id = p_user_id and k.term = t.term limit 1
    ) l on true
  )
  select
    array_agg(a.weight order by a.pos),
    (
      select ('{' || string_agg(u.term || ':' || u.weight, ',' order by u.term) || '}/1000000000')::extensions.sparsevec
      from (select distinct on (b.term) b.term, b.weight from asked b where b.weight > 0 order by b.term) u
    )
  into idf, query
  from asked a;

  return query
  with by_words as materialized (
    select x.chunk_id, -(x.weights operator(extensions.<#>) query) as bm25
    from public.chunk_lex x
    where query is not null and lexical_weight > 0
      and x.user_id = p_user_id
      and (p_doc_ids is null or x.doc_id = any (p_doc_ids))
      and x.doc_id not in (
        select d.id from public.doc_source d where d.user_id = p_user_id and d.status <> 'ready' and d.chunk_count = 0
      )
    order by x.weights operator(extensions.<#>) query
    limit depth
  ), by_meaning as materialized (
    select c.id as chunk_id, c.embedding operator(extensions.<=>) query_embedding as distance
    from public.doc_chunk c
    where query_embedding is not null and dense_weight > 0
      and c.embedding is not null
      and c.user_id = p_user_id
      -- Vectors of two models do not compare: after a change of model the words carry the older documents.
      and (p_embedding_model is null or c.embedding_model = p_embedding_model)
      and (p_doc_ids is null or c.doc_id = any (p_doc_ids))
      and c.doc_id not in (
        select d.id from public.doc_source d where d.user_id = p_user_id and d.status <> 'ready' and d.chunk_count = 0
      )
    order by c.embedding operator(extensions.<=>) query_embedding
    limit depth
  ), ranked as (
    select w.chunk_id, lexical_weight / (depth + row_number() over (order by w.bm25 desc, w.chunk_id)) as part,
      w.bm25
    from by_words w where w.bm25 > 0
    union all
    select m.chunk_id, dense_weight / (depth + row_number() over (order by m.distance, m.chunk_id)), null
    from by_meaning m
  ), fused as (
    select r.chunk_id, sum(r.part) as total_part, max(r.bm25) as bm25
    from ranked r
    group by r.chunk_id
    order by 2 desc, 1
    limit least(greatest(coalesce(match_count, 10), 0), 100)
  )
  select c.id, c.doc_id, c.ord, c.content, c.metadata,
    1 - (c.embedding operator(extensions.<=>) query_embedding),
    f.bm25::float, f.total_part::float, idf,
    total, d.title, d.course, d.locator, d.page_count
  from fused f
  -- The limits keep both look-ups on the primary keys: without statistics a plain join reads every chunk.
  cross join lateral (select k.* from public.doc_chunk k where k.id = f.chunk_id limit 1) c
  cross join lateral (select s.* from public.doc_source s where s.id = c.doc_id limit 1) d
  order by f.total_part desc, c.id;
end
$$;
comment on function public.search_chunks_hybrid is
  'The best chunks of a student by words and meaning. Nullable: similarity, lexical_score, course, page_count.';

revoke all on function public.search_chunks_hybrid from public, anon;
grant execute on function public.search_chunks_hybrid to authenticated, service_role;
