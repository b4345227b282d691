-- Words as vectors: the BM25 weights of a chunk, and how many of a student's chunks hold each term.
--
-- chunk_lex stands apart from doc_chunk: the scan reads about 1 kB a chunk here instead of 7 kB, and a chunk of many
-- terms would not fit one page beside a plain vector. The 1e9 dimensions cost nothing, only terms present are stored.

-- A function of this file names a table of a later one; tests/db/catalog.test.ts checks the text of every function.
set check_function_bodies = off;

create table public.chunk_lex (
  chunk_id bigint primary key references public.doc_chunk on delete cascade,
  doc_id   uuid not null references public.doc_source on delete cascade,
  user_id  uuid not null default auth.uid() references auth.users on delete cascade,
  weights  extensions.sparsevec(1000000000) not null
);
comment on table public.chunk_lex is 'BM25 term weights of a chunk; deleted and inserted, never updated.';
alter table public.chunk_lex alter column weights set storage plain;
create index chunk_lex_user on public.chunk_lex (user_id);
create index chunk_lex_doc on public.chunk_lex (doc_id);

create table public.lex_df (
  user_id uuid not null default auth.uid() references auth.users on delete cascade,
  term    int not null,
  df      int not null,
  primary key (user_id, term)
) with (fillfactor = 80);
comment on table public.lex_df is 'In how many chunks of a student a term stands. Term 0 counts the chunks.';

revoke all on public.chunk_lex from public, anon, authenticated;
grant all on public.chunk_lex to service_role;
alter table public.chunk_lex enable row level security;
create policy "a student reads their term weights" on public.chunk_lex
  for select to authenticated using (user_id = (select auth.uid()));
revoke all on public.lex_df from public, anon, authenticated;
grant all on public.lex_df to service_role;
alter table public.lex_df enable row level security;
create policy "a student reads their term counts" on public.lex_df
  for select to authenticated using (user_id = (select auth.uid()));
revoke all on public.chunk_lex, public.lex_df from service_role;
grant select on public.chunk_lex, public.lex_df to authenticated;
grant select, insert, delete on public.chunk_lex to service_role;
grant select on public.lex_df to service_role;

-- Definer: the counters are derived, so no role may write them by hand, not even the service.
create function private.count_terms() returns trigger
language plpgsql security definer
set search_path = ''
as $$
declare
  owner uuid;
begin
  -- One writer per student at a time, in one order: two readings cannot deadlock on the counters.
  for owner in select distinct c.user_id from changed c order by 1 loop
    perform pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended('lex_df:' || owner::text, 0));
  end loop;

  if tg_op = 'INSERT' then
    insert into public.lex_df as l (user_id, term, df)
    select c.user_id, t.term, count(*)
    from changed c cross join lateral private.terms_of(c.weights::text) t(term)
    group by 1, 2
    on conflict (user_id, term) do update set df = l.df + excluded.df;
  else
    with gone as (
      select c.user_id, t.term, count(*) as n
      from changed c cross join lateral private.terms_of(c.weights::text) t(term)
      group by 1, 2
    ), reduced as (
      update public.lex_df l set df = l.df - gone.n from gone
      where l.user_id = gone.user_id and l.term = gone.term and l.df > gone.n
      returning l.user_id, l.term
    )
    delete from public.lex_df l using gone
    where l.user_id = gone.user_id and l.term = gone.term
      and not exists (select 1 from reduced r where r.user_id = gone.user_id and r.term = gone.term);
  end if;
  return null;
end
$$;

-- The terms of a sparse vector in its text form '{id:weight,…}/dimensions', and 0 for the chunk itself.
create function private.terms_of(weights text) returns setof int
language sql immutable
set search_path = ''
as $$
  select 0
  union all
  select split_part(pair, ':', 1)::int
  from string_to_table(btrim(split_part(weights, '/', 1), '{}'), ',') as pair
  where pair <> ''
$$;

create trigger chunk_lex_added after insert on public.chunk_lex
  referencing new table as changed for each statement execute function private.count_terms();
create trigger chunk_lex_removed after delete on public.chunk_lex
  referencing old table as changed for each statement execute function private.count_terms();

