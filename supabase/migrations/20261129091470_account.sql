-- The end of an account. Asked for by its student, done by a job in as many attempts as it takes; what is left is a receipt
-- that says how much there was and names nobody.

create table private.erasure (
  -- Known to nobody but who asked: whoever holds it may read the receipt.
  id           uuid primary key default gen_random_uuid(),
  -- Whose; null once nothing of them is left. No foreign key: files are removed after the account.
  user_id      uuid unique,
  name         text,
  removed      jsonb not null default '{}',
  requested_at timestamptz not null default clock_timestamp(),
  finished_at  timestamptz
);
comment on table private.erasure is 'Accounts on their way out, and for a month the receipts of those that are gone.';

-- Ends every session and lets nobody in again; asked twice it is one erasure. It takes a session that was opened in the last
-- ten minutes, such as one that the password has just opened.
--
-- Definer: sessions and accounts are Auth's. It acts on the caller alone.
create function private.request_erasure() returns uuid
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  student uuid := (select auth.uid());
  asked   uuid;
begin
  if not exists (select from auth.sessions s where s.user_id = student and s.id = ((select auth.jwt()) ->> 'session_id')::uuid
      and s.created_at > now() - interval '10 minutes') then
    raise exception 'this session was opened a while ago' using errcode = 'PT403';
  end if;
  insert into private.erasure as e (user_id, name)
  values (student, (select nullif(p.display_name, '') from public.profile p where p.user_id = student))
  on conflict (user_id) do update set requested_at = e.requested_at
  returning e.id into asked;
  update auth.users u set banned_until = now() + interval '100 years' where u.id = student;
  delete from auth.sessions s where s.user_id = student;
  return asked;
end
$$;
grant execute on function private.request_erasure to authenticated;
create function public.request_erasure() returns uuid
language sql volatile security invoker
set search_path = ''
as $$ select private.request_erasure() $$;
comment on function public.request_erasure is 'Signs the caller out everywhere and has all they have removed; gives where the receipt will be.';
grant execute on function public.request_erasure to authenticated;

-- How many rows name a student, by table: whatever belongs to an account by a foreign key, and what Auth keeps of it.
create function private.rows_of(p_user_id uuid) returns jsonb
language plpgsql stable security invoker
set search_path = ''
as $$
declare
  one   record;
  many  bigint;
  found jsonb := '{}';
begin
  for one in
    select c.oid::regclass::text as name, string_agg(format('%I::text = $1::text', a.attname), ' or ') as slow,
      string_agg(format('%I = $1', a.attname), ' or ') filter (where a.atttypid = 'uuid'::regtype) as own
    from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
    where n.nspname in ('public', 'private', 'auth') and c.relkind = 'r' and c.relname <> 'erasure'
      and has_table_privilege(c.oid, 'select') and not a.attisdropped
      and (a.attname = 'user_id' or (c.oid = 'auth.users'::regclass and a.attname = 'id') or exists (
        select from pg_constraint k where k.contype = 'f' and k.conrelid = c.oid and k.confrelid = 'auth.users'::regclass
          and k.confdeltype = 'c' and k.conkey[1] = a.attnum))
    group by c.oid
  loop
    execute format('select count(*) from %s where %s', one.name, coalesce(one.own, one.slow)) into many using p_user_id;
    if many > 0 then
      found := found || jsonb_build_object(regexp_replace(one.name, '^public\.', ''), many);
    end if;
  end loop;
  return found;
end
$$;
grant execute on function private.rows_of to service_role;

-- What others were told of a student stays theirs, without the id and the name beside it: suggestions in their
-- conversations, lines of their record. What a file of theirs says is not looked through.
create function private.forget_mentions(p_user_id uuid, p_name text) returns void
language plpgsql volatile security invoker
set search_path = ''
as $$
declare
  nobody constant text := '00000000-0000-0000-0000-000000000000';
  named  constant text := '"displayName": ' || to_jsonb(p_name)::text;
  one    record;
begin
  for one in
    select c.oid::regclass as of_table, a.attname as name, format_type(a.atttypid, a.atttypmod) as kind
    from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relnamespace in ('public'::regnamespace, 'private'::regnamespace) and c.relkind = 'r' and a.attnum > 0
      and not a.attisdropped and a.attgenerated = '' and a.atttypid in ('jsonb'::regtype, 'text'::regtype, 'text[]'::regtype)
      and c.relname !~ '^(doc_|chunk_|erasure$)'
  loop
    execute format('update %1$s set %2$I = replace(replace(%2$I::text, $1, $2), coalesce($3, $1), $4)::%3$s where strpos(%2$I::text, $1) > 0',
      one.of_table, one.name, one.kind)
    using p_user_id::text, nobody, named, '"displayName": "Somebody who left"';
  end loop;
