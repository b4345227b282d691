-- The rules of rights and policies as the catalog shows them. Runs with `supabase test db` where Docker is, and on the
-- embedded database by tests/db/pgtap.test.ts; tests/db/catalog.test.ts has the other rules.
begin;
create extension if not exists pgtap with schema extensions;
select plan(8);

select is_empty(
  $$ select relname from pg_class
     where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relrowsecurity $$,
  'every public table has row level security'
);

select is_empty(
  $$ select table_name, privilege_type from information_schema.role_table_grants
     where table_schema = 'public' and grantee in ('anon', 'PUBLIC')
     union all
     select table_name, column_name from information_schema.column_privileges
     where table_schema = 'public' and grantee in ('anon', 'PUBLIC') $$,
  'nobody who is not signed in has a right on a table or a column'
);

select is_empty(
  $$ select p.oid::regprocedure from pg_proc p
     where p.pronamespace in ('public'::regnamespace, 'private'::regnamespace)
       and has_function_privilege('anon', p.oid, 'execute') and p.proname not in ('shared_thread', 'erasure_receipt') $$,
  'nobody who is not signed in may call a function but those that open a shared link and a receipt'
);

select is_empty(
  $$ select c.relname, v.verb
     from pg_class c cross join (values ('SELECT'), ('INSERT'), ('UPDATE'), ('DELETE')) as v(verb)
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
       and (select count(*) from pg_policies p
            where p.schemaname = 'public' and p.tablename = c.relname and p.cmd = v.verb)
         <> case when has_table_privilege('authenticated', c.oid, v.verb)
              or (v.verb <> 'DELETE' and has_any_column_privilege('authenticated', c.oid, v.verb))
              then 1 else 0 end $$,
  'there is one policy for each verb that is granted'
);

-- Row level security is on, and there is no policy on purpose.
select is_empty(
  $$ select c.relname, v.verb
     from pg_class c cross join (values ('SELECT'), ('INSERT'), ('UPDATE'), ('DELETE')) as v(verb)
     where c.relnamespace = 'public'::regnamespace
       and c.relname in ('doc_chunk_draft', 'doc_embedding_draft', 'doc_page_draft')
       and (has_table_privilege('authenticated', c.oid, v.verb)
         or (v.verb <> 'DELETE' and has_any_column_privilege('authenticated', c.oid, v.verb))) $$,
  'drafts are for the service alone'
);

select is_empty(
  $$ select tablename, policyname from pg_policies
     where (schemaname = 'public' or (schemaname = 'storage' and tablename = 'objects')) and (
       roles <> '{authenticated}' or cmd = 'ALL' or permissive <> 'PERMISSIVE'
       or (cmd in ('INSERT', 'UPDATE') and with_check is null)) $$,
  'policies are for signed-in students, one verb each, and check what is written'
);

select is_empty(
  $$ select p.oid::regprocedure from pg_proc p
     where p.pronamespace = 'public'::regnamespace and p.prosecdef $$,
  'public functions run as their caller'
);

select is_empty(
  $$ select p.oid::regprocedure from pg_proc p
     where p.pronamespace in ('public'::regnamespace, 'private'::regnamespace)
       and not coalesce('search_path=""' = any (p.proconfig), false) $$,
  'functions have a fixed search path'
);

select * from finish();
rollback;