-- Who keeps very much: the comparison of every vector would take a tenth of a second for 50,000 chunks. Each vector has a
-- code of 3,072 bits beside it, each number of the unit vector above -0.45 and 0.45 of its mean size or not: a sixteenth of
-- its length, compared by counting the bits in which two differ. The nearest codes are a wide choice; the vectors decide.
create table public.chunk_code (
  chunk_id bigint primary key references public.doc_chunk on delete cascade,
  doc_id   uuid not null references public.doc_source on delete cascade,
  user_id  uuid not null default auth.uid() references auth.users on delete cascade,
  code     bit(3072) not null
);
comment on table public.chunk_code is 'A short code of a chunk''s vector; follows doc_chunk by itself.';
alter table public.chunk_code alter column code set storage plain;
-- With all that a search reads: going through the rows of the table as well costs as much as the comparison.
create index chunk_code_user on public.chunk_code (user_id) include (chunk_id, doc_id, code);
create index chunk_code_doc on public.chunk_code (doc_id);

revoke all on public.chunk_code from public, anon, authenticated, service_role;
grant select on public.chunk_code to authenticated;
grant select, insert, delete on public.chunk_code to service_role;
alter table public.chunk_code enable row level security;
create policy "a student reads the codes of their chunks" on public.chunk_code
  for select to authenticated using (user_id = (select auth.uid()));

-- In a language that keeps its plan, as all that a search calls: one that is planned at each call costs a millisecond.
create function private.vector_code(p_vector extensions.vector) returns bit(3072)
language plpgsql immutable security invoker
set search_path = ''
as $$
declare
  unit constant extensions.vector := extensions.l2_normalize(p_vector);
  step constant extensions.vector := array_fill((0.45 / sqrt(1536))::real, array[1536])::extensions.vector;
begin
  return (extensions.binary_quantize(unit operator(extensions.+) step)
    || extensions.binary_quantize(unit operator(extensions.-) step))::bit(3072);
end
$$;
comment on function private.vector_code is 'The code of a vector: as near as the vectors are, as few bits differ.';

-- Definer: the codes are derived, no role writes them by hand.
create function private.code_chunks() returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  insert into public.chunk_code (chunk_id, doc_id, user_id, code)
  select c.id, c.doc_id, c.user_id, private.vector_code(c.embedding)
  from added c where c.embedding is not null;
  return null;
end
$$;
-- For a kept database whose chunks are older than their codes.
create function private.derive_missing() returns void
language sql volatile security invoker
set search_path = ''
as $$
  insert into public.chunk_code (chunk_id, doc_id, user_id, code)
  select c.id, c.doc_id, c.user_id, private.vector_code(c.embedding)
  from public.doc_chunk c where c.embedding is not null
  on conflict (chunk_id) do nothing;
  -- Conversations from before a message said what it follows were one way each.
  update public.message m set parent_id = o.before
  from (
    select id, lag(id) over way as before, count(parent_id) over (partition by thread_id) as told
    from public.message window way as (partition by thread_id order by seq)
  ) o
  where o.id = m.id and o.told = 0 and o.before is not null
$$;
comment on function private.derive_missing is 'Works out what a database of earlier migrations does not hold yet.';
create trigger doc_chunk_coded after insert on public.doc_chunk referencing new table as added
  for each statement execute function private.code_chunks();

-- What a search leaves out: documents that were never published, and what was attached to another conversation. As a list
-- rather than a join: on tables without statistics the join became a nested loop over every chunk.
create function private.hidden_documents(p_user_id uuid, p_thread_id uuid default null) returns setof uuid
language plpgsql stable security invoker
set search_path = ''
as $$
begin
  return query
  select d.id from public.doc_source d
  where d.user_id = p_user_id and ((d.status <> 'ready' and d.chunk_count = 0)
    or (d.source_type = 'attachment'
      and (d.thread_id is distinct from p_thread_id or d.id in (select private.left_attachments(p_thread_id)))));
end
$$;
comment on function private.hidden_documents is 'The documents of a student that a search in a conversation leaves out.';

