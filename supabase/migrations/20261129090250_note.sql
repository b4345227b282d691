-- Notes that a student writes in the app. A note is a document of the library whose text is a row here and not a file: it is
-- ready from its first save, and what can be searched of it follows its text by a few seconds.

set check_function_bodies = off;

create table public.note (
  doc_id           uuid primary key references public.doc_source on delete cascade,
  user_id          uuid not null default auth.uid() references auth.users on delete cascade,
  content          text not null check (char_length(content) <= 200000),
  -- Counts saves. Who saves names the one they began with, or is told what stands there by now.
  revision         int not null default 1 check (revision >= 1),
  indexed_revision int not null default 0,
  request_id       uuid,
  updated_at       timestamptz not null default now()
);
comment on table public.note is 'The text of a note as its student wrote it last.';
comment on column public.note.indexed_revision is 'Which revision can be searched; 0 before the first reading.';
comment on column public.note.request_id is 'The save that made this revision: the same id is the same save.';
create index note_user on public.note (user_id);
create index note_waiting on public.note (user_id) where indexed_revision < revision;

create table public.note_version (
  doc_id     uuid not null references public.note on delete cascade,
  user_id    uuid not null references auth.users on delete cascade,
  revision   int not null,
  content    text not null,
  created_at timestamptz not null,
  primary key (doc_id, revision)
);
comment on table public.note_version is 'What a note said before: one of every few minutes of writing, and every text that another one replaced.';
create index note_version_user on public.note_version (user_id);

create table public.note_image (
  id         uuid primary key default gen_random_uuid(),
  doc_id     uuid not null references public.note on delete cascade,
  user_id    uuid not null default auth.uid() references auth.users on delete cascade,
  file_path  text not null check (char_length(file_path) <= 500),
  mime_type  text not null check (mime_type in ('image/png', 'image/jpeg', 'image/webp')),
  size_bytes int not null check (size_bytes between 1 and 4194304),
  created_at timestamptz not null default now(),
  constraint note_image_file_path_own check (
    file_path ~ ('^' || user_id::text || '/' || doc_id::text || '/' || id::text || '\.[a-z]{3,4}$')
  )
);
comment on table public.note_image is 'Pictures that stand in a note; each lies beside it in Storage.';
create index note_image_doc on public.note_image (doc_id);
create index note_image_user on public.note_image (user_id);
create index note_image_file_path on public.note_image (file_path);
create trigger note_image_rows after insert on public.note_image referencing new table as added
  for each statement execute function private.bound_rows(5000, 'user_id');

revoke all on public.note, public.note_version, public.note_image from public, anon, authenticated;
grant all on public.note, public.note_version, public.note_image to service_role;
grant select on public.note, public.note_version to authenticated;
grant select, delete on public.note_image to authenticated;
grant insert (id, doc_id, user_id, file_path, mime_type, size_bytes) on public.note_image to authenticated;
alter table public.note enable row level security;
alter table public.note_version enable row level security;
alter table public.note_image enable row level security;
create policy "a student reads their notes" on public.note
  for select to authenticated using (user_id = (select auth.uid()));
create policy "a student reads what their notes said" on public.note_version
  for select to authenticated using (user_id = (select auth.uid()));
create policy "a student sees the pictures of their notes" on public.note_image
  for select to authenticated using (user_id = (select auth.uid()));
create policy "a student puts pictures into their notes" on public.note_image
  for insert to authenticated with check (
    user_id = (select auth.uid())
    and exists (select from public.note n where n.doc_id = note_image.doc_id and n.user_id = (select auth.uid()))
  );
create policy "a student takes pictures out of their notes" on public.note_image
  for delete to authenticated using (user_id = (select auth.uid()));

-- What a title is called between the brackets of a link, where some signs mean something.
create function private.link_name(p_title text) returns text
language sql immutable security invoker
set search_path = ''
as $$ select btrim(regexp_replace(p_title, '[][|#^\s]+', ' ', 'g')) $$;

