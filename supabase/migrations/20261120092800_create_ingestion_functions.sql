-- What the ingestion job does to a document's state. Each function is one round trip and may run twice.

create function public.begin_ingestion(p_doc_id uuid, p_run int) returns jsonb
language plpgsql security invoker
set search_path = ''
as $$
declare
  doc public.doc_source;
begin
  -- Only the latest reading that was asked for may start; an older one that wakes up late finds nothing to do.
  update public.doc_source
  set status = 'processing', stage = 'extracting', progress = 1, pages_read = 0, error_code = null,
    error_message = null
  where id = p_doc_id and ingest_run = p_run and status in ('pending', 'processing')
  returning * into doc;
  if not found then
    return null;
  end if;
  delete from public.doc_page_draft where doc_id = p_doc_id;
  delete from public.doc_embedding_draft where doc_id = p_doc_id;
  delete from public.doc_chunk_draft where doc_id = p_doc_id;
  return jsonb_build_object('userId', doc.user_id, 'filePath', doc.file_path, 'fileName', doc.file_name,
    'mimeType', doc.mime_type);
end
$$;
comment on function public.begin_ingestion is 'Starts a reading with empty drafts; null when it is no longer wanted.';
revoke all on function public.begin_ingestion from public, anon, authenticated;
grant execute on function public.begin_ingestion to service_role;

create function public.fail_ingestion(p_doc_id uuid, p_run int, p_code text, p_message text) returns boolean
language plpgsql security invoker
set search_path = ''
as $$
begin
  update public.doc_source
  set status = 'error', stage = null, error_code = p_code, error_message = p_message
  where id = p_doc_id and ingest_run = p_run and status in ('pending', 'processing');
  if not found then
    return false;
  end if;
  delete from public.doc_page_draft where doc_id = p_doc_id;
  delete from public.doc_embedding_draft where doc_id = p_doc_id;
  delete from public.doc_chunk_draft where doc_id = p_doc_id;
  return true;
end
$$;
comment on function public.fail_ingestion is 'Ends a reading with a reason the student can read.';
revoke all on function public.fail_ingestion from public, anon, authenticated;
grant execute on function public.fail_ingestion to service_role;

-- Finds documents that nobody is working on any more and returns those whose reading has to be asked for again.
--   queued, never started   the event may have been lost: sent again under the same run, which the queue takes once;
--                           after p_missing_minutes as a new run, should the queue itself have lost it
--   started, then silent    the run died with its process: a new run, and the old one may no longer write
--   uploaded, never queued  the page was closed between the two requests
--   never uploaded          given up with a reason after p_missing_minutes
create function public.reconcile_documents(p_stalled_minutes int, p_missing_minutes int, p_missing_message text)
returns table (document_id uuid, user_id uuid, run int)
language plpgsql security invoker
set search_path = ''
as $$
#variable_conflict use_column
declare
  stalled_since constant timestamptz := now() - make_interval(mins => p_stalled_minutes);
  missing_since constant timestamptz := now() - make_interval(mins => p_missing_minutes);
begin
  update public.doc_source d
  set status = 'error', error_code = 'file_missing', error_message = p_missing_message
  where d.status = 'pending' and d.queued_at is null and d.created_at < missing_since
    and not exists (
      select 1 from storage.objects o where o.bucket_id = 'documents' and o.name = d.file_path
    );

  return query
  update public.doc_source d
  set status = 'pending', stage = null,
    queued_at = case when d.status = 'pending' and d.queued_at > missing_since then d.queued_at else now() end,
    ingest_run = d.ingest_run
      + case when d.status = 'pending' and d.queued_at > missing_since then 0 else 1 end
  where d.status in ('pending', 'processing') and d.updated_at < stalled_since
    and (d.queued_at is not null or exists (
      select 1 from storage.objects o where o.bucket_id = 'documents' and o.name = d.file_path
    ))
  returning d.id, d.user_id, d.ingest_run;
end
$$;
comment on function public.reconcile_documents is 'Gives up or restarts readings that nobody works on.';
revoke all on function public.reconcile_documents from public, anon, authenticated;
grant execute on function public.reconcile_documents to service_role;
