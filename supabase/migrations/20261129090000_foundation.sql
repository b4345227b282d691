-- What every later file stands on: the vector types, a schema that the Data API never exposes, and the rights with
-- which a new object starts.
--
-- `private` holds the few functions that must run with their owner's rights. PostgREST exposes `public` only, so
-- nothing in `private` can be called over HTTP; each one says why it cannot run as the student.

create schema if not exists extensions;
create extension if not exists vector with schema extensions;
-- A guide may have had it made in `public` before, where nothing here would find it.
do $$
begin
  if exists (
    select 1 from pg_catalog.pg_extension e
    where e.extname = 'vector' and e.extnamespace <> 'extensions'::regnamespace
  ) then
    alter extension vector set schema extensions;
  end if;
exception when insufficient_privilege then
  raise exception 'the extension vector stands in another schema; run as its owner: alter extension vector set schema extensions';
end
$$;
create extension if not exists pgcrypto with schema extensions;
create extension if not exists pg_trgm with schema extensions;

create schema private;
revoke all on schema private from public;
grant usage on schema private to authenticated, service_role;

-- The platform grants everything on new objects to the API roles. Here a table starts closed and each migration
-- states what it opens. Postgres lets everybody call a new function; each file takes that back in its last line.
alter default privileges in schema public revoke all on tables from anon, authenticated;
alter default privileges in schema public revoke all on sequences from anon, authenticated;
alter default privileges in schema public revoke all on functions from anon, authenticated;

create function private.touch_updated_at() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  new.updated_at := pg_catalog.clock_timestamp();
  return new;
end
$$;
comment on function private.touch_updated_at() is 'Keeps updated_at true whoever writes the row.';

-- Bounds of what a student may write stand in the table, for the Data API is open to them as well as the app.
create function private.texts_fit(p_texts text[], p_most int, p_characters int) returns boolean
language sql immutable security invoker
set search_path = ''
as $$
  select p_texts is null or (cardinality(p_texts) <= p_most and coalesce(array_ndims(p_texts), 1) = 1
    and not exists (select 1 from unnest(p_texts) as one where char_length(one) > p_characters or one is null))
$$;
comment on function private.texts_fit is 'Whether a list is short, and so is every text in it.';
grant execute on function private.texts_fit to authenticated, service_role;

-- How many rows one student (or one conversation) may have: bound_rows(most, column). One count for each statement, which
-- stops at the limit. Small statements far below it take no lock, so that nothing of every day waits; the others of one
-- owner take turns, or many at once would each find room.
--
-- Definer: the count asks for one owner by itself; row security would ask it again of each row, and takes twice as long.
create function private.bound_rows() returns trigger
language plpgsql security definer
set search_path = ''
as $$
declare
  most   int := tg_argv[0];
  owner  record;
  there  int;
  counts text := format('select count(*) from (select 1 from %I.%I where %I = $1 limit $2) as held',
    tg_table_schema, tg_table_name, tg_argv[1]);
begin
  for owner in execute format('select %I as id, count(*) as added from added group by 1', tg_argv[1]) loop
    execute counts into there using owner.id, most + 1;
    if owner.added > 20 or there > most / 2 then
      perform pg_advisory_xact_lock(hashtextextended(tg_table_name || ' rows ' || owner.id, 0));
      execute counts into there using owner.id, most + 1;
    end if;
    if there > most then
      raise exception 'no more than % of these can be kept; remove some first', most using errcode = 'PT422';
    end if;
  end loop;
  return null;
end
$$;
comment on function private.bound_rows() is 'Refuses the statement that would give one owner too many rows.';

-- A function that runs with its owner's rights asks this before it touches a student's rows. The service has no student.
create function private.acts_for(p_user_id uuid) returns boolean
language sql stable security invoker
set search_path = ''
as $$ select coalesce((select auth.uid()) = p_user_id, (select auth.uid()) is null and p_user_id is not null) $$;
comment on function private.acts_for is 'Whether the caller is this student, or the service.';

-- By the claims that only the service key can write; the student's own `user_metadata` is never asked.
create function private.has_role(p_role text) returns boolean
language sql stable security invoker
set search_path = ''
as $$
  select coalesce(array_position(array['student', 'internal', 'admin'], (select auth.jwt()) #>> '{app_metadata,role}')
    >= array_position(array['student', 'internal', 'admin'], p_role), p_role = 'student' and (select auth.uid()) is not null)
$$;
comment on function private.has_role is 'Whether the caller''s account has this role or one above it.';
grant execute on function private.has_role to authenticated, service_role;

-- A token is good by its signature until it ends, also after its student signed out or changed the password elsewhere.
-- Definer: students may not read the sessions of Auth; this looks up the caller's own and says yes or no.
create function private.session_is_open() returns boolean
language sql stable security definer
set search_path = ''
as $$
  select exists (
    select from auth.sessions s
    where s.id = ((select auth.jwt()) ->> 'session_id')::uuid and s.user_id = (select auth.uid())
  )
$$;
grant execute on function private.session_is_open to authenticated;

create function public.session_is_open() returns boolean
language sql stable security invoker
set search_path = ''
as $$ select private.session_is_open() $$;
comment on function public.session_is_open is 'Whether the session that the caller''s token belongs to was not ended meanwhile.';
grant execute on function public.session_is_open to authenticated;

-- Whoever writes several rows that belong together takes a student's turn first, one for each room of the product, and no
-- row before it: two tabs then wait for each other in a line and never in a circle. Jobs are nobody's student; they leave
-- out the rows that somebody holds, or take them in one order.
create function private.in_turn(p_room text) returns void
language sql volatile security invoker
set search_path = ''
as $$ select pg_advisory_xact_lock(hashtextextended(p_room || ':' || (select auth.uid())::text, 0)) $$;
comment on function private.in_turn is 'Waits until no other transaction of this student is at work in a room.';
grant execute on function private.in_turn to authenticated, service_role;

create function private.take_turn() returns trigger
language plpgsql security invoker
set search_path = ''
as $$
begin
  perform private.in_turn(tg_argv[0]);
  return null;
end
$$;
comment on function private.take_turn() is 'The same for whoever writes past the functions: for each statement, before its first row.';

revoke all on all routines in schema public, private from public;
