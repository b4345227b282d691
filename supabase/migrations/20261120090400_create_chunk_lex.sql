-- Words as vectors: the BM25 weights of a chunk, and how many of a student's chunks hold each term.
--
-- chunk_lex stands apart from doc_chunk: the scan reads about 1 kB a chunk here instead of 7 kB, and a chunk of many
-- terms would not fit one page beside a plain vector. The 1e9 dimensions cost nothing, only terms present are stored.

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

revoke all on public.chunk_lex, public.lex_df from public, anon, authenticated, service_role;
grant select on public.chunk_lex, public.lex_df to authenticated;
grant select, insert, delete on public.chunk_lex to service_role;
grant select on public.lex_df to service_role;

alter table public.chunk_lex enable row level security;
create policy "a student reads their term weights" on public.chunk_lex
  for select to authenticated using (user_id = (select auth.uid()));

alter table public.lex_df enable row level security;
create policy "a student reads their term counts" on public.lex_df
  for select to authenticated using (user_id = (select auth.uid()));

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
revoke all on function private.count_terms(), private.terms_of(text) from public;

create trigger chunk_lex_added after insert on public.chunk_lex
  referencing new table as changed for each statement execute function private.count_terms();
create trigger chunk_lex_removed after delete on public.chunk_lex
  referencing old table as changed for each statement execute function private.count_terms();
