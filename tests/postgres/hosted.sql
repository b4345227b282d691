-- What a hosted project has beside the schemas: a `postgres` that is no superuser, and a door with a time limit.

do $$
begin
  if not exists (select 1 from pg_roles where rolname = 'postgres') then
    create role postgres login createrole createdb replication bypassrls;
  end if;
end
$$;
alter role postgres login nosuperuser createrole createdb replication bypassrls;
alter role authenticator login noinherit;
alter role authenticator set statement_timeout = '8s';
alter role authenticator set lock_timeout = '8s';

grant anon, authenticated, service_role to postgres with admin option;
grant set on parameter session_replication_role to postgres;
do $$ begin execute format('grant create, connect, temporary on database %I to postgres', current_database()); end $$;
grant all on schema public, extensions to postgres with grant option;
alter schema public owner to postgres;
grant usage on schema auth, storage, realtime to postgres with grant option;
grant all on all tables in schema auth, storage, realtime to postgres with grant option;
grant all on all routines in schema auth, storage, realtime, extensions to postgres with grant option;
-- The platform lets `postgres` write policies and triggers on these without owning them; only ownership does that here.
alter table storage.objects owner to postgres;
alter table storage.buckets owner to postgres;
alter table realtime.messages owner to postgres;
alter table auth.users owner to postgres;
alter publication supabase_realtime owner to postgres;
alter default privileges for role postgres in schema public grant all on tables to anon, authenticated, service_role;
alter default privileges for role postgres in schema public grant all on sequences to anon, authenticated, service_role;
alter default privileges for role postgres in schema public grant all on functions to anon, authenticated, service_role;

-- `postgres` may create these there; without that privilege a superuser has to.
create extension if not exists vector with schema extensions;
create extension if not exists pg_trgm with schema extensions;
create extension if not exists pgtap with schema extensions;
