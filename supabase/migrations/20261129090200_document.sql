-- A document in a student's library and where its reading stands.
-- The student writes what a person decides (title, course); status and counts are written by the ingestion job.

-- A function of this file names tables of later ones; tests/db/catalog.test.ts checks the text of every function.
set check_function_bodies = off;

create table public.doc_source (
  id              uuid primary key default gen_random_uuid(),
  user_id         uuid not null default auth.uid() references auth.users on delete cascade,
  title           text not null check (char_length(title) between 1 and 200),
  source_type     text not null default 'upload'
                  check (source_type in ('upload', 'url', 'note', 'session', 'transcript', 'attachment')),
  -- The conversation that an attachment was given in, and is found in alone.
  thread_id       uuid,
  file_name       text check (char_length(file_name) <= 255),
  file_path       text check (char_length(file_path) <= 120),
  mime_type       text check (char_length(mime_type) <= 150),
  size_bytes      bigint check (size_bytes between 0 and 52428800),
  status          text not null default 'pending' check (status in ('pending', 'processing', 'ready', 'error')),
  stage           text check (stage in ('extracting', 'chunking', 'embedding', 'storing')),
  progress        int not null default 0 check (progress between 0 and 100),
  pages_read      int not null default 0,
  error_code      text,
  error_message   text,
  page_count      int,
  chunk_count     int not null default 0,
  locator         text not null default 'page'
                  check (locator in ('page', 'section', 'row', 'slide', 'sheet', 'time')),
  account         jsonb not null default '{}' check (octet_length(account::text) <= 65536),
  source_url      text check (char_length(source_url) <= 2000 and source_url ~ '^https?://'),
  fetched_at      timestamptz,
  refetch         boolean not null default false,
  encoding        text
                  check (encoding in (
                    'utf-8', 'utf-16le', 'utf-16be', 'windows-1252', 'macintosh', 'windows-1250', 'iso-8859-2',
                    'windows-1257', 'windows-1251', 'koi8-u', 'ibm866', 'iso-8859-5', 'x-mac-cyrillic',
                    'windows-1253', 'iso-8859-7', 'windows-1254', 'windows-1255', 'windows-1256', 'iso-8859-6',
                    'windows-874', 'windows-1258', 'shift_jis', 'euc-jp', 'iso-2022-jp', 'gb18030', 'big5',
                    'euc-kr')),
  is_english      boolean not null default true,
  content_hash    text,
  course          text check (char_length(course) between 1 and 120),
  tags            text[] not null default '{}' check (private.texts_fit(tags, 20, 40)),
  earlier_id      uuid,
  replaced_by     uuid,
  sketch          int[] not null default '{}' check (cardinality(sketch) <= 128),
  embedding_model text,
  index_version   int not null default 0,
  reread_tries    int not null default 0,
  reread_after    timestamptz,
  ingest_run      int not null default 0,
  queued_at       timestamptz,
  created_at      timestamptz not null default now(),
  updated_at      timestamptz not null default now(),
  -- The job downloads this path with rights over every file, so a row may only ever name its own.
  constraint doc_source_file_path_own check (
    file_path ~ ('^' || user_id::text || '/(attachment/)?' || id::text || '/original\.[a-z0-9]{1,8}$')
  ),
  unique (id, user_id),
  constraint doc_source_replaced_by_other check (replaced_by <> id and earlier_id <> id),
  -- Both columns: a version is of the same student. What was replaced goes with what replaced it. What only looks like an earlier
  -- version is no reference: whoever removes it would wait for whoever publishes this one, and the other way round.
  foreign key (replaced_by, user_id) references public.doc_source (id, user_id) on delete cascade
);
comment on table public.doc_source is 'A document of a student and the state of its reading.';
comment on column public.doc_source.content_hash is
  'sha256 of the file as the job downloaded it; never taken from a client.';
comment on column public.doc_source.account is 'What of the file was not read, as lib/domain/account.ts has it.';
comment on column public.doc_source.source_url is 'The address a page was read from; its bytes are kept as they were at fetched_at.';
comment on column public.doc_source.refetch is 'The address was given again: it is fetched anew, and what it said stays until then.';
comment on column public.doc_source.encoding is 'What its student chose to have a text read as, where the guess was wrong.';
comment on column public.doc_source.earlier_id is 'The document this looks like a new version of, until the student says whether it is.';
comment on column public.doc_source.replaced_by is
  'The version in its place. Its own text can still be opened, by what quotes it; it is found and listed no more.';
comment on column public.doc_source.sketch is
  'The smallest hashes of what its words say in fives: what two texts have in common shows in what these have.';
comment on column public.doc_source.stage is
  'Not null while the document is read. A ready document with a stage is read anew, and stays searchable as it is.';
comment on column public.doc_source.index_version is
  'Which extraction, chunking and tokenizer made the stored chunks; 0 before the first reading.';
comment on column public.doc_source.reread_after is 'Not to be read anew by itself before this, after tries that failed.';
comment on column public.doc_source.ingest_run is
  'Number of the latest reading. A job of an older number may not write.';
comment on column public.doc_source.queued_at is 'When reading was last asked for; null until the upload is complete.';

create index doc_source_user on public.doc_source (user_id, created_at desc);
create index doc_source_content on public.doc_source (user_id, content_hash) where content_hash is not null;
create index doc_source_unfinished on public.doc_source (updated_at) where status in ('pending', 'processing');
create index doc_source_rereading on public.doc_source (user_id) where status = 'ready' and stage is not null;
create index doc_source_earlier on public.doc_source (earlier_id) where earlier_id is not null;
create index doc_source_replaced on public.doc_source (replaced_by) where replaced_by is not null;
create index doc_source_index on public.doc_source (index_version, embedding_model) where status = 'ready';

create trigger doc_source_rows after insert on public.doc_source referencing new table as added
  for each statement execute function private.bound_rows(2000, 'user_id');

-- Counted where the row is written, whether by the app or past it. Definer: the count is not the student's to write.
create function private.count_bytes() returns trigger
language plpgsql security definer
set search_path = ''
as $$
declare
  bytes bigint;
begin
  if tg_table_name = 'attachment' then
    -- What can be read has a document beside it, which counts.
    select sum(a.size_bytes) into bytes from added a where a.doc_id is null;
  else
    select sum(a.size_bytes) into bytes from added a;
  end if;
  if (select auth.uid()) is not null and bytes > 0 then
    perform private.take_quota('bytes', bytes, 262144000);
  end if;
  return null;
end
$$;
create trigger doc_source_bytes after insert on public.doc_source referencing new table as added
  for each statement execute function private.count_bytes();
create trigger doc_source_touch before update on public.doc_source
  for each row execute function private.touch_updated_at();

revoke all on public.doc_source from public, anon, authenticated;
grant all on public.doc_source to service_role;
alter table public.doc_source enable row level security;
create policy "a student reads their documents" on public.doc_source
  for select to authenticated using (user_id = (select auth.uid()));
