-- Where an ingestion job keeps its work between steps: pages as they are extracted, chunks as they are embedded.
-- A killed job resumes from here, and a half-read document is never seen, because readers only see what
-- publish_document has moved. Row level security is on with no policy: only the service may touch drafts.

create table public.doc_page_draft (
  doc_id     uuid not null references public.doc_source on delete cascade,
  user_id    uuid not null references auth.users on delete cascade,
  page       int not null check (page >= 1),
  label      text,
  content    text not null,
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
