-- A crowd: many connections that call what writes, each call a transaction of its own as one of a few students, with
-- arguments drawn from what is there, so that they meet. Server-side loops, or the client would be what is measured.

create schema load;
create table load.student (n int primary key, id uuid not null);
create unlogged table load.outcome (name text not null, code text, message text);
create function load.any_student() returns uuid language sql volatile as $$
  select id from load.student where n = (select floor(random() * count(*))::int from load.student)
$$;
-- One of a few ids for a student and a kind, so that two devices come with the same.
create function load.known_id(p_kind text, p_many int) returns uuid language sql volatile as $$
  select md5(coalesce(auth.uid()::text, '') || p_kind || floor(random() * p_many)::int)::uuid
$$;

-- `cases`: [{"name", "sql", "isService"}], one after the other from `p_first` on, so that each comes equally often.
create procedure load.run(p_cases jsonb, p_first int, p_calls int) language plpgsql as $$
declare
  one       jsonb;
  reason    text;
  statement text;
begin
  for turn in 1 .. p_calls loop
    one := p_cases -> (p_first + turn) % jsonb_array_length(p_cases);
    begin
      perform set_config('request.jwt.claims', case when (one ->> 'isService')::boolean then '{"role": "service_role"}'
        else json_build_object('role', 'authenticated', 'sub', load.any_student())::text end, true);
      perform set_config('role', case when (one ->> 'isService')::boolean then 'service_role' else 'authenticated' end, true);
      -- A day here is longer than a student's.
      perform set_config('request.headers', '{"x-clerva-token-quota": "99999999999"}', true);
      execute one ->> 'sql';
      perform set_config('role', 'none', true);
      insert into load.outcome (name) values (one ->> 'name');
    exception when others then
      get stacked diagnostics reason = message_text, statement = pg_exception_context;
      perform set_config('role', 'none', true);
      insert into load.outcome values (one ->> 'name', sqlstate, concat_ws(E'\n', reason, statement));
    end;
    commit;
  end loop;
end
$$;
grant usage on schema load to authenticated, service_role;
grant select on load.student to authenticated, service_role;

-- The finished drafts of a small reading, as a job leaves them.
create function load.draft(p_doc_id uuid) returns void language plpgsql as $$
declare
  doc public.doc_source;
begin
  select * into doc from public.doc_source d where d.id = p_doc_id for update;
  if not found then
    return;
  end if;
  perform private.drop_drafts(p_doc_id);
  insert into public.doc_page_draft (doc_id, user_id, page, content, char_count)
  values (doc.id, doc.user_id, 1, 'text', 4);
  insert into public.doc_chunk_draft (doc_id, user_id, ord, content, char_start, char_end, content_hash, token_count, lex_weights)
  select doc.id, doc.user_id, n, 'text', 0, 4, 'h', 10, '{' || n + 1 || ':1,90:1}/1000000000' from generate_series(0, floor(random() * 4)::int) n;
end
$$;

-- The same of two notes of one student, in the order in which they are published.
create function load.drafted_notes(out student uuid, out notes jsonb) language plpgsql as $$
begin
  student := (select n.user_id from public.note n order by random() limit 1);
  perform pg_advisory_xact_lock(hashtextextended('notes:' || student::text, 0));
  perform d.id, load.draft(d.id) from (
    select n.doc_id as id from public.note n where n.user_id = student order by random() limit 2) d order by d.id;
  notes := (
    select coalesce(jsonb_agg(jsonb_build_object('documentId', d.id, 'run', d.ingest_run, 'revision', 1,
      'contentHash', repeat('a', 64), 'isEnglish', true)), '[]')
    from public.doc_source d join public.note n on n.doc_id = d.id
    where d.user_id = student and exists (select from public.doc_chunk_draft k where k.doc_id = d.id));
end
$$;

-- Codes of open rooms, as students pass them on.
create view load.room as select code from public.room where status = 'open';
grant select on load.room to authenticated;

-- What a student has just taken away, which nobody sees who may call with its id.
create function load.deleted_thread() returns uuid language sql volatile security definer as $$
  select id from public.thread where user_id = auth.uid() and deleted_at is not null order by random() limit 1
$$;

-- Somebody who comes, is here for a moment and wants to be gone again; the claims of their session.
create function load.pass_by() returns void language plpgsql volatile security definer as $$
declare
  who uuid := md5('passer' || floor(random() * 8)::int)::uuid;
begin
  insert into auth.users (id, aud, role, email) values (who, 'authenticated', 'authenticated', who || '@example.com') on conflict do nothing;
  insert into auth.sessions (id, user_id, created_at) values (who, who, now()) on conflict do nothing;
  insert into public.thread (user_id) values (who);
end
$$;
create function load.passer_by() returns text language sql volatile as $$
  select json_build_object('role', 'authenticated', 'sub', w.id, 'session_id', w.id)::text
  from (select md5('passer' || floor(random() * 8)::int)::uuid as id) w
$$;
create function load.any_erasure() returns uuid language sql volatile security definer as $$
  select coalesce((select id from private.erasure where user_id is not null order by random() limit 1), gen_random_uuid())
$$;
