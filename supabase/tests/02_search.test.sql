-- A small student beside a crowd: k hits of their own, and none for a stranger.
-- tests/db/search.test.ts holds the same for the embedded database.
begin;
create extension if not exists pgtap with schema extensions;
select plan(5);

insert into auth.users (id, email) values
  ('a0000000-0000-4000-8000-000000000001', 'owner@example.com'),
  ('a0000000-0000-4000-8000-000000000002', 'crowd@example.com');
insert into public.doc_source (id, user_id, title, status) values
  ('b0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000001', 'Own', 'ready'),
  ('b0000000-0000-4000-8000-000000000002', 'a0000000-0000-4000-8000-000000000002', 'Crowd', 'ready');
insert into public.doc_chunk (doc_id, user_id, ord, content, embedding)
select d.id, d.user_id, n, 'chunk ' || n, array_fill(0.1::real, array[1536])::extensions.vector
from public.doc_source d
cross join lateral generate_series(1, case d.title when 'Own' then 20 else 2000 end) as n
where d.id::text like 'b0000000%';
insert into public.chunk_lex (chunk_id, doc_id, user_id, weights)
select c.id, c.doc_id, c.user_id, '{7:1}/1000000000' from public.doc_chunk c where c.doc_id::text like 'b0000000%';

create function pg_temp.act_as(p_user uuid) returns void language plpgsql as $$
begin
  perform set_config('request.jwt.claims', json_build_object('sub', p_user, 'role', 'authenticated')::text, true);
  perform set_config('role', 'authenticated', true);
end $$;
create function pg_temp.hits(p_user uuid) returns int language sql as $$
  select count(*)::int from public.search_chunks(
    array_fill(0.1::real, array[1536])::extensions.vector, 0, 10, p_user)
$$;
create function pg_temp.hybrid_hits(p_user uuid) returns int language sql as $$
  select count(*)::int from public.search_chunks_hybrid(
    array_fill(0.1::real, array[1536])::extensions.vector, array[7], 10, p_user)
$$;

select is(
  (select df from public.lex_df where user_id = 'a0000000-0000-4000-8000-000000000001' and term = 0), 20,
  'the counter of chunks is kept'
);
select pg_temp.act_as('a0000000-0000-4000-8000-000000000001');
select is(pg_temp.hits('a0000000-0000-4000-8000-000000000001'), 10, 'ten hits by meaning');
select is(pg_temp.hybrid_hits('a0000000-0000-4000-8000-000000000001'), 10, 'ten hits by both');
select is(pg_temp.hits('a0000000-0000-4000-8000-000000000002'), 0, 'no hit of others by meaning');
select is(pg_temp.hybrid_hits('a0000000-0000-4000-8000-000000000002'), 0, 'no hit of others by both');

select * from finish();
rollback;