create policy "a student adds documents" on public.doc_source
  for insert to authenticated with check (user_id = (select auth.uid()));
create policy "a student renames their documents" on public.doc_source
  for update to authenticated using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));
create policy "a student removes their documents" on public.doc_source
  for delete to authenticated using (user_id = (select auth.uid()));
grant select, delete on public.doc_source to authenticated;
grant insert (id, user_id, title, source_type, source_url, thread_id, file_name, file_path, mime_type, size_bytes, course, tags, earlier_id)
  on public.doc_source to authenticated;
grant update (title, course, tags, source_type, thread_id, earlier_id) on public.doc_source to authenticated;

create index doc_source_file_path on public.doc_source (file_path) where file_path is not null;

-- The private bucket of the library. A file lies under its owner's id, and the first folder of its path decides who may
-- touch it; the policies are one per verb, like everywhere else.
--
-- The types are those of lib/ingestion/kinds.ts. No web page is among them: served as one, a file that a stranger wrote
-- would run in the student's browser, so it is kept as plain text.
--
-- The limit here is that of recordings, the largest files there are: who raises RECORDING_MAX_BYTES raises the bucket's with it.
insert into storage.buckets (id, name, public, file_size_limit, allowed_mime_types)
values (
  'documents', 'documents', false, 52428800,
  array[
    'application/pdf', 'application/x-pdf',
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    'application/vnd.ms-word.document.macroenabled.12',
    'application/vnd.openxmlformats-officedocument.presentationml.presentation',
    'application/vnd.openxmlformats-officedocument.presentationml.slideshow',
    'application/vnd.ms-powerpoint.presentation.macroenabled.12',
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    'application/vnd.ms-excel.sheet.macroenabled.12',
    'application/vnd.oasis.opendocument.text', 'application/vnd.oasis.opendocument.presentation',
    'application/vnd.oasis.opendocument.spreadsheet', 'application/epub+zip',
    'application/rtf', 'text/rtf', 'application/msword', 'application/x-ipynb+json', 'application/json',
    'application/x-tex', 'text/x-tex', 'application/x-latex', 'application/x-subrip', 'text/srt', 'text/vtt',
    'text/plain', 'text/markdown', 'text/x-markdown', 'text/csv', 'application/csv', 'text/tab-separated-values',
    'image/png', 'image/jpeg', 'image/jpg', 'image/pjpeg', 'image/webp', 'image/tiff',
    'audio/mpeg', 'audio/mp3', 'audio/mpeg3', 'audio/x-mp3', 'audio/mp4', 'audio/x-m4a', 'audio/m4a', 'audio/aac',
    'video/mp4', 'audio/wav', 'audio/x-wav', 'audio/wave', 'audio/vnd.wave', 'audio/webm', 'video/webm', 'audio/flac',
    'audio/x-flac', 'audio/ogg', 'audio/opus', 'application/ogg', 'audio/vorbis', 'video/ogg',
    -- What browsers call a .csv where a spreadsheet program is installed, and a file they do not know.
    'application/vnd.ms-excel', 'application/octet-stream'
  ]
)
on conflict (id) do update
set public = excluded.public, file_size_limit = excluded.file_size_limit,
  allowed_mime_types = excluded.allowed_mime_types;

-- Collections of cards on their way in: read once, then removed. What is left behind goes with the files that nothing names.
insert into storage.buckets (id, name, public, file_size_limit)
values ('imports', 'imports', false, 41943040)
on conflict (id) do update set public = excluded.public, file_size_limit = excluded.file_size_limit;

-- Definer: as below.
create function private.import_room() returns boolean
language sql stable security definer
set search_path = ''
as $$
  select count(*) < 5 from storage.objects o
  where o.bucket_id = 'imports' and o.name ~>=~ ((select auth.uid())::text || '/')
    and o.name ~<~ ((select auth.uid())::text || '0')
$$;
comment on function private.import_room is 'Whether the caller may bring one more collection.';
grant execute on function private.import_room to authenticated;

create policy "a student reads their imports" on storage.objects
  for select to authenticated
  using (bucket_id = 'imports' and (storage.foldername(name))[1] = (select auth.uid())::text);
create policy "a student brings imports" on storage.objects
  for insert to authenticated
  with check (
    bucket_id = 'imports' and (storage.foldername(name))[1] = (select auth.uid())::text
    and (select private.import_room())
  );
create policy "a student removes their imports" on storage.objects
  for delete to authenticated
  using (bucket_id = 'imports' and (storage.foldername(name))[1] = (select auth.uid())::text);

-- Definer: what stands in a folder is counted past the policies of the store, which would ask again for each file.
create function private.stored(out files bigint, out bytes bigint)
language sql volatile security definer
set search_path = ''
as $$
  select count(*), coalesce(sum(held.bytes), 0)::bigint
  from (
    select case when jsonb_typeof(o.metadata -> 'size') = 'number' then (o.metadata ->> 'size')::numeric else 0 end as bytes
    from storage.objects o
    -- The folder by its bounds, as the index is sorted: a slash, and the sign after it.
    where o.bucket_id in ('documents', 'chat-uploads') and o.name ~>=~ ((select auth.uid())::text || '/')
      and o.name ~<~ ((select auth.uid())::text || '0')
    union all
    -- What was announced and is still on its way.
    select coalesce(r.size_bytes, 0) from (
      select d.file_path, d.size_bytes from public.doc_source d where d.user_id = (select auth.uid()) and d.file_path is not null
      union
      select a.file_path, a.size_bytes from public.attachment a where a.user_id = (select auth.uid())
    ) r
    where not exists (
      select from storage.objects o where o.bucket_id in ('documents', 'chat-uploads') and o.name = r.file_path)
    limit 3000
  ) held
$$;
comment on function private.stored is 'How many files the caller keeps or has announced, and how large they are together.';

-- One file of a student at a time, or many at once would each find the last room; volatile, to see what the one before left.
create function private.storage_room(p_bytes bigint default 0) returns boolean
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  held record;
begin
  perform private.in_turn('files');
  select * into held from private.stored();
  return held.files < 2000 and held.bytes + p_bytes <= private.quota_of('stored_bytes');
end
$$;
comment on function private.storage_room is 'Whether the caller may keep one more file.';
grant execute on function private.storage_room to authenticated;

-- What is given inside a conversation: the library's types.
insert into storage.buckets (id, name, public, file_size_limit, allowed_mime_types)
select 'chat-uploads', 'chat-uploads', false, b.file_size_limit,
  b.allowed_mime_types
from storage.buckets b where b.id = 'documents'
on conflict (id) do update
set public = excluded.public, file_size_limit = excluded.file_size_limit,
  allowed_mime_types = excluded.allowed_mime_types;

create policy "a student reads their attached files" on storage.objects
  for select to authenticated
  using (bucket_id = 'chat-uploads' and (storage.foldername(name))[1] = (select auth.uid())::text);
