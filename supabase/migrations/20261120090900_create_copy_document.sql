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
  -- One order of locks, so that two copies between the same pair cannot wait for each other.
  perform 1 from public.doc_source d where d.id in (p_from, p_to) order by d.id for update;
  select * into source from public.doc_source d where d.id = p_from;
  select * into target from public.doc_source d where d.id = p_to;
  if source.id is null or target.id is null or source.user_id <> target.user_id then
    raise exception 'document not found' using errcode = 'PT404';
  end if;
  if source.id = target.id or source.status <> 'ready' or source.chunk_count = 0 then
    raise exception 'the document to copy is not ready' using errcode = 'PT409';
  end if;

  delete from public.doc_page where doc_id = p_to;
  delete from public.doc_chunk where doc_id = p_to;

  insert into public.doc_page (doc_id, user_id, page, label, content, char_start, char_end)
  select p_to, p.user_id, p.page, p.label, p.content, p.char_start, p.char_end
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

  delete from public.doc_page_draft where doc_id = p_to;
  delete from public.doc_embedding_draft where doc_id = p_to;
  delete from public.doc_chunk_draft where doc_id = p_to;

  update public.doc_source
  set status = 'ready', stage = null, progress = 100, pages_read = source.pages_read,
    page_count = source.page_count, chunk_count = source.chunk_count, locator = source.locator,
    is_english = source.is_english, content_hash = source.content_hash, embedding_model = source.embedding_model,
    error_code = null, error_message = null
  where id = p_to;
  return jsonb_build_object('pageCount', source.page_count, 'chunkCount', source.chunk_count);
end
$$;
comment on function public.copy_document is 'Gives a document the reading of another of the same student.';
revoke all on function public.copy_document from public, anon, authenticated;
grant execute on function public.copy_document to service_role;
