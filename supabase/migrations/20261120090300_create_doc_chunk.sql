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
  char_start int not null check (char_start >= 0),
  char_end   int not null check (char_end >= char_start),
  primary key (doc_id, page)
);
comment on table public.doc_page is 'The text of a document page by page.';
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

revoke all on public.doc_page, public.doc_chunk from public, anon, authenticated;
grant select on public.doc_page, public.doc_chunk to authenticated;
grant all on public.doc_page, public.doc_chunk to service_role;
grant usage, select on sequence public.doc_chunk_id_seq to service_role;

alter table public.doc_page enable row level security;
create policy "a student reads their pages" on public.doc_page
  for select to authenticated using (user_id = (select auth.uid()));

alter table public.doc_chunk enable row level security;
create policy "a student reads their chunks" on public.doc_chunk
  for select to authenticated using (user_id = (select auth.uid()));