create policy "a student attaches files" on storage.objects
  for insert to authenticated
  with check (
    bucket_id = 'chat-uploads' and (storage.foldername(name))[1] = (select auth.uid())::text
    and (storage.foldername(name))[2] = 'attachment' and (select private.storage_room())
  );
create policy "a student removes their attached files" on storage.objects
  for delete to authenticated
  using (bucket_id = 'chat-uploads' and (storage.foldername(name))[1] = (select auth.uid())::text);

create policy "a student reads their files" on storage.objects
  for select to authenticated
  using (bucket_id = 'documents' and (storage.foldername(name))[1] = (select auth.uid())::text);
create policy "a student adds files" on storage.objects
  for insert to authenticated
  with check (
    bucket_id = 'documents' and (storage.foldername(name))[1] = (select auth.uid())::text
    and (select private.storage_room())
  );
create policy "a student replaces their files" on storage.objects
  for update to authenticated
  using (bucket_id = 'documents' and (storage.foldername(name))[1] = (select auth.uid())::text)
  with check (bucket_id = 'documents' and (storage.foldername(name))[1] = (select auth.uid())::text);
create policy "a student removes their files" on storage.objects
  for delete to authenticated
  using (bucket_id = 'documents' and (storage.foldername(name))[1] = (select auth.uid())::text);

-- What a document says: its pages as the reading view shows them, and the overlapping pieces that search ranks.
-- Both are written only by publish_document and copy_document, whole documents at a time; a student may read them.
--
-- The document's text is its pages joined by one empty line. Offsets count UTF-16 units in that text, as JavaScript
-- does, and a chunk's content is exactly the text between its offsets.
create table public.doc_page (
  doc_id     uuid not null references public.doc_source on delete cascade,
  user_id    uuid not null default auth.uid() references auth.users on delete cascade,
  page       int not null check (page >= 1),
  label      text,
  content    text not null,
  words      jsonb check (pg_column_size(words) <= 262144),
  char_start int not null check (char_start >= 0),
  char_end   int not null check (char_end >= char_start),
  primary key (doc_id, page)
);
comment on table public.doc_page is 'The text of a document page by page.';
comment on column public.doc_page.words is
  'Where words that were read from a picture of the page stand on it: [text, left, top, width, height], in ten thousandths of it.';
create index doc_page_user on public.doc_page (user_id);

create table public.doc_chunk (
  id              bigint generated always as identity primary key,
  doc_id          uuid not null references public.doc_source on delete cascade,
  user_id         uuid not null default auth.uid() references auth.users on delete cascade,
  ord             int not null check (ord >= 0),
  content         text not null check (content <> ''),
  heading_path    text[] not null default '{}',
  page_start      int,
  page_end        int,
  char_start      int,
  char_end        int,
  content_hash    text,
  token_count     int,
  metadata        jsonb not null default '{}',
  embedding       extensions.vector(1536),
  embedding_model text,
  unique (doc_id, ord)
);
comment on table public.doc_chunk is 'The searchable pieces of a document.';

-- An exact scan reads every vector of one student. Kept in the row it is more than twice as fast as fetched from
-- TOAST, and the row still fits a page because the text moves out instead.
alter table public.doc_chunk alter column embedding set storage plain;
create index doc_chunk_user on public.doc_chunk (user_id);

revoke all on public.doc_page from public, anon, authenticated;
grant all on public.doc_page to service_role;
alter table public.doc_page enable row level security;
create policy "a student reads their pages" on public.doc_page
  for select to authenticated using (user_id = (select auth.uid()));
revoke all on public.doc_chunk from public, anon, authenticated;
grant all on public.doc_chunk to service_role;
alter table public.doc_chunk enable row level security;
create policy "a student reads their chunks" on public.doc_chunk
  for select to authenticated using (user_id = (select auth.uid()));
grant select on public.doc_page, public.doc_chunk to authenticated;
grant usage, select on sequence public.doc_chunk_id_seq to service_role;

-- Where an ingestion job keeps its work between steps: pages as they are extracted, chunks as they are embedded.
-- A killed job resumes from here, and a half-read document is never seen, because readers only see what
-- publish_document has moved. Row level security is on with no policy: only the service may touch drafts.
create table public.doc_page_draft (
  doc_id     uuid not null references public.doc_source on delete cascade,
  user_id    uuid not null references auth.users on delete cascade,
  page       int not null check (page >= 1),
  label      text,
  content    text not null,
  words      jsonb check (pg_column_size(words) <= 262144),
  char_count int not null check (char_count >= 0),
  primary key (doc_id, page)
);
comment on table public.doc_page_draft is 'Pages of a document while it is being read.';
comment on column public.doc_page_draft.char_count is 'Length of content in UTF-16 units; Postgres counts otherwise.';
create index doc_page_draft_user on public.doc_page_draft (user_id);

create table public.doc_chunk_draft (
  doc_id       uuid not null references public.doc_source on delete cascade,
  user_id      uuid not null references auth.users on delete cascade,
  ord          int not null check (ord >= 0),
  content      text not null,
  heading_path text[] not null default '{}',
  page_start   int,
  page_end     int,
  char_start   int not null,
  char_end     int not null,
  content_hash text not null,
  token_count  int not null,
  lex_weights  text not null,
  primary key (doc_id, ord)
);
comment on table public.doc_chunk_draft is 'Chunks of a document while it is being read.';
create index doc_chunk_draft_user on public.doc_chunk_draft (user_id);

-- Apart from the chunk, so that storing a vector does not rewrite the text beside it.
create table public.doc_embedding_draft (
  doc_id    uuid not null references public.doc_source on delete cascade,
  user_id   uuid not null references auth.users on delete cascade,
  ord       int not null,
  embedding extensions.vector(1536) not null,
  primary key (doc_id, ord)
);
comment on table public.doc_embedding_draft is 'Vectors of draft chunks.';
alter table public.doc_embedding_draft alter column embedding set storage plain;
create index doc_embedding_draft_user on public.doc_embedding_draft (user_id);

revoke all on public.doc_page_draft, public.doc_chunk_draft, public.doc_embedding_draft
  from public, anon, authenticated;
grant all on public.doc_page_draft, public.doc_chunk_draft, public.doc_embedding_draft to service_role;

alter table public.doc_page_draft enable row level security;
alter table public.doc_chunk_draft enable row level security;
alter table public.doc_embedding_draft enable row level security;

-- Refuses one more file of a student who has as many on their way, or as many at all, as there may be.
create function private.require_room_for_file(p_max_unfinished int, p_size_bytes bigint) returns void
language plpgsql security invoker
set search_path = ''
as $$
begin
  -- An upload that was begun and left alone stops counting after ten minutes; it must not lock its owner out.
  if (
    select count(*) from public.doc_source d
    where d.user_id = (select auth.uid()) and (
      d.status = 'processing'
      or (d.status = 'pending' and (d.queued_at is not null or d.created_at > now() - interval '10 minutes'))
    )
  ) >= p_max_unfinished then
    raise exception 'too many unfinished documents' using errcode = 'PT429';
  end if;
  if not private.storage_room(coalesce(p_size_bytes, 0)) then
    raise exception 'no more files can be kept; remove some first' using errcode = 'PT422';
  end if;
