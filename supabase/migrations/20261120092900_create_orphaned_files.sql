-- Files that no row names any more. An upload address works for two hours, so a file can still arrive after its
-- document was deleted, and would stay although its owner believes it gone.
--
-- Only names are given: a row of storage.objects deleted by SQL would leave the bytes behind, so the job removes the
-- files through Storage.

create function public.orphaned_files(p_older_than_hours int, p_limit int default 200) returns setof text
language sql stable security invoker
set search_path = ''
as $$
  select o.name
  from storage.objects o
  where o.bucket_id = 'documents' and o.created_at < now() - make_interval(hours => p_older_than_hours)
    and not exists (select 1 from public.doc_source d where d.file_path = o.name)
    and not exists (select 1 from public.attachment a where a.file_path = o.name)
  order by o.created_at
  limit p_limit
$$;
comment on function public.orphaned_files is 'Files of the library that no document and no attachment names.';
revoke all on function public.orphaned_files from public, anon, authenticated;
grant execute on function public.orphaned_files to service_role;

create index doc_source_file_path on public.doc_source (file_path) where file_path is not null;
create index attachment_file_path on public.attachment (file_path);
