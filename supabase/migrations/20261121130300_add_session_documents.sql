-- What a student keeps of a session comes into the library like a file, and is told from uploads by its type. Everything
-- else about adding stays as it was.

drop function public.add_document(text, text, text, bigint, text, text, text, int);

create function public.add_document(
  p_title          text,
  p_file_name      text,
  p_mime_type      text,
  p_size_bytes     bigint,
  p_extension      text,
  p_course         text,
  p_content_hash   text,
  p_max_unfinished int,
  p_source_type    text default 'upload'
)
returns jsonb
language plpgsql security invoker
set search_path = ''
as $$
declare
  student    uuid := (select auth.uid());
  new_id     uuid := gen_random_uuid();
  existing   uuid;
  unfinished int;
begin
  perform pg_advisory_xact_lock(hashtextextended('add_document:' || student::text, 0));

  if p_content_hash is not null then
    select d.id into existing from public.doc_source d
    where d.user_id = student and d.content_hash = p_content_hash and d.status = 'ready'
    order by d.created_at limit 1;
    if found then
      return jsonb_build_object('documentId', existing, 'alreadyInLibrary', true, 'path', null);
    end if;
  end if;

  -- An upload that was begun and left alone stops counting after ten minutes; it must not lock its owner out.
  select count(*) into unfinished from public.doc_source d
  where d.user_id = student and (
    d.status = 'processing'
    or (d.status = 'pending' and (d.queued_at is not null or d.created_at > now() - interval '10 minutes'))
  );
  if unfinished >= p_max_unfinished then
    raise exception 'too many unfinished documents' using errcode = 'PT429';
  end if;

  insert into public.doc_source (id, user_id, title, source_type, file_name, file_path, mime_type, size_bytes, course)
  values (new_id, student, p_title, p_source_type, p_file_name,
    student::text || '/' || new_id::text || '/original.' || p_extension, p_mime_type, p_size_bytes, p_course);
  return jsonb_build_object('documentId', new_id, 'alreadyInLibrary', false,
    'path', student::text || '/' || new_id::text || '/original.' || p_extension);
end
$$;
comment on function public.add_document is 'Makes room for a file, or names the document that already holds it.';
revoke all on function public.add_document from public, anon;
grant execute on function public.add_document to authenticated;