end
$$;

-- An address that is in the library already is looked at again; it stays ready, as it was read, until then.
create function private.refetch_link(p_doc_id uuid) returns void
language plpgsql security definer
set search_path = ''
as $$
begin
  update public.doc_source d
  set refetch = true, stage = 'extracting', progress = 0, pages_read = 0, ingest_run = d.ingest_run + 1, queued_at = now()
  where d.id = p_doc_id and d.user_id = (select auth.uid()) and d.status = 'ready' and d.stage is null;
  if found then
    perform private.take_quota('rereads', 1, 100);
  end if;
end
$$;
comment on function private.refetch_link is
  'Definer, because a student may not write the state of a reading; it touches a ready page of their own alone.';

-- A file name without what tells one version from another: "Script_v2 (1).pdf" is "script".
create function private.version_name(p_file_name text) returns text
language sql immutable security invoker
set search_path = ''
as $$
  select regexp_replace(regexp_replace(lower(p_file_name), '\.[a-z0-9]{1,8}$', ''),
    '([ _.-]*(\(\d+\)|[ _.-]v(ersion)?[ _.]?\d+|[ _.-](copy|kopie|final|new|neu|updated|corrected)))+$', '')
$$;

-- Of the documents with a file of that name the newest, in its course where it is named.
create function private.earlier_by_name(p_file_name text, p_course text) returns uuid
language sql stable security invoker
set search_path = ''
as $$
  select d.id from public.doc_source d
  where d.user_id = (select auth.uid()) and d.source_type = 'upload' and d.status = 'ready' and d.replaced_by is null
    and private.version_name(d.file_name) = private.version_name(p_file_name)
    and (p_course is null or d.course is not distinct from p_course)
  order by d.created_at desc limit 1
$$;

create function public.add_document(
  p_title          text,
  p_file_name      text,
  p_mime_type      text,
  p_size_bytes     bigint,
  p_extension      text,
  p_course         text,
  p_content_hash   text,
  p_max_unfinished int,
  p_source_type    text default 'upload',
  p_source_url     text default null
)
returns jsonb
language plpgsql security invoker
set search_path = ''
as $$
declare
  student    uuid := (select auth.uid());
  new_id     uuid := gen_random_uuid();
  existing   uuid;
  earlier    uuid;
begin
  perform private.in_turn('add_document');

  if p_content_hash is not null then
    select d.id into existing from public.doc_source d
    where d.user_id = student and d.content_hash = p_content_hash and d.status = 'ready'
      and d.source_type <> 'attachment' and d.replaced_by is null
    order by d.created_at limit 1;
    if found then
      return jsonb_build_object('documentId', existing, 'alreadyInLibrary', true, 'path', null);
    end if;
  end if;

  if p_source_url is not null then
    select d.id into existing from public.doc_source d
    where d.user_id = student and d.source_url = p_source_url and d.source_type = 'url'
    order by d.created_at limit 1;
    if found then
      perform private.refetch_link(existing);
      return jsonb_build_object('documentId', existing, 'alreadyInLibrary', true, 'path', null);
    end if;
  end if;

  perform private.require_room_for_file(p_max_unfinished, p_size_bytes);
  earlier := case when p_source_type = 'upload' then private.earlier_by_name(p_file_name, p_course) end;
  insert into public.doc_source (id, user_id, title, source_type, source_url, file_name, file_path, mime_type, size_bytes,
    course, earlier_id)
  values (new_id, student, p_title, p_source_type, p_source_url, p_file_name,
    student::text || '/' || new_id::text || '/original.' || p_extension, p_mime_type, p_size_bytes, p_course, earlier);
  return jsonb_build_object('documentId', new_id, 'alreadyInLibrary', false,
    'path', student::text || '/' || new_id::text || '/original.' || p_extension);
end
$$;
comment on function public.add_document is 'Makes room for a file, or names the document that already holds it.';

-- What an answer quoted from a document goes with the document: the quotes beside the text, and the passages that a
-- search had returned. The student's own conversation stays.
--
-- Definer: what an answer says is not the student's to write.
create function private.forget_documents() returns trigger
language plpgsql security definer
set search_path = ''
as $$
declare
  ids text[] := array(select g.id::text from gone g);
