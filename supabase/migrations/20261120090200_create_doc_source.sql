-- A document in a student's library and where its reading stands.
-- The student writes what a person decides (title, course); status and counts are written by the ingestion job.

create table public.doc_source (
  id              uuid primary key default gen_random_uuid(),
  user_id         uuid not null default auth.uid() references auth.users on delete cascade,
  title           text not null check (char_length(title) between 1 and 200),
  source_type     text not null default 'upload'
                  check (source_type in ('upload', 'url', 'note', 'session', 'transcript')),
  file_name       text check (char_length(file_name) <= 255),
  file_path       text,
  mime_type       text check (char_length(mime_type) <= 150),
  size_bytes      bigint check (size_bytes >= 0),
  status          text not null default 'pending' check (status in ('pending', 'processing', 'ready', 'error')),
  stage           text check (stage in ('extracting', 'chunking', 'embedding', 'storing')),
  progress        int not null default 0 check (progress between 0 and 100),
  pages_read      int not null default 0,
  error_code      text,
  error_message   text,
  page_count      int,
  chunk_count     int not null default 0,
  locator         text not null default 'page' check (locator in ('page', 'section', 'row')),
  is_english      boolean not null default true,
  content_hash    text,
  course          text check (char_length(course) between 1 and 120),
  embedding_model text,
  ingest_run      int not null default 0,
  queued_at       timestamptz,
  created_at      timestamptz not null default now(),
  updated_at      timestamptz not null default now(),
  -- The job downloads this path with rights over every file, so a row may only ever name its own.
  constraint doc_source_file_path_own check (
    file_path ~ ('^' || user_id::text || '/' || id::text || '/original\.[a-z0-9]{1,8}$')
  ),
  unique (id, user_id)
);
comment on table public.doc_source is 'A document of a student and the state of its reading.';
comment on column public.doc_source.content_hash is
  'sha256 of the file as the job downloaded it; never taken from a client.';
comment on column public.doc_source.ingest_run is
  'Number of the latest reading. A job of an older number may not write.';
comment on column public.doc_source.queued_at is 'When reading was last asked for; null until the upload is complete.';

create index doc_source_user on public.doc_source (user_id, created_at desc);
create index doc_source_content on public.doc_source (user_id, content_hash) where content_hash is not null;
create index doc_source_unfinished on public.doc_source (updated_at) where status in ('pending', 'processing');

create trigger doc_source_touch before update on public.doc_source
  for each row execute function private.touch_updated_at();

revoke all on public.doc_source from public, anon, authenticated;
grant select, delete on public.doc_source to authenticated;
grant insert (id, user_id, title, source_type, file_name, file_path, mime_type, size_bytes, course)
  on public.doc_source to authenticated;
grant update (title, course) on public.doc_source to authenticated;
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