-- The nearest chunks of a student. Up to 5,000 of them every vector is compared. Beyond that only those of the nearest codes
-- are; when the first ten do not come from the beginning of that choice, the codes tell too little about these vectors, or
-- most of them are of another model, and all are compared after all.
-- A document that is read again answers from its last published chunks.
-- This and what calls it keep one plan, by the student's index: to plan each call costs two milliseconds, and half of a small
-- database being one student's is no reason to read the other half.
create function private.nearest_chunks(
  p_query extensions.vector, p_count int, p_user_id uuid, p_doc_ids uuid[] default null, p_model text default null,
  p_thread_id uuid default null
) returns table (chunk_id bigint, distance float)
language plpgsql stable security invoker
set search_path = ''
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
as $$
#variable_conflict use_column
declare
  choice constant int := greatest(600, 8 * p_count);
  -- Null where there are none, which is most often and costs no look at any row.
  hidden constant uuid[] := nullif(array(select private.hidden_documents(p_user_id, p_thread_id)), '{}');
  query_code bit(3072);
  ids        bigint[];
  distances  float[];
  found      int;
  latest     int;
  middle     float;
begin
  if (select l.df from public.lex_df l where l.user_id = p_user_id and l.term = 0) > 5000 then
    query_code := private.vector_code(p_query);
    with chosen as materialized (
      select n.ranked & 1099511627775 as chunk_id, row_number() over (order by n.ranked) as place from (
        -- The bits that differ and the id in one number: what is ordered by numbers alone is never copied.
        select ((k.code operator(extensions.<~>) query_code)::bigint << 40) | k.chunk_id as ranked
        from public.chunk_code k
        where k.user_id = p_user_id
          and (p_doc_ids is null or k.doc_id = any (p_doc_ids))
          and (hidden is null or k.doc_id <> all (hidden))
        order by 1
        limit choice
      ) n
    ), compared as materialized (
      -- The limit keeps the look-up on the primary key, with or without statistics.
      select c.id, n.place, c.embedding operator(extensions.<=>) p_query as distance
      from chosen n cross join lateral (select k.* from public.doc_chunk k where k.id = n.chunk_id limit 1) c
      where p_model is null or c.embedding_model = p_model
    ), nearest as materialized (
      select t.* from compared t order by t.distance, t.id limit p_count
    ), first_ten as (
      select t.place from nearest t order by t.distance, t.id limit 10
    )
    select array_agg(t.id order by t.distance, t.id), array_agg(t.distance order by t.distance, t.id),
      (select count(*) from compared), (select max(f.place) from first_ten f), (select avg(f.place) from first_ten f)
    into ids, distances, found, latest, middle
    from nearest t;
    if found >= 0.9 * choice and latest <= 0.4 * choice and middle <= 0.1 * choice then
      return query select * from unnest(ids, distances);
      return;
    end if;
  end if;
  return query
  select c.id, c.embedding operator(extensions.<=>) p_query
  from public.doc_chunk c
  where c.user_id = p_user_id
    and c.embedding is not null
    -- Vectors of two models do not compare: after a change of model the words carry the older documents.
    and (p_model is null or c.embedding_model = p_model)
    and (p_doc_ids is null or c.doc_id = any (p_doc_ids))
    and (hidden is null or c.doc_id <> all (hidden))
  order by 2, 1
  limit p_count;
end
$$;
comment on function private.nearest_chunks is 'The nearest chunks of a student by cosine, the nearest first.';

-- Search by meaning. The signature is a contract with every client.
--
-- The student's rows come first: an approximate index under row level security returned nothing at all to a small student
-- among thousands of others' rows. p_user_id only narrows. It never widens, because the function runs with the caller's
-- rights and a stranger's rows are not there for it.
create function public.search_chunks(
  query_embedding extensions.vector(1536),
  match_threshold float,
  match_count     int,
  p_user_id       uuid
)
returns table (doc_id uuid, ord int, content text, metadata jsonb, similarity float)
language plpgsql stable security invoker
set search_path = ''
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
as $$
#variable_conflict use_column
begin
  return query
  select c.doc_id, c.ord, c.content, c.metadata, 1 - n.distance
  from private.nearest_chunks(query_embedding, least(greatest(coalesce(match_count, 10), 0), 200), p_user_id) n
  cross join lateral (select k.* from public.doc_chunk k where k.id = n.chunk_id limit 1) c
  where 1 - n.distance > coalesce(match_threshold, -1)
  order by n.distance, c.id;