begin
  -- With the account its conversations go too; going through them for each document would take longer than a deletion may.
  if pg_trigger_depth() > 1 or cardinality(ids) = 0 then
    return null;
  end if;
  update public.message m
  set parts = (
    select coalesce(jsonb_agg(
      case when jsonb_typeof(part #> '{output,chunks}') = 'array' then
        jsonb_set(part, '{output,chunks}', (
          select coalesce(jsonb_agg(chunk order by place), '[]')
          from jsonb_array_elements(part #> '{output,chunks}') with ordinality as c(chunk, place)
          where (chunk ->> 'docId' = any (ids)) is not true
        ))
      else part end
      order by position
    ), '[]')
    from jsonb_array_elements(m.parts) with ordinality as p(part, position)
    where not (part ->> 'type' = 'data-citation' and (part #>> '{data,docId}' = any (ids)) is true)
  )
  where m.user_id in (select g.user_id from gone g)
    and exists (select from unnest(ids) as d(id) where strpos(m.parts::text, d.id) > 0);
  return null;
end
$$;

create trigger doc_source_forgotten after delete on public.doc_source referencing old table as gone
  for each statement execute function private.forget_documents();

-- The moments a document changes for its reader, each one transaction: reading is asked for, the finished drafts take
-- the place of what was there, or the same file's earlier reading is copied.

-- Definer: a student may ask for a reading but may not write the status columns themselves, or a document could be
-- made "ready" with nothing in it. The caller's identity is checked here.
create function private.queue_document(p_doc_id uuid, p_again boolean, p_encoding text) returns public.doc_source
language plpgsql security definer
set search_path = ''
as $$
declare
  doc    public.doc_source;
  chosen text;
begin
  select * into doc from public.doc_source d
  where d.id = p_doc_id and d.user_id = auth.uid()
  for update;
  if not found then
    raise exception 'document not found' using errcode = 'PT404';
  end if;

  -- What was replaced is kept as it was read.
  if doc.replaced_by is not null then
    return doc;
  end if;

  -- A reading that is queued or running is not started twice; the caller sends its event again under the same run
  -- number, which the queue takes once. One in another encoding takes its place.
  chosen := case p_encoding when 'auto' then null else coalesce(p_encoding, doc.encoding) end;
  if chosen is not distinct from doc.encoding and (
    doc.status = 'processing'
    or (doc.status = 'pending' and doc.queued_at is not null)
    or (doc.status = 'ready' and not p_again)
  ) then
    return doc;
  end if;

  -- Pages and what their meaning cost are counted when they are read; a day that is full takes no further reading.
  if exists (
    select 1 from public.quota q
    where q.user_id = doc.user_id and q.day = private.quota_day(doc.user_id)
      and ((q.kind = 'pages' and q.used >= 5000) or (q.kind = 'embedding_tokens' and q.used >= 5000000))
  ) then
    raise exception 'today''s limit of pages is reached' using errcode = 'PT429';
  end if;
  -- Or as many as there are could be asked for before the first of them is counted.
  if (
    select count(*) from public.doc_source d
    where d.user_id = doc.user_id and (d.status = 'processing' or (d.status = 'pending' and d.queued_at is not null))
  ) >= 50 then
    raise exception 'too many documents are being read' using errcode = 'PT429';
  end if;
  if doc.ingest_run > 0 then
    perform private.take_quota('rereads', 1, 100);
  end if;

  update public.doc_source d
  set status = 'pending', stage = null, progress = 0, pages_read = 0, error_code = null, error_message = null,
    ingest_run = d.ingest_run + 1, queued_at = now(), encoding = chosen
  where d.id = p_doc_id
  returning * into doc;
  return doc;
end
$$;

create function public.request_ingestion(p_doc_id uuid, p_again boolean default false, p_encoding text default null) returns jsonb
language plpgsql security invoker
set search_path = ''
as $$
declare
  doc public.doc_source;
begin
  select * into doc from public.doc_source d where d.id = p_doc_id;
  if not found then
    raise exception 'document not found' using errcode = 'PT404';
  end if;
  -- What a note says is followed by a job of its own.
  if doc.source_type = 'note' then
    return jsonb_build_object('status', doc.status, 'fileMissing', false, 'run', doc.ingest_run);
  end if;
  -- A page of the web is fetched by the job itself.
  if (doc.source_url is null or doc.fetched_at is not null) and not exists (
    select 1 from storage.objects o where o.bucket_id in ('documents', 'chat-uploads') and o.name = doc.file_path
  ) then
    return jsonb_build_object('status', doc.status, 'fileMissing', true, 'run', doc.ingest_run);
  end if;
  doc := private.queue_document(p_doc_id, p_again, p_encoding);
  return jsonb_build_object('status', doc.status, 'fileMissing', false, 'run', doc.ingest_run);
end
$$;
comment on function public.request_ingestion is
  'Marks a document as waiting to be read, once however often it is asked; as what it is read stays chosen until another (or ''auto'') is.';

-- Many documents in one transaction: moved to a course (`course`, null takes them out of one), given tags and freed of some
-- (`addTags`, `removeTags`), renamed by words that are replaced (`find`, `replace`); or set to what is given for each
-- (`documents`), which takes a change back. Gives what they were before. The title of a note is its first heading.
create function public.change_documents(p_ids uuid[], p_change jsonb) returns jsonb
language plpgsql security invoker
set search_path = ''
as $$
declare
  before jsonb;
begin
  perform private.in_turn('notes');
  if cardinality(p_ids) > 200 then
    raise exception 'too many documents at once' using errcode = 'PT422';
  end if;
  perform 1 from public.doc_source d where d.id = any (p_ids) and d.user_id = (select auth.uid()) order by d.id for update;
  select coalesce(jsonb_agg(jsonb_build_object('id', d.id, 'title', d.title, 'course', d.course, 'tags', to_jsonb(d.tags))), '[]') into before
  from public.doc_source d where d.id = any (p_ids) and d.user_id = (select auth.uid()) and d.source_type <> 'attachment';
  update public.doc_source d
  set title = w.title, course = w.course, tags = w.tags
  from (
    select s.id,
      case
        when s.source_type = 'note' then s.title
        when x.id is not null then x.title
        when p_change ? 'find' then left(coalesce(nullif(btrim(replace(s.title, p_change ->> 'find', coalesce(p_change ->> 'replace', ''))), ''), s.title), 200)
        else s.title end as title,
      case when x.id is not null then x.course when p_change ? 'course' then p_change ->> 'course' else s.course end as course,
      case when x.id is not null then x.tags else (
        select coalesce(array_agg(t.tag order by t.place), '{}') from (
          select k.tag, min(k.place) as place from (
            select tag, place from unnest(s.tags) with ordinality as own(tag, place)
            where not tag = any (array(select jsonb_array_elements_text(coalesce(p_change -> 'removeTags', '[]'))))
            union all
            select tag, 100 + place from jsonb_array_elements_text(coalesce(p_change -> 'addTags', '[]')) with ordinality as new(tag, place)
          ) k group by k.tag order by 2 limit 20) t) end as tags
    from public.doc_source s
    left join jsonb_to_recordset(coalesce(p_change -> 'documents', '[]')) as x(id uuid, title text, course text, tags text[]) on x.id = s.id
    where s.id = any (p_ids) and s.user_id = (select auth.uid()) and s.source_type <> 'attachment'
  ) w
  where d.id = w.id and (d.title, d.course, d.tags) is distinct from (w.title, w.course, w.tags);
  return before;
end
$$;
comment on function public.change_documents is 'Changes many documents at once, and gives what they were before.';

-- Has many documents read anew: each is found as it was meanwhile, and they follow one after the other as after a change of the
-- index. Definer: the version of an index is not the student's to write; it acts on the caller alone.
create function private.reread_many(p_ids uuid[]) returns int
language plpgsql security definer
set search_path = ''
as $$
declare
  many int;
begin
  if cardinality(p_ids) > 200 then
    raise exception 'too many documents at once' using errcode = 'PT422';
  end if;
  perform private.in_turn('notes');
  perform 1 from public.doc_source d where d.id = any (p_ids) and d.user_id = (select auth.uid()) order by d.id for update;
  perform private.take_quota('rereads', 1, 100);
  update public.doc_source d set index_version = 0, reread_tries = 0, reread_after = null
  where d.id = any (p_ids) and d.user_id = (select auth.uid()) and d.status = 'ready' and d.stage is null
    and d.replaced_by is null;
  get diagnostics many = row_count;
  return many;
end
$$;
create function public.reread_many(p_ids uuid[]) returns int
language sql volatile security invoker
set search_path = ''
as $$ select private.reread_many(p_ids) $$;
comment on function public.reread_many is 'Has documents read anew, one after the other.';

create function private.drop_drafts(p_doc_id uuid) returns void
language sql security invoker
set search_path = ''
as $$
  delete from public.doc_page_draft where doc_id = p_doc_id;
  delete from public.doc_embedding_draft where doc_id = p_doc_id;
  delete from public.doc_chunk_draft where doc_id = p_doc_id;
$$;

-- Puts the drafts in the place of what the document said.
create function private.move_drafts(p_doc public.doc_source, p_embedding_model text, out pages int, out chunks int)
language plpgsql security invoker
set search_path = ''
as $$
begin
  delete from public.doc_page where doc_id = p_doc.id;
  delete from public.doc_chunk where doc_id = p_doc.id;

  insert into public.doc_page (doc_id, user_id, page, label, content, words, char_start, char_end)
  select p.doc_id, p_doc.user_id, p.page, p.label, p.content, p.words, p.ends - p.char_count, p.ends
  from (
    select d.*, sum(d.char_count + 2) over (order by d.page) - 2 as ends
    from public.doc_page_draft d where d.doc_id = p_doc.id
  ) p;
  get diagnostics pages = row_count;

  insert into public.doc_chunk (doc_id, user_id, ord, content, heading_path, page_start, page_end, char_start,
    char_end, content_hash, token_count, metadata, embedding, embedding_model)
  select c.doc_id, p_doc.user_id, c.ord, c.content, c.heading_path, c.page_start, c.page_end, c.char_start,
    c.char_end, c.content_hash, c.token_count,
    jsonb_build_object('page_start', c.page_start, 'page_end', c.page_end, 'char_start', c.char_start,
      'char_end', c.char_end, 'heading_path', to_jsonb(c.heading_path)),
    e.embedding, case when e.embedding is not null then p_embedding_model end
  from public.doc_chunk_draft c
  -- One look-up a passage by its key: the planner knows nothing of rows written a moment ago, and would compare all with all.
  left join lateral (
    select d.embedding from public.doc_embedding_draft d where d.doc_id = p_doc.id and d.ord = c.ord limit 1
  ) e on true
  where c.doc_id = p_doc.id
  order by c.ord;
  get diagnostics chunks = row_count;

  insert into public.chunk_lex (chunk_id, doc_id, user_id, weights)
  select c.id, c.doc_id, c.user_id, d.lex_weights::extensions.sparsevec
  from public.doc_chunk c
  cross join lateral (
    select d.lex_weights from public.doc_chunk_draft d where d.doc_id = p_doc.id and d.ord = c.ord limit 1
  ) d
  where c.doc_id = p_doc.id;
end
$$;

-- The document of the same course whose text is mostly this one's: of two sketches as many hashes agree as of the texts do.
create function private.earlier_by_text(p_doc public.doc_source) returns uuid
language sql stable security invoker
set search_path = ''
as $$
  select d.id from public.doc_source d
  cross join lateral (select count(*) as shared from (select unnest(d.sketch) intersect select unnest(p_doc.sketch)) s) s
  where d.user_id = p_doc.user_id and d.id <> p_doc.id and d.source_type = 'upload' and d.status = 'ready'
    and d.replaced_by is null and d.created_at <= p_doc.created_at
    and (p_doc.course is null or d.course is not distinct from p_doc.course)
    and cardinality(p_doc.sketch) >= 8 and d.sketch && p_doc.sketch
    and s.shared >= 0.6 * least(cardinality(d.sketch), cardinality(p_doc.sketch))
    and s.shared >= 0.3 * greatest(cardinality(d.sketch), cardinality(p_doc.sketch))
  order by s.shared desc, d.created_at desc limit 1
$$;

-- With p_run, a reading that was replaced by a newer one may not publish: the drafts are no longer all its own. What
-- describes the index changes here and not before, so that it is true of the chunks that can be searched.
create function public.publish_document(
  p_doc_id          uuid,
  p_content_hash    text,
  p_run             int default null,
  p_index_version   int default null,
  p_embedding_model text default null,
  p_locator         text default null,
  p_is_english      boolean default null,
  p_account         jsonb default null
)
returns jsonb
language plpgsql security invoker
set search_path = ''
as $$
declare
  doc    public.doc_source;
  pages  int;
  chunks int;
begin
  select * into doc from public.doc_source d where d.id = p_doc_id for update;
  if not found then
    raise exception 'document not found' using errcode = 'PT404';
  end if;
  if (p_run is distinct from doc.ingest_run and p_run is not null) or doc.replaced_by is not null then
    raise exception 'a newer reading has taken over' using errcode = 'PT409';
  end if;
  if not exists (select 1 from public.doc_chunk_draft c where c.doc_id = p_doc_id) then
    -- A second call after a success finds the drafts gone and the work done.
    if doc.status = 'ready' and doc.content_hash = p_content_hash and doc.chunk_count > 0 then
      return jsonb_build_object('pageCount', doc.page_count, 'chunkCount', doc.chunk_count);
    end if;
    raise exception 'a document without chunks cannot be published' using errcode = 'PT422';
  end if;

  select * into pages, chunks from private.move_drafts(doc, coalesce(p_embedding_model, doc.embedding_model));
  perform private.drop_drafts(p_doc_id);
  insert into public.quota as q (user_id, kind, used)
  select doc.user_id, u.kind, u.used
  from (
    select 'pages', pages::bigint
    union all
    select 'embedding_tokens', sum(c.token_count) from public.doc_chunk c where c.doc_id = p_doc_id and c.embedding is not null
  ) as u(kind, used)
  where u.used > 0
  on conflict (user_id, kind, day) do update set used = q.used + excluded.used;

  update public.doc_source d
  set status = 'ready', stage = null, progress = 100, pages_read = pages, page_count = pages, chunk_count = chunks,
    content_hash = p_content_hash, error_code = null, error_message = null, reread_tries = 0, reread_after = null,
    index_version = coalesce(p_index_version, d.index_version),
    embedding_model = coalesce(p_embedding_model, d.embedding_model),
    locator = coalesce(p_locator, d.locator), is_english = coalesce(p_is_english, d.is_english),
    account = coalesce(p_account, d.account),
    earlier_id = case when doc.status = 'ready' or doc.source_type <> 'upload' then d.earlier_id
      else coalesce(private.earlier_by_text(d), d.earlier_id) end
  where d.id = p_doc_id;
  return jsonb_build_object('pageCount', pages, 'chunkCount', chunks);
end
$$;
comment on function public.publish_document is 'Replaces what a document says by its drafts, in one transaction.';

-- The same file added twice by one student is read once: the second document takes over the first one's pages, chunks
-- and term weights. Never across students, whatever their files hold.
create function public.copy_document(p_from uuid, p_to uuid) returns jsonb
language plpgsql security invoker
set search_path = ''
as $$
declare
  source public.doc_source;
  target public.doc_source;
begin
  -- One order of locks, so that two copies between the same pair cannot wait for each other; whoever deletes a version has another.
  perform pg_advisory_xact_lock(hashtextextended('notes:' || d.user_id::text, 0)) from public.doc_source d where d.id = p_to;
  perform 1 from public.doc_source d where d.id in (p_from, p_to) order by d.id for update;
  select * into source from public.doc_source d where d.id = p_from;
  select * into target from public.doc_source d where d.id = p_to;
  if source.id is null or target.id is null or source.user_id <> target.user_id then
    raise exception 'document not found' using errcode = 'PT404';
  end if;
  if source.id = target.id or source.status <> 'ready' or source.chunk_count = 0 or target.replaced_by is not null then
    raise exception 'the document to copy is not ready' using errcode = 'PT409';
  end if;

  delete from public.doc_page where doc_id = p_to;
  delete from public.doc_chunk where doc_id = p_to;

  insert into public.doc_page (doc_id, user_id, page, label, content, words, char_start, char_end)
  select p_to, p.user_id, p.page, p.label, p.content, p.words, p.char_start, p.char_end
  from public.doc_page p where p.doc_id = p_from;

  insert into public.doc_chunk (doc_id, user_id, ord, content, heading_path, page_start, page_end, char_start,
    char_end, content_hash, token_count, metadata, embedding, embedding_model)
  select p_to, c.user_id, c.ord, c.content, c.heading_path, c.page_start, c.page_end, c.char_start,
    c.char_end, c.content_hash, c.token_count, c.metadata, c.embedding, c.embedding_model
  from public.doc_chunk c where c.doc_id = p_from order by c.ord;

  insert into public.chunk_lex (chunk_id, doc_id, user_id, weights)
  select copied.id, p_to, copied.user_id, x.weights
  from public.doc_chunk c
  join public.chunk_lex x on x.chunk_id = c.id
  join public.doc_chunk copied on copied.doc_id = p_to and copied.ord = c.ord
  where c.doc_id = p_from;

  perform private.drop_drafts(p_to);

  update public.doc_source d
  set status = 'ready', stage = null, progress = 100, pages_read = source.pages_read, sketch = source.sketch,
    earlier_id = case when d.source_type = 'upload' and source.source_type = 'upload' and source.replaced_by is null
      then source.id else d.earlier_id end,
    page_count = source.page_count, chunk_count = source.chunk_count, locator = source.locator,
    is_english = source.is_english, account = source.account, content_hash = source.content_hash, embedding_model = source.embedding_model,
    index_version = source.index_version, reread_tries = 0, reread_after = null,
    error_code = null, error_message = null
  where d.id = p_to;
  return jsonb_build_object('pageCount', source.page_count, 'chunkCount', source.chunk_count);
end
$$;
comment on function public.copy_document is 'Gives a document the reading of another of the same student.';

-- What the ingestion job does to a document's state. Each function is one round trip and may run twice.

-- The drafts of a reading made from the stored pages and chunks, without their vectors: null unless all could be taken.
create function private.draft_stored_index(p_doc_id uuid) returns int
language plpgsql security invoker
set search_path = ''
as $$
declare
  chunks int;
begin
  insert into public.doc_chunk_draft (doc_id, user_id, ord, content, heading_path, page_start, page_end, char_start,
    char_end, content_hash, token_count, lex_weights)
  select c.doc_id, c.user_id, c.ord, c.content, c.heading_path, c.page_start, c.page_end, c.char_start,
    c.char_end, c.content_hash, c.token_count, x.weights::text
  from public.doc_chunk c
  join public.chunk_lex x on x.chunk_id = c.id
  where c.doc_id = p_doc_id and num_nulls(c.char_start, c.char_end, c.content_hash, c.token_count) = 0;
  get diagnostics chunks = row_count;
  if chunks <> (select count(*) from public.doc_chunk c where c.doc_id = p_doc_id) then
    delete from public.doc_chunk_draft where doc_id = p_doc_id;
    return null;
  end if;
  insert into public.doc_page_draft (doc_id, user_id, page, label, content, words, char_count)
  select p.doc_id, p.user_id, p.page, p.label, p.content, p.words, p.char_end - p.char_start
  from public.doc_page p where p.doc_id = p_doc_id;
  return chunks;
end
$$;

-- A document whose index is of this version already, and is read anew for its vectors alone, gets the drafts from what
-- is stored; `chunkCount` then says that the file need not be opened.
create function public.begin_ingestion(p_doc_id uuid, p_run int, p_index_version int default null) returns jsonb
language plpgsql security invoker
set search_path = ''
as $$
declare
  doc    public.doc_source;
  chunks int;
begin
  -- Only the latest reading that was asked for may start; an older one that wakes up late finds nothing to do.
  update public.doc_source
  set status = case status when 'ready' then 'ready' else 'processing' end, stage = 'extracting', progress = 1,
    pages_read = 0, error_code = null, error_message = null
  where id = p_doc_id and ingest_run = p_run and (status in ('pending', 'processing') or stage is not null)
  returning * into doc;
  if not found then
    return null;
  end if;
  perform private.drop_drafts(p_doc_id);
  if doc.status = 'ready' and doc.index_version = p_index_version and doc.content_hash is not null
    and not doc.refetch then
    chunks := private.draft_stored_index(p_doc_id);
    update public.doc_source set stage = 'embedding' where id = p_doc_id and chunks is not null;
  end if;
  return jsonb_build_object('userId', doc.user_id, 'filePath', doc.file_path, 'fileName', doc.file_name,
    'mimeType', doc.mime_type, 'sourceUrl', doc.source_url, 'isFetched', doc.fetched_at is not null and not doc.refetch,
    'isReread', doc.status = 'ready', 'contentHash', doc.content_hash, 'encoding', doc.encoding,
    'chunkCount', chunks);
end
$$;
comment on function public.begin_ingestion is 'Starts a reading with empty drafts; null when it is no longer wanted.';

-- A ready document that could not be read anew stays as it was and says so, with what the sentence is made of. The pause before the next try grows from
-- an hour to a month.
create function public.fail_ingestion(
  p_doc_id uuid, p_run int, p_code text, p_message text, p_said jsonb default '{}'
) returns boolean
language plpgsql security invoker
set search_path = ''
as $$
begin
  update public.doc_source d
  set status = case d.status when 'ready' then 'ready' else 'error' end, stage = null, refetch = false, error_code = p_code,
    error_message = p_message,
    account = d.account || jsonb_build_object('said', coalesce(d.account -> 'said', '{}') || p_said),
    progress = case d.status when 'ready' then 100 else d.progress end,
    pages_read = case d.status when 'ready' then coalesce(d.page_count, d.pages_read) else d.pages_read end,
    reread_tries = d.reread_tries + 1,
    reread_after = now() + least(interval '1 hour' * 4 ^ least(d.reread_tries, 9), interval '30 days')
  where d.id = p_doc_id and d.ingest_run = p_run and (d.status in ('pending', 'processing') or d.stage is not null);
  if not found then
    return false;
  end if;
  perform private.drop_drafts(p_doc_id);
  return true;
end
$$;
comment on function public.fail_ingestion is 'Ends a reading with a reason the student can read.';

-- Chooses ready documents that an older version of the index or another embedding model made, the last changed first,
-- and returns those to ask a reading for: so many of a student and so many in all are read anew at a time, that new
-- files do not wait behind them. Documents keep their state and their chunks until the new ones are published.
create function public.reread_documents(
  p_index_version int, p_embedding_model text, p_per_student int, p_at_once int
)
returns table (document_id uuid, user_id uuid, run int)
language plpgsql security invoker
set search_path = ''
as $$
#variable_conflict use_column
begin
  -- Two callers at once would both count the same room.
  perform pg_advisory_xact_lock(hashtextextended('reread_documents', 0));
  return query
  with under_way as (
    select d.user_id, count(*) as documents from public.doc_source d
    where d.status = 'ready' and d.stage is not null
    group by d.user_id
  ), older as (
    select d.id, d.updated_at, coalesce(u.documents, 0)
      + row_number() over (partition by d.user_id order by d.updated_at desc, d.id) as place
    from public.doc_source d
    left join under_way u on u.user_id = d.user_id
    where d.status = 'ready' and d.stage is null and d.file_path is not null and d.content_hash is not null
      and d.replaced_by is null
      and (d.reread_after is null or d.reread_after < now())
      -- Spelled out so that the index answers: all that is current is left unread.
      and (d.index_version < p_index_version or (d.index_version = p_index_version
        and (d.embedding_model < p_embedding_model or d.embedding_model > p_embedding_model
          or d.embedding_model is null)))
  ), chosen as materialized (
    select h.id from public.doc_source h
    where h.id in (
      select o.id from older o
      where o.place <= p_per_student
      order by o.place, o.updated_at desc
      limit greatest(0, p_at_once - (select coalesce(sum(u.documents), 0) from under_way u)::int)
    )
    order by h.id for update skip locked
  )
  update public.doc_source d
  set stage = 'extracting', progress = 0, pages_read = 0, ingest_run = d.ingest_run + 1, queued_at = now()
  from chosen c
  where d.id = c.id
  returning d.id, d.user_id, d.ingest_run;
end
$$;
comment on function public.reread_documents is 'Asks for a new reading of documents whose index is not of today.';

-- Finds documents that nobody is working on any more and returns those whose reading has to be asked for again.
--   queued, never started   the event may have been lost: sent again under the same run, which the queue takes once;
--                           after p_missing_minutes as a new run, should the queue itself have lost it
--   started, then silent    the run died with its process: a new run, and the old one may no longer write
--   uploaded, never queued  the page was closed between the two requests
--   never uploaded          given up with a reason after p_missing_minutes
--   read anew, then silent  the try has failed; what was there before stays, and reread_documents tries again later
create function public.reconcile_documents(
  p_stalled_minutes int, p_missing_minutes int, p_missing_message text, p_stalled_message text default null
)
returns table (document_id uuid, user_id uuid, run int)
language plpgsql security invoker
set search_path = ''
as $$
#variable_conflict use_column
declare
  stalled_since constant timestamptz := now() - make_interval(mins => p_stalled_minutes);
  missing_since constant timestamptz := now() - make_interval(mins => p_missing_minutes);
  held uuid[];
begin
  -- All of them before the first is changed, but those that somebody holds, which are being worked on.
  held := array(
    select d.id from public.doc_source d
    where d.status in ('pending', 'processing') or (d.status = 'ready' and d.stage is not null)
    order by d.id for update skip locked
  );

  update public.doc_source d
  set status = 'error', error_code = 'file_missing', error_message = p_missing_message
  where d.id = any (held) and d.status = 'pending' and d.queued_at is null and d.created_at < missing_since
    and not exists (
      select 1 from storage.objects o where o.bucket_id in ('documents', 'chat-uploads') and o.name = d.file_path
    );

  perform public.fail_ingestion(d.id, d.ingest_run, 'internal', p_stalled_message)
  from public.doc_source d
  where d.id = any (held) and d.status = 'ready' and d.stage is not null and d.updated_at < stalled_since;

  return query
  update public.doc_source d
  set status = 'pending', stage = null,
    queued_at = case when d.status = 'pending' and d.queued_at > missing_since then d.queued_at else now() end,
    ingest_run = d.ingest_run
      + case when d.status = 'pending' and d.queued_at > missing_since then 0 else 1 end
  where d.id = any (held) and d.status in ('pending', 'processing') and d.updated_at < stalled_since
    and (d.queued_at is not null or exists (
      select 1 from storage.objects o where o.bucket_id in ('documents', 'chat-uploads') and o.name = d.file_path
    ))
  returning d.id, d.user_id, d.ingest_run;
end
$$;
comment on function public.reconcile_documents is 'Gives up or restarts readings that nobody works on.';

-- Files that no row names any more. An upload address works for two hours, so a file can still arrive after its
-- document was deleted, and would stay although its owner believes it gone.
--
-- Only names are given: a row of storage.objects deleted by SQL would leave the bytes behind, so the job removes the
-- files through Storage.
create function public.orphaned_files(p_older_than_hours int, p_limit int default 200, p_bucket text default 'documents')
returns setof text
language sql stable security invoker
set search_path = ''
as $$
  select o.name
  from storage.objects o
  where o.bucket_id = p_bucket and o.created_at < now() - make_interval(hours => p_older_than_hours)
    and not exists (select 1 from public.doc_source d where d.file_path = o.name)
    and not exists (select 1 from public.attachment a where a.file_path = o.name)
    and not exists (select 1 from public.note_image i where i.file_path = o.name)
  order by o.created_at
  limit p_limit
$$;
comment on function public.orphaned_files is 'Files that no document and no attachment names.';

-- Whoever may call what is above; everybody else is turned away.
grant execute on function
  public.add_document, private.version_name, private.earlier_by_name, private.require_room_for_file, private.queue_document, private.refetch_link,
  public.request_ingestion, public.change_documents, private.reread_many, public.reread_many to authenticated;
grant execute on function
  private.drop_drafts, private.move_drafts, private.earlier_by_text, public.publish_document, public.copy_document, private.draft_stored_index,
  public.begin_ingestion, public.fail_ingestion, public.reread_documents, public.reconcile_documents,
  public.orphaned_files to service_role;

-- Notes that a student writes in the app. A note is a document of the library whose text is a row here and not a file: it is
-- ready from its first save, and what can be searched of it follows its text by a few seconds.

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
-- Locks: whoever renames holds the turn of the notes before the first row (a student by the trigger below, a job by
-- `name_document`), so that two renamings that link to each other wait in a line. Definer: the text of a note changes by
-- functions alone.
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

-- A job that finds what a document calls itself names it so, where it still bears one of the names that stood in for that.
create function public.name_document(p_document_id uuid, p_title text, p_instead_of text[]) returns void
language plpgsql security invoker
set search_path = ''
as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('notes:' || (
    select d.user_id from public.doc_source d where d.id = p_document_id)::text, 0));
  update public.doc_source d set title = p_title
  where d.id = p_document_id and d.source_type in ('upload', 'url') and d.title = any (p_instead_of);
end
$$;
comment on function public.name_document is 'Names a document, unless somebody called it otherwise; links of notes follow.';

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
grant execute on function public.name_document, public.claim_notes, public.reuse_vectors, public.publish_notes, public.students_with_waiting_notes,
  private.link_name to service_role;
revoke all on all routines in schema public, private from public;