end
$$;
grant execute on function private.forget_mentions to service_role;

-- The next portion of rows: documents and conversations some at a time, so that no statement takes long, then the account
-- and with it all the rest. True while there is more. After the account is gone it does nothing.
--
-- Definer: accounts are Auth's. It is the service's alone to call.
create function private.erase_rows(p_id uuid) returns boolean
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  student uuid;
  called  text;
  address text;
  one     record;
begin
  select e.user_id, e.name into student, called from private.erasure e where e.id = p_id for update;
  if student is null then
    return false;
  end if;
  update private.erasure e set removed = jsonb_build_object('rows', private.rows_of(student)) where e.id = p_id and e.removed = '{}';
  delete from public.doc_source d where d.id in (select s.id from public.doc_source s where s.user_id = student order by s.id limit 10);
  if found then
    return true;
  end if;
  delete from public.thread t where t.id in (select s.id from public.thread s where s.user_id = student order by s.id limit 20);
  if found then
    return true;
  end if;
  -- A room goes on without its host while others sit in it, without the name its host gave it.
  update public.room r set user_id = m.user_id, title = null
  from (select distinct on (o.room_id) o.room_id, o.user_id from public.room_member o
    where o.user_id <> student and not o.is_removed order by o.room_id, o.left_at nulls first, o.joined_at) m
  where r.user_id = student and m.room_id = r.id;
  delete from auth.users u where u.id = student returning u.email into address;
  if not found then
    return false;
  end if;
  perform private.forget_mentions(student, called);
  for one in
    select c.oid::regclass as of_table from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname in ('auth', 'realtime', 'private') and c.relkind in ('r', 'p') and not c.relispartition
      -- The outbox is on its way to who listens, and empty a moment later.
      and c.relname not in ('erasure', 'outbox', 'users') and has_table_privilege(c.oid, 'select') and has_table_privilege(c.oid, 'delete')
  loop
    execute format('delete from %s x where strpos(x::text, $1) > 0 or strpos(replace(x::text, ''""'', ''"''), $2) > 0', one.of_table)
    using student::text, to_json(coalesce(address, student::text))::text;
  end loop;
  return false;
end
$$;
grant execute on function private.erase_rows to service_role;
create function public.erase_rows(p_id uuid) returns boolean
language sql volatile security invoker
set search_path = ''
as $$ select private.erase_rows(p_id) $$;
comment on function public.erase_rows is 'Removes the next rows of an account that is being erased; true while there are more.';
grant execute on function public.erase_rows to service_role;

-- What else there is of a student to take away, found while it still stands: texts that were embedded, answers of the last
-- day, readings that go on.
--
-- Definer: as above.
create function private.erasure_traces(p_id uuid, p_after bigint) returns jsonb
language sql stable security definer
set search_path = ''
as $$
  select jsonb_build_object('userId', e.user_id,
    'texts', coalesce((select jsonb_agg(jsonb_build_object('id', c.id, 'content', c.content, 'headingPath', c.heading_path,
        'model', c.embedding_model) order by c.id)
      from (select * from public.doc_chunk k where k.user_id = e.user_id and k.id > p_after order by k.id limit 500) c), '[]'),
    'answers', coalesce((select jsonb_agg(m.id) from public.message m
      where p_after = 0 and m.user_id = e.user_id and m.role = 'assistant' and m.created_at > now() - interval '25 hours'), '[]'),
    'readings', coalesce((select jsonb_agg(d.id) from public.doc_source d
      where p_after = 0 and d.user_id = e.user_id and d.status in ('pending', 'processing')), '[]'))
  from private.erasure e where e.id = p_id and e.user_id is not null
$$;
grant execute on function private.erasure_traces to service_role;
create function public.erasure_traces(p_id uuid, p_after bigint default 0) returns jsonb
language sql stable security invoker
set search_path = ''
as $$ select private.erasure_traces(p_id, p_after) $$;
comment on function public.erasure_traces is 'What the caches and the queue may hold of an account that is being erased.';
grant execute on function public.erasure_traces to service_role;

-- The next files, by bucket; those given before count as removed. Rows of the store are left for the store to remove, which
-- takes the bytes with them.
--
-- Definer: as above.
create function private.erasure_files(p_id uuid, p_removed int) returns table (bucket text, name text)
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  student uuid;
begin
  update private.erasure e set removed = e.removed || jsonb_build_object('files', coalesce((e.removed ->> 'files')::int, 0) + p_removed)
  where e.id = p_id and e.user_id is not null returning e.user_id into student;
  return query
  select o.bucket_id::text, o.name::text from storage.objects o
  where o.name ~>=~ (student || '/') and o.name ~<~ (student || '0') order by o.bucket_id, o.name limit 200;