end
$$;
comment on function public.search_chunks is 'The nearest chunks of a student by cosine similarity.';

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
  p_embedding_model text default null,
  -- The conversation it is looked for in: what was attached there is found as well.
  p_thread_id       uuid default null,
  -- Meaning counts for chunks more like the question than this, as in search_chunks; words count for any.
  p_match_threshold float default -1
)
returns table (
  chunk_id bigint, doc_id uuid, ord int, content text, metadata jsonb,
  similarity float, lexical_score float, score float, term_idf real[],
  chunk_count int, title text, course text, locator text, page_count int, account jsonb
)
language plpgsql stable security invoker
set search_path = ''
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
as $$
#variable_conflict use_column
declare
  depth constant int := 60; -- candidates of each half, and the constant of the reciprocal rank fusion
  hidden constant uuid[] := nullif(array(select private.hidden_documents(p_user_id, p_thread_id)), '{}');
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
  with worded as materialized (
    select n.ranked & 68719476735 as chunk_id from (
      -- In ten-thousandths before the id, as the nearest codes are ordered. The question comes first: beyond its last term
      -- nothing of a chunk is looked at.
      select (((query operator(extensions.<#>) x.weights) * 10000)::bigint << 36) | x.chunk_id as ranked
      from public.chunk_lex x
      where query is not null and lexical_weight > 0
        and x.user_id = p_user_id
        and (p_doc_ids is null or x.doc_id = any (p_doc_ids))
        and (hidden is null or x.doc_id <> all (hidden))
      order by 1
      limit depth
    ) n
  ), by_words as materialized (
    select l.chunk_id, -(l.weights operator(extensions.<#>) query) as bm25
    from worded n cross join lateral (
      select x.chunk_id, x.weights from public.chunk_lex x where x.chunk_id = n.chunk_id limit 1
    ) l
  ), by_meaning as materialized (
    select n.chunk_id, n.distance
    from private.nearest_chunks(query_embedding, depth, p_user_id, p_doc_ids, p_embedding_model, p_thread_id) n
    where query_embedding is not null and dense_weight > 0
      and 1 - n.distance > coalesce(p_match_threshold, -1)
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
    total, d.title, d.course, d.locator, d.page_count, d.account
  from fused f
  -- The limits keep both look-ups on the primary keys: without statistics a plain join reads every chunk.
  cross join lateral (select k.* from public.doc_chunk k where k.id = f.chunk_id limit 1) c
  cross join lateral (select s.* from public.doc_source s where s.id = c.doc_id limit 1) d
  order by f.total_part desc, c.id;
end
$$;
comment on function public.search_chunks_hybrid is
  'The best chunks of a student by words and meaning. Nullable: similarity, lexical_score, course, page_count.';

-- Which of some terms stand in the student's chunks, and in how many: a word that stands in none is mended to one that does.
create function public.known_terms(p_terms int[], p_user_id uuid)
returns table (term int, df int)
language sql stable security invoker
set search_path = ''
as $$
  select l.term, l.df from public.lex_df l
  where l.user_id = p_user_id and l.term = any (p_terms) and l.term > 0
$$;

-- Passages for a quiz on everything, or on whole documents: evenly spread over the documents and their length, so that
-- two questions rarely come from one section. p_offset in [0, 1) moves the choice, so that the next quiz differs.
create function public.spread_chunks(
  p_sources jsonb, p_count int, p_offset float default 0, p_thread_id uuid default null
)
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
      and c.doc_id not in (select private.hidden_documents((select auth.uid()), p_thread_id))
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

-- Whoever may call what is above; everybody else is turned away.
grant execute on function
  private.vector_code, private.hidden_documents, private.nearest_chunks, public.search_chunks, public.search_chunks_hybrid, public.known_terms to authenticated, service_role;
grant execute on function public.spread_chunks to authenticated;
revoke all on all routines in schema public, private from public;