-- Links to a document that gets another title are written anew, unless another document bears the old one still.
--
-- Locks: whoever renames holds the turn of the notes before the first row (below), so that two renamings that link to each
-- other wait in a line. Definer: the text of a note changes by functions alone.
create function private.keep_links() returns trigger
language plpgsql security definer
set search_path = ''
as $$
declare
  called  text := private.link_name(old.title);
  pattern text := '\[\[\s*' || regexp_replace(called, '([.\\+*?^${}()|\[\]/-])', '\\\1', 'g') || '\s*(?=\]\]|\||#)';
begin
  if called = '' or old.source_type = 'attachment' or exists (
    select from public.doc_source d where d.user_id = old.user_id and d.id <> old.id and lower(d.title) = lower(old.title)
  ) then
    return null;
  end if;
  update public.note n
  set content = regexp_replace(n.content, pattern, '[[' || replace(private.link_name(new.title), '\', '\\'), 'gi'),
    revision = n.revision + 1, request_id = null, updated_at = clock_timestamp()
  where n.user_id = old.user_id and n.doc_id <> old.id and strpos(lower(n.content), lower(called)) > 0
    and char_length(n.content) < 190000 and n.content ~* pattern;
  return null;
end
$$;
create trigger doc_source_title_turn before update of title on public.doc_source
  for each statement execute function private.take_turn('notes');
-- Named to come before the turn of the cards. Several go in whatever order they lie in, so they wait for whoever holds some.
create trigger doc_source_a_turn before delete on public.doc_source
  for each statement execute function private.take_turn('notes');
create trigger doc_source_links after update of title on public.doc_source
  for each row when (old.title is distinct from new.title) execute function private.keep_links();

-- What a note says goes to its versions: the newest fifty are kept.
create function private.keep_version(p_note public.note) returns void
language plpgsql security definer
set search_path = ''
as $$
begin
  if btrim(p_note.content) = '' then
    return;
  end if;
  perform private.take_quota('bytes', octet_length(p_note.content), 262144000);
  insert into public.note_version (doc_id, user_id, revision, content, created_at)
  values (p_note.doc_id, p_note.user_id, p_note.revision, p_note.content, p_note.updated_at)
  on conflict do nothing;
  delete from public.note_version v where v.doc_id = p_note.doc_id and v.revision <= (
    select o.revision from public.note_version o where o.doc_id = p_note.doc_id order by o.revision desc offset 50 limit 1);
end
$$;

-- Begins a note under an id that its page made, or saves one. Where it says something else by now than what the page began
-- with, nothing is saved and the page gets both.
--
-- Definer: neither the state of a document nor the count of saves is the student's to write. It acts on the caller alone.
create function private.save_note(
  p_id uuid, p_title text, p_content text, p_base int, p_request_id uuid, p_keeps boolean, p_course text, p_tags text[]
) returns jsonb
language plpgsql security definer
set search_path = ''
as $$
declare
  student uuid := (select auth.uid());
  held    public.note;
begin
  perform private.in_turn('notes');
  perform 1 from public.doc_source d where d.id = p_id and d.user_id = student for update;
  select * into held from public.note n where n.doc_id = p_id and n.user_id = student for update;
  if held.doc_id is null and p_base = 0 then
    if not private.storage_room(octet_length(p_content)) then
      raise exception 'no more files can be kept; remove some first' using errcode = 'PT422';
    end if;
    insert into public.doc_source (id, user_id, title, source_type, file_name, mime_type, size_bytes, course, tags, status, progress,
      page_count, locator)
    values (p_id, student, p_title, 'note', 'note.md', 'text/markdown', octet_length(p_content), p_course,
      coalesce(p_tags, '{}'), 'ready', 100, 0, 'section')
    on conflict do nothing;
    if not found then
      raise exception 'document not found' using errcode = 'PT404';
    end if;
    insert into public.note (doc_id, user_id, content, request_id) values (p_id, student, p_content, p_request_id);
    return jsonb_build_object('isSaved', true, 'revision', 1);
  end if;
  if held.doc_id is null then
    raise exception 'document not found' using errcode = 'PT404';
  end if;
  if held.request_id = p_request_id then
    return jsonb_build_object('isSaved', true, 'revision', held.revision);
  end if;
  if held.revision <> p_base then
    return jsonb_build_object('isSaved', false, 'revision', held.revision, 'content', held.content);
  end if;
  if held.content <> p_content and (p_keeps or not exists (
    select from public.note_version v where v.doc_id = p_id and v.created_at > held.updated_at - interval '5 minutes')) then
    perform private.keep_version(held);
  end if;
  update public.note n
  set content = p_content, revision = n.revision + 1, request_id = p_request_id, updated_at = clock_timestamp()
  where n.doc_id = p_id returning * into held;
  -- Whoever has the note open elsewhere hears of the document alone.
  update public.doc_source d set title = p_title, size_bytes = octet_length(p_content) where d.id = p_id;
  return jsonb_build_object('isSaved', true, 'revision', held.revision);
end
$$;
create function public.save_note(
  p_id uuid, p_title text, p_content text, p_base int, p_request_id uuid, p_keeps boolean default false, p_course text default null,
  p_tags text[] default null
) returns jsonb
language sql volatile security invoker
set search_path = ''
as $$ select private.save_note(p_id, p_title, p_content, p_base, p_request_id, p_keeps, p_course, p_tags) $$;
comment on function public.save_note is 'Saves a note, or tells what it says by now; the same request id is one save.';

-- Notes that are brought together, as {id, title, content, course, tags}; one that is here under its id already stays as it is.
-- Definer: as above.
create function private.import_notes(p_notes jsonb) returns int
language plpgsql security definer
set search_path = ''
as $$
declare
  student uuid := (select auth.uid());
  added   int;
begin
  perform private.in_turn('notes');
  if not private.storage_room(octet_length(p_notes::text)) then
    raise exception 'no more files can be kept; remove some first' using errcode = 'PT422';
  end if;
  with brought as materialized (
    select distinct on (x.id) * from jsonb_to_recordset(p_notes) as x(id uuid, title text, content text, course text, tags text[])
  ), made as (
    insert into public.doc_source (id, user_id, title, source_type, file_name, mime_type, size_bytes, course, tags, status, progress,
      page_count, locator)
    select b.id, student, b.title, 'note', 'note.md', 'text/markdown', octet_length(b.content), b.course, coalesce(b.tags, '{}'),
      'ready', 100, 0, 'section'
    from brought b on conflict do nothing returning id
  )
  insert into public.note (doc_id, user_id, content) select b.id, student, b.content from brought b join made m on m.id = b.id;
  get diagnostics added = row_count;
  return added;
end
$$;
create function public.import_notes(p_notes jsonb) returns int
language sql volatile security invoker
set search_path = ''
as $$ select private.import_notes(p_notes) $$;
comment on function public.import_notes is 'Adds notes that were written elsewhere; gives how many are new.';

-- The next notes of a student whose text or index is newer than what can be searched, each with the number of its reading.
-- Those that say nothing any more are emptied here.
create function public.claim_notes(p_user_id uuid, p_index_version int, p_embedding_model text, p_limit int)
returns table (document_id uuid, run int, revision int, content text)
language plpgsql security invoker
set search_path = ''
as $$
#variable_conflict use_column
begin
  perform pg_advisory_xact_lock(hashtextextended('notes:' || p_user_id::text, 0));
  if exists (
    select 1 from public.quota q
    where q.user_id = p_user_id and q.day = private.quota_day(p_user_id)
      and ((q.kind = 'pages' and q.used >= 5000) or (q.kind = 'embedding_tokens' and q.used >= 5000000))
  ) then
    return;
  end if;
  return query
  with waiting as materialized (
    select d.id, n.revision, n.content from public.note n join public.doc_source d on d.id = n.doc_id
    where n.user_id = p_user_id and (n.indexed_revision < n.revision
      or (d.chunk_count > 0 and (d.index_version <> p_index_version or d.embedding_model is distinct from p_embedding_model)))
    order by n.updated_at limit p_limit
  ), held as materialized (
    select d.id from public.doc_source d where d.id in (select w.id from waiting w) order by d.id for update
  ), claimed as (
    update public.doc_source d set ingest_run = d.ingest_run + 1 from held h where d.id = h.id
    returning d.id, d.ingest_run
  )
  select w.id, c.ingest_run, w.revision, w.content from waiting w join claimed c on c.id = w.id;
end
$$;
comment on function public.claim_notes is 'Notes that are to be read anew.';

-- Vectors of what a note says unchanged are taken over; gives the passages that still need one.
create function public.reuse_vectors(p_doc_ids uuid[], p_embedding_model text) returns table (document_id uuid, ord int)
language plpgsql security invoker
set search_path = ''
as $$
#variable_conflict use_column
begin
  insert into public.doc_embedding_draft (doc_id, user_id, ord, embedding)
  select distinct on (k.doc_id, k.ord) k.doc_id, k.user_id, k.ord, c.embedding
  from public.doc_chunk_draft k
  join public.doc_chunk c on c.doc_id = k.doc_id and c.content_hash = k.content_hash and c.heading_path = k.heading_path
  where k.doc_id = any (p_doc_ids) and c.embedding is not null and c.embedding_model = p_embedding_model
  on conflict do nothing;
  return query
  select k.doc_id, k.ord from public.doc_chunk_draft k
  where k.doc_id = any (p_doc_ids) and not exists (
    select from public.doc_embedding_draft e where e.doc_id = k.doc_id and e.ord = k.ord)
  order by k.doc_id, k.ord;
end
$$;
comment on function public.reuse_vectors is 'Takes over vectors of unchanged passages, and names the passages without one.';

-- Publishes the drafts of notes of one student, given as {documentId, run, revision, contentHash, isEnglish}; one that was
-- deleted or claimed anew meanwhile is passed over. A note without passages has none from now on.
create function public.publish_notes(p_user_id uuid, p_notes jsonb, p_index_version int, p_embedding_model text) returns int
language plpgsql security invoker
set search_path = ''
as $$
declare
  one  record;
  done int := 0;
begin
  perform pg_advisory_xact_lock(hashtextextended('notes:' || p_user_id::text, 0));
  -- All rows before the first passage: whoever publishes another holds its row before the counts of words.
  perform 1 from public.doc_source d
  where d.user_id = p_user_id and d.id in (select x."documentId" from jsonb_to_recordset(p_notes) as x("documentId" uuid))
  order by d.id for update;
  for one in
    select d.id, x.revision, x."contentHash" as hash, x."isEnglish" as is_english, x.run
    from jsonb_to_recordset(p_notes) as x("documentId" uuid, run int, revision int, "contentHash" text, "isEnglish" boolean)
    join public.doc_source d on d.id = x."documentId" and d.ingest_run = x.run and d.user_id = p_user_id
    order by d.id
  loop
    if exists (select from public.doc_chunk_draft k where k.doc_id = one.id) then
      perform public.publish_document(one.id, one.hash, one.run, p_index_version, p_embedding_model, 'section', one.is_english);
    else
      delete from public.doc_page where doc_id = one.id;
      delete from public.doc_chunk where doc_id = one.id;
      update public.doc_source set page_count = 0, chunk_count = 0, content_hash = null where id = one.id;
    end if;
    update public.note n set indexed_revision = one.revision where n.doc_id = one.id;
    done := done + 1;
  end loop;
  return done;
end
$$;
comment on function public.publish_notes is 'Makes what notes say now findable, in one transaction.';

-- Students whose notes wait, for an event that was lost.
create function public.students_with_waiting_notes(p_limit int default 100) returns setof uuid
language sql stable security invoker
set search_path = ''
as $$
  select distinct n.user_id from public.note n
  where n.indexed_revision < n.revision and n.updated_at < now() - interval '5 minutes' limit p_limit
$$;
comment on function public.students_with_waiting_notes is 'Students with notes that nobody has read for a while.';

grant execute on function private.save_note, public.save_note, private.import_notes, public.import_notes, private.link_name to authenticated;
grant execute on function public.claim_notes, public.reuse_vectors, public.publish_notes, public.students_with_waiting_notes,
  private.link_name to service_role;
revoke all on all routines in schema public, private from public;