end
$$;
grant execute on function private.erasure_files to service_role;
create function public.erasure_files(p_id uuid, p_removed int default 0) returns table (bucket text, name text)
language sql volatile security invoker
set search_path = ''
as $$ select * from private.erasure_files(p_id, p_removed) $$;
comment on function public.erasure_files is 'The next files of an account that is being erased, after so many were removed.';
grant execute on function public.erasure_files to service_role;

-- Nothing is left but the receipt. Definer: as above.
create function private.finish_erasure(p_id uuid) returns void
language sql volatile security definer
set search_path = ''
as $$
  update private.erasure e set user_id = null, name = null, finished_at = clock_timestamp() where e.id = p_id and e.finished_at is null
$$;
grant execute on function private.finish_erasure to service_role;
create function public.finish_erasure(p_id uuid) returns void
language sql volatile security invoker
set search_path = ''
as $$ select private.finish_erasure(p_id) $$;
comment on function public.finish_erasure is 'Ends an erasure: it names nobody any more.';
grant execute on function public.finish_erasure to service_role;

-- Those that were begun and not ended, for a start that was lost; receipts of a month ago go. Definer: as above.
create function private.open_erasures() returns setof uuid
language sql volatile security definer
set search_path = ''
as $$
  delete from private.erasure e where e.finished_at < now() - interval '30 days';
  select e.id from private.erasure e where e.finished_at is null and e.requested_at < now() - interval '10 minutes';
$$;
grant execute on function private.open_erasures to service_role;
create function public.open_erasures() returns setof uuid
language sql volatile security invoker
set search_path = ''
as $$ select private.open_erasures() $$;
comment on function public.open_erasures is 'Erasures that were asked for a while ago and are not done; removes old receipts.';
grant execute on function public.open_erasures to service_role;

-- The receipt, for whoever holds its id; it names nobody. Definer: nobody may read the table.
create function private.erasure_receipt(p_id uuid) returns jsonb
language sql stable security definer
set search_path = ''
as $$
  select jsonb_build_object('status', case when e.finished_at is null then 'running' else 'done' end, 'requestedAt', e.requested_at,
    'at', e.finished_at, 'removed', case when e.finished_at is null then '{}' else
      coalesce(e.removed -> 'rows', '{}') || jsonb_build_object('files', coalesce((e.removed ->> 'files')::int, 0)) end)
  from private.erasure e where e.id = p_id
$$;
grant execute on function private.erasure_receipt to anon, authenticated;
create function public.erasure_receipt(p_id uuid) returns jsonb
language sql stable security invoker
set search_path = ''
as $$ select private.erasure_receipt(p_id) $$;
comment on function public.erasure_receipt is 'Whether an erasure is done, and what was removed.';
grant execute on function public.erasure_receipt to anon, authenticated;

-- Files with all that is a student's, for the day their link works. The job writes them, with every right; their student
-- reads them and nobody else.
insert into storage.buckets (id, name, public) values ('exports', 'exports', false) on conflict (id) do update set public = excluded.public;
create policy "a student reads their exports" on storage.objects
  for select to authenticated
  using (bucket_id = 'exports' and (storage.foldername(name))[1] = (select auth.uid())::text);

-- Rows of one table that are a student's to take along, in the order of their key. A message that has not reached them yet
-- is not.
create function public.exported_rows(p_table text, p_user_id uuid, p_from int, p_limit int) returns jsonb
language plpgsql stable security invoker
set search_path = ''
as $$
declare
  key text := (
    select string_agg(format('x.%I', a.attname), ', ' order by a.attnum)
    from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any (i.indkey)
    where i.indrelid = format('public.%I', p_table)::regclass and i.indisprimary);
  found jsonb;
begin
  execute format('select coalesce(jsonb_agg(to_jsonb(p)), ''[]'') from (
      select * from public.%I x where x.user_id = $1 %s order by %s offset $2 limit $3) p', p_table,
    case when p_table = 'nudge' then 'or (x.to_user_id = $1 and (x.deliver_at is null or x.deliver_at <= now()))' else '' end, key)
  into found using p_user_id, p_from, p_limit;
  return found;
end
$$;
comment on function public.exported_rows is 'A page of a student''s rows in one table.';
grant execute on function public.exported_rows to service_role;

revoke all on all routines in schema public, private from public;
