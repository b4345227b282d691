-- What every later file stands on: the vector types, a schema that the Data API never exposes, and the rights with
-- which a new object starts.
--
-- `private` holds the few functions that must run with their owner's rights. PostgREST exposes `public` only, so
-- nothing in `private` can be called over HTTP; each one says why it cannot run as the student.

create schema if not exists extensions;
create extension if not exists vector with schema extensions;
create extension if not exists pgcrypto with schema extensions;

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

revoke all on all functions in schema public, private from public;
