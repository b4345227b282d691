-- Search by meaning. The signature is a contract with every client.
--
-- The scan is exact and takes the student's rows first: an approximate index under row level security returned
-- nothing at all to a small student among thousands of others' rows. p_user_id only narrows. It never widens,
-- because the function runs with the caller's rights and a stranger's rows are not there for it.

create function public.search_chunks(
  query_embedding extensions.vector(1536),
  match_threshold float,
  match_count     int,
  p_user_id       uuid
)
returns table (doc_id uuid, ord int, content text, metadata jsonb, similarity float)
language plpgsql stable security invoker
set search_path = ''
as $$
#variable_conflict use_column
begin
  -- What was never published is left out; a document that is read again answers from its last published chunks.
  -- `not in (…)` rather than a join: on tables without statistics the join became a nested loop over
  -- every chunk, while this is always one hashed look-up.
  return query
  with nearest as materialized (
    select c.id, c.embedding operator(extensions.<=>) query_embedding as distance
    from public.doc_chunk c
    where c.user_id = p_user_id
      and c.embedding is not null
      and c.doc_id not in (
        select d.id from public.doc_source d where d.user_id = p_user_id and d.status <> 'ready' and d.chunk_count = 0
      )
    order by 2, 1
    limit least(greatest(coalesce(match_count, 10), 0), 200)
  )
  select c.doc_id, c.ord, c.content, c.metadata, 1 - n.distance
  from nearest n join public.doc_chunk c on c.id = n.id
  where 1 - n.distance > coalesce(match_threshold, -1)
  order by n.distance, c.id;
end
$$;
comment on function public.search_chunks is 'The nearest chunks of a student by cosine similarity, exact.';

revoke all on function public.search_chunks from public, anon;
grant execute on function public.search_chunks to authenticated, service_role;
