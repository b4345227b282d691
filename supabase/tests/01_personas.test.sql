-- Owner, stranger, anonymous and service, tried on the tables and calls where a mistake would cost most.
-- tests/db/personas.test.ts does it for every table on the embedded database.
begin;
create extension if not exists pgtap with schema extensions;
select plan(15);

insert into auth.users (id, email) values
  ('a0000000-0000-4000-8000-000000000001', 'owner@example.com'),
  ('a0000000-0000-4000-8000-000000000002', 'stranger@example.com');

create function pg_temp.act_as(p_user uuid, p_role text) returns void language plpgsql as $$
begin
  perform set_config('request.jwt.claims', json_build_object('sub', p_user, 'role', p_role)::text, true);
  perform set_config('role', p_role, true);
end $$;

select is(
  (select count(*)::int from public.profile where user_id in
    ('a0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000002')),
  2, 'an account comes with its profile'
);

select pg_temp.act_as('a0000000-0000-4000-8000-000000000001', 'authenticated');
select lives_ok(
  $$ insert into public.doc_source (id, title) values ('b0000000-0000-4000-8000-000000000001', 'Notes') $$,
  'a student adds a document'
);
select throws_ok(
  $$ update public.doc_source set status = 'ready' $$, '42501', null, 'and cannot call it ready'
);
select throws_ok(
  $$ insert into public.doc_source (title, file_path) values ('A', 'x/y/original.pdf') $$, '23514', null,
  'nor point it at a file that is not theirs'
);
select lives_ok($$ select public.begin_turn(null, 'hello', 10) $$, 'a student asks');
select throws_ok(
  $$ select public.begin_turn((select id from public.thread), 'again', 10) $$, 'PT409', null,
  'and waits for the answer before asking again'
);
select throws_ok(
  $$ select public.publish_document('b0000000-0000-4000-8000-000000000001', '') $$, '42501', null,
  'only the service publishes'
);

select pg_temp.act_as('a0000000-0000-4000-8000-000000000002', 'authenticated');
select is_empty($$ select 1 from public.doc_source $$, 'a stranger sees no document');
select is_empty($$ select 1 from public.message $$, 'a stranger sees no message');
select is_empty(
  $$ update public.doc_source set title = 'Mine' returning 1 $$, 'a stranger changes no document'
);
select throws_ok(
  $$ insert into public.thread (user_id) values ('a0000000-0000-4000-8000-000000000001') $$, '42501', null,
  'a stranger makes nothing in another name'
);
select throws_ok(
  $$ insert into storage.objects (bucket_id, name)
     values ('documents', 'a0000000-0000-4000-8000-000000000001/x/original.pdf') $$, '42501', null,
  'a stranger puts no file into another folder'
);

select pg_temp.act_as(null, 'anon');
select throws_ok($$ select 1 from public.doc_source $$, '42501', null, 'nobody signed in, nothing seen');

select pg_temp.act_as(null, 'service_role');
select throws_ok(
  $$ select public.publish_document('b0000000-0000-4000-8000-000000000001', '') $$, 'PT422', null,
  'the service publishes no document without chunks'
);
select is((select count(*)::int from public.doc_source), 1, 'the service sees the document');

select * from finish();
rollback;
