-- The moments a document changes for its reader, each one transaction: reading is asked for, the finished drafts take
-- the place of what was there, or the same file's earlier reading is copied.

-- Definer: a student may ask for a reading but may not write the status columns themselves, or a document could be
-- made "ready" with nothing in it. The caller's identity is checked here.
create function private.queue_document(p_doc_id uuid, p_again boolean) returns public.doc_source
language plpgsql security definer
set search_path = ''
as $$
declare
  doc public.doc_source;
begin
  select * into doc from public.doc_source d
  where d.id = p_doc_id and d.user_id = auth.uid()
  for update;
  if not found then
    raise exception 'document not found' using errcode = 'PT404';
  end if;

  -- A reading that is queued or running is not started twice; the caller sends its event again under the same run
  -- number, which the queue takes once.
  if doc.status = 'processing'
    or (doc.status = 'pending' and doc.queued_at is not null)
    or (doc.status = 'ready' and not p_again) then
    return doc;
  end if;

  update public.doc_source d
  set status = 'pending', stage = null, progress = 0, pages_read = 0, error_code = null, error_message = null,
    ingest_run = d.ingest_run + 1, queued_at = now()
  where d.id = p_doc_id
  returning * into doc;
  return doc;
end
$$;
revoke all on function private.queue_document from public, anon;
grant execute on function private.queue_document to authenticated;

create function public.request_ingestion(p_doc_id uuid, p_again boolean default false) returns jsonb
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
  if not exists (
    select 1 from storage.objects o where o.bucket_id = 'documents' and o.name = doc.file_path
  ) then
    return jsonb_build_object('status', doc.status, 'fileMissing', true, 'run', doc.ingest_run);
  end if;
  doc := private.queue_document(p_doc_id, p_again);
  return jsonb_build_object('status', doc.status, 'fileMissing', false, 'run', doc.ingest_run);
end
$$;
comment on function public.request_ingestion is
  'Marks a document as waiting to be read, once however often it is asked.';
revoke all on function public.request_ingestion from public, anon;
grant execute on function public.request_ingestion to authenticated;

-- With p_run, a reading that was replaced by a newer one may not publish: the drafts are no longer all its own.
create function public.publish_document(p_doc_id uuid, p_content_hash text, p_run int default null) returns jsonb
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
  if p_run is distinct from doc.ingest_run and p_run is not null then
    raise exception 'a newer reading has taken over' using errcode = 'PT409';
  end if;
  if not exists (select 1 from public.doc_chunk_draft c where c.doc_id = p_doc_id) then
    -- A second call after a success finds the drafts gone and the work done.
    if doc.status = 'ready' and doc.content_hash = p_content_hash and doc.chunk_count > 0 then
      return jsonb_build_object('pageCount', doc.page_count, 'chunkCount', doc.chunk_count);
    end if;
    raise exception 'a document without chunks cannot be published' using errcode = 'PT422';
  end if;

  delete from public.doc_page where doc_id = p_doc_id;
  delete from public.doc_chunk where doc_id = p_doc_id;

  insert into public.doc_page (doc_id, user_id, page, label, content, char_start, char_end)
  select p.doc_id, doc.user_id, p.page, p.label, p.content, p.ends - p.char_count, p.ends
  from (
    select d.*, sum(d.char_count + 2) over (order by d.page) - 2 as ends
    from public.doc_page_draft d where d.doc_id = p_doc_id
  ) p;
  get diagnostics pages = row_count;

  insert into public.doc_chunk (doc_id, user_id, ord, content, heading_path, page_start, page_end, char_start,
    char_end, content_hash, token_count, metadata, embedding, embedding_model)
  select c.doc_id, doc.user_id, c.ord, c.content, c.heading_path, c.page_start, c.page_end, c.char_start,
    c.char_end, c.content_hash, c.token_count,
    jsonb_build_object('page_start', c.page_start, 'page_end', c.page_end, 'char_start', c.char_start,
      'char_end', c.char_end, 'heading_path', to_jsonb(c.heading_path)),
    e.embedding, case when e.embedding is null then null else doc.embedding_model end
  from public.doc_chunk_draft c
  left join public.doc_embedding_draft e on e.doc_id = c.doc_id and e.ord = c.ord
  where c.doc_id = p_doc_id
  order by c.ord;
  get diagnostics chunks = row_count;

  insert into public.chunk_lex (chunk_id, doc_id, user_id, weights)
  select c.id, c.doc_id, c.user_id, d.lex_weights::extensions.sparsevec
  from public.doc_chunk c
  join public.doc_chunk_draft d on d.doc_id = c.doc_id and d.ord = c.ord
  where c.doc_id = p_doc_id;

  delete from public.doc_page_draft where doc_id = p_doc_id;
  delete from public.doc_embedding_draft where doc_id = p_doc_id;
  delete from public.doc_chunk_draft where doc_id = p_doc_id;

  update public.doc_source
  set status = 'ready', stage = null, progress = 100, pages_read = pages, page_count = pages, chunk_count = chunks,
    content_hash = p_content_hash, error_code = null, error_message = null
  where id = p_doc_id;
  return jsonb_build_object('pageCount', pages, 'chunkCount', chunks);
end
$$;
comment on function public.publish_document is 'Replaces what a document says by its drafts, in one transaction.';
revoke all on function public.publish_document from public, anon, authenticated;
grant execute on function public.publish_document to service_role;
