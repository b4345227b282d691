-- An account on its way out: who may ask, who may work on it, and what the receipt tells.
begin;
create extension if not exists pgtap with schema extensions;
select plan(16);

insert into auth.users (id, email) values
  ('a0000000-0000-4000-8000-000000000001', 'ada@example.com'), ('a0000000-0000-4000-8000-000000000002', 'bob@example.com');
update public.profile set display_name = 'Ada' where user_id = 'a0000000-0000-4000-8000-000000000001';
insert into auth.sessions (id, user_id, created_at) values
  ('50000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000001', now() - interval '11 minutes'),
  ('50000000-0000-4000-8000-000000000002', 'a0000000-0000-4000-8000-000000000001', now()),
  ('50000000-0000-4000-8000-000000000003', 'a0000000-0000-4000-8000-000000000002', now());

create function pg_temp.act_as(p_user text, p_session text, p_role text) returns void language plpgsql as $$
begin
  perform set_config('request.jwt.claims', json_build_object('sub', p_user, 'session_id', p_session, 'role', p_role)::text, true);
  perform set_config('role', p_role, true);
end $$;
-- What the table holds, whoever looks.
create function pg_temp.erasures() returns table (user_id uuid, name text, is_done boolean) language sql security definer as $$
  select e.user_id, e.name, e.finished_at is not null from private.erasure e where e.user_id is not null or e.finished_at is not null
$$;
create function pg_temp.asked() returns uuid language sql security definer as $$ select id from private.erasure order by requested_at desc limit 1 $$;

select pg_temp.act_as(null, null, 'anon');
select throws_ok('select public.request_erasure()', '42501', null, 'nobody signed in asks for nothing');
select pg_temp.act_as('a0000000-0000-4000-8000-000000000001', '50000000-0000-4000-8000-000000000001', 'authenticated');
select throws_ok('select public.request_erasure()', 'PT403', null, 'a session of a while ago is not enough');
select pg_temp.act_as('a0000000-0000-4000-8000-000000000001', '50000000-0000-4000-8000-000000000003', 'authenticated');
select throws_ok('select public.request_erasure()', 'PT403', null, 'nor is one of somebody else');
select pg_temp.act_as('a0000000-0000-4000-8000-000000000001', '50000000-0000-4000-8000-000000000002', 'authenticated');
select throws_ok('select * from private.erasure', '42501', null, 'nobody reads the table');
select lives_ok('select public.request_erasure()', 'who has just signed in asks');
select is((select array[user_id::text, name] from pg_temp.erasures()), array['a0000000-0000-4000-8000-000000000001', 'Ada'], 'and is noted once');
select throws_ok('select public.request_erasure()', 'PT403', null, 'with which every session ended');
select throws_ok('select public.finish_erasure(pg_temp.asked())', '42501', null, 'its student does not end it');
select is(public.erasure_receipt(pg_temp.asked()) - 'requestedAt', '{"status": "running", "at": null, "removed": {}}'::jsonb, 'the receipt says that it runs');
reset role;
select is((select banned_until > now() from auth.users where email = 'ada@example.com'), true, 'nobody signs in to it any more');
select is((select count(*)::int from auth.sessions), 1, 'others stay signed in');

select pg_temp.act_as(null, null, 'service_role');
select is_empty('select public.open_erasures()', 'a job that has just begun is left alone');
select lives_ok('select public.finish_erasure(pg_temp.asked())', 'the job ends it');
select is((select array[user_id::text, name, is_done::text] from pg_temp.erasures()), array[null, null, 'true'], 'and it names nobody any more');
reset role;
select pg_temp.act_as(null, null, 'anon');
select is(public.erasure_receipt(pg_temp.asked()) ->> 'status', 'done', 'whoever holds the id reads that it is done');
select is(public.erasure_receipt(gen_random_uuid()), null, 'and nobody else reads anything');

select * from finish();
rollback;
