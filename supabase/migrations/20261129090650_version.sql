-- New versions of a file. A version that replaces another takes its place in the library and in what is searched; the text of
-- the other one stays, so that what quoted it can still be opened. What was made from passages that read otherwise now waits
-- here, with both texts, until its student decides.

create table public.passage_change (
  id         uuid primary key default gen_random_uuid(),
  user_id    uuid not null default auth.uid() references auth.users on delete cascade,
  doc_id     uuid not null,
  card_id    uuid,
  quiz_id    uuid,
  item_id    text check (char_length(item_id) between 1 and 100),
  about      text not null check (char_length(about) <= 500),
  old_text   text not null check (char_length(old_text) <= 4000),
  new_text   text check (char_length(new_text) <= 4000),
  new_page   int,
  created_at timestamptz not null default now(),
  constraint passage_change_of_one check (num_nonnulls(card_id, quiz_id) = 1 and num_nulls(quiz_id, item_id) <> 1),
  unique (card_id),
  unique (quiz_id, item_id),
  -- Both columns each: all of it is of one student.
  foreign key (doc_id, user_id) references public.doc_source (id, user_id) on delete cascade,
  foreign key (card_id, user_id) references public.flashcard (id, user_id) on delete cascade,
  foreign key (quiz_id, user_id) references public.quiz (id, user_id) on delete cascade
);
comment on table public.passage_change is 'A card or a question whose passage reads otherwise in the version that replaced its document.';
comment on column public.passage_change.new_text is 'What comes closest in the new version; null where nothing is like it.';
create index passage_change_user on public.passage_change (user_id, created_at desc);
create index passage_change_doc on public.passage_change (doc_id);

revoke all on public.passage_change from public, anon, authenticated;
grant all on public.passage_change to service_role;
grant select, delete on public.passage_change to authenticated;
alter table public.passage_change enable row level security;
create policy "a student reads what changed" on public.passage_change
  for select to authenticated using (user_id = (select auth.uid()));
create policy "a student decides on what changed" on public.passage_change
  for delete to authenticated using (user_id = (select auth.uid()));

-- Puts a document in the place of an earlier one. Said again of the same two it changes nothing. Its passages alone go at once;
-- what was made from them follows by a job.
--
-- Definer: neither the state of a reading nor what replaces what is the student's to write. It acts on the caller alone.
create function private.replace_document(p_doc_id uuid, p_earlier_id uuid) returns void
language plpgsql security definer
set search_path = ''
as $$
declare
  doc     public.doc_source;
  earlier public.doc_source;
begin
  perform private.in_turn('notes');
  perform 1 from public.doc_source d
  where (d.id in (p_doc_id, p_earlier_id) or d.replaced_by = p_earlier_id or d.earlier_id = p_earlier_id) and d.user_id = (select auth.uid())
  order by d.id for update;
  select * into doc from public.doc_source d where d.id = p_doc_id and d.user_id = (select auth.uid());
  select * into earlier from public.doc_source d where d.id = p_earlier_id and d.user_id = (select auth.uid());
  if doc.id is null or earlier.id is null then
    raise exception 'document not found' using errcode = 'PT404';
  end if;
  if earlier.replaced_by = doc.id then
    return;
  end if;
  if doc.id = earlier.id or doc.source_type in ('note', 'attachment') or earlier.source_type in ('note', 'attachment') then
    raise exception 'no version of each other' using errcode = 'PT422';
  end if;
  if doc.status <> 'ready' or doc.replaced_by is not null or earlier.replaced_by is not null then
    raise exception 'not in a state to be replaced' using errcode = 'PT409';
  end if;

  -- One that the student named keeps its name, and its links in notes; one that is called like its file does not.
  update public.doc_source d
  set earlier_id = null, course = coalesce(d.course, earlier.course),
    title = case when regexp_replace(lower(earlier.title), '[^[:alnum:]]', '', 'g')
      = regexp_replace(regexp_replace(lower(coalesce(earlier.file_name, '')), '\.[a-z0-9]+$', ''), '[^[:alnum:]]', '', 'g')
      then d.title else earlier.title end,
    tags = array(select t.tag from unnest(earlier.tags || d.tags) with ordinality as t(tag, place)
      group by t.tag order by min(t.place) limit 20)
  where d.id = doc.id;
  update public.doc_source d
  set replaced_by = doc.id, earlier_id = null, stage = null, refetch = false, progress = 100, chunk_count = 0,
    ingest_run = d.ingest_run + 1
  where d.id = earlier.id;
  update public.doc_source d set replaced_by = doc.id where d.replaced_by = earlier.id;
  update public.doc_source d set earlier_id = doc.id where d.earlier_id = earlier.id and d.user_id = doc.user_id and d.id <> doc.id;
  perform private.drop_drafts(earlier.id);
  delete from public.doc_chunk where doc_id = earlier.id;
end
$$;
create function public.replace_document(p_doc_id uuid, p_earlier_id uuid) returns void
language sql volatile security invoker
set search_path = ''
as $$ select private.replace_document(p_doc_id, p_earlier_id) $$;
comment on function public.replace_document is 'Puts a document in the place of an earlier version of it.';

-- Brings a replaced document back beside the one that replaced it: it is found again once it is read anew.
-- Definer: as above.
create function private.restore_version(p_doc_id uuid) returns void
language plpgsql security definer
set search_path = ''
as $$
begin
  perform private.in_turn('notes');
  update public.doc_source d
  set replaced_by = null, index_version = 0, reread_tries = 0, reread_after = null
  where d.id = p_doc_id and d.user_id = (select auth.uid()) and d.replaced_by is not null;
  if not found then
    raise exception 'document not found' using errcode = 'PT404';
  end if;
end
$$;
create function public.restore_version(p_doc_id uuid) returns void
language sql volatile security invoker
set search_path = ''
as $$ select private.restore_version(p_doc_id) $$;
comment on function public.restore_version is 'Brings a replaced document back.';

-- What became of cards and questions that quote a replaced document: `moved`, as {cardId, source} or {quizId, itemId, source}, stand
-- word for word in the new one, from where they are proven from now on; `changed`, as {cardId | quizId, itemId, about, oldText,
-- newText, newPage}, do not.
create function public.settle_passages(p_user_id uuid, p_doc_id uuid, p_earlier_id uuid, p_moved jsonb, p_changed jsonb) returns int
language plpgsql security invoker
set search_path = ''
as $$
declare
  noted int;
begin
  perform pg_advisory_xact_lock(hashtextextended('cards:' || p_user_id::text, 0));
  perform 1 from public.doc_source d where d.id = p_doc_id and d.user_id = p_user_id for share;
  if not found then
    raise exception 'document not found' using errcode = 'PT404';
  end if;
  perform 1 from public.quiz q
  where q.user_id = p_user_id and q.id in (select (m ->> 'quizId')::uuid from jsonb_array_elements(p_moved) m)
  order by q.id for update;
  update public.quiz q
  set items = (
    select jsonb_agg(case when m.source is null then i.item else jsonb_set(i.item, '{source}', m.source) end order by i.place)
    from jsonb_array_elements(q.items) with ordinality as i(item, place)
    left join jsonb_to_recordset(p_moved) as m("quizId" uuid, "itemId" text, source jsonb)
      on m."quizId" = q.id and m."itemId" = i.item ->> 'id' and i.item #>> '{source,docId}' = p_earlier_id::text)
  where q.user_id = p_user_id and q.id in (select (m ->> 'quizId')::uuid from jsonb_array_elements(p_moved) m);
  perform 1 from public.flashcard f
  where f.user_id = p_user_id and f.id in (select (m ->> 'cardId')::uuid from jsonb_array_elements(p_moved || p_changed) m)
  order by f.id for update;
  update public.flashcard f set source_doc_id = p_doc_id, source = m.source
  from jsonb_to_recordset(p_moved) as m("cardId" uuid, source jsonb)
  where f.id = m."cardId" and f.user_id = p_user_id and f.source_doc_id = p_earlier_id;
  insert into public.passage_change as c (user_id, doc_id, card_id, quiz_id, item_id, about, old_text, new_text, new_page)
  select p_user_id, p_doc_id, f.id, q.id, x."itemId", left(x.about, 500), left(x."oldText", 4000), left(x."newText", 4000), x."newPage"
  from jsonb_to_recordset(p_changed) as x("cardId" uuid, "quizId" uuid, "itemId" text, about text, "oldText" text, "newText" text,
    "newPage" int)
  left join public.flashcard f on f.id = x."cardId" and f.user_id = p_user_id
  left join public.quiz q on q.id = x."quizId" and q.user_id = p_user_id
  where num_nonnulls(f.id, q.id) = 1
  order by f.id, q.id, x."itemId"
  on conflict do nothing;
  get diagnostics noted = row_count;
  return noted;
end
$$;
comment on function public.settle_passages is 'Moves what is unchanged to the new version of a document, and notes what is not.';

-- Takes highlights along to the version that replaced their document, as {id, page, charStart}: those whose words stand in it. The
-- others stay with the text that holds them.
--
-- Locks: the documents before their highlights, as in `place_highlights`.
create function public.move_highlights(p_user_id uuid, p_doc_id uuid, p_earlier_id uuid, p_places jsonb) returns int
language plpgsql security invoker
set search_path = ''
as $$
declare
  moved int;
begin
  -- Whoever deletes a version deletes those that it replaced behind it, whatever their ids.
  perform pg_advisory_xact_lock(hashtextextended('notes:' || p_user_id::text, 0));
  perform 1 from public.doc_source d
  where d.id in (p_doc_id, p_earlier_id) and d.user_id = p_user_id
  order by d.id for no key update;
  -- Brought back or deleted meanwhile, it keeps what is its own.
  if not exists (select 1 from public.doc_source d where d.id = p_earlier_id and d.user_id = p_user_id and d.replaced_by is not null)
    or not exists (select 1 from public.doc_source d where d.id = p_doc_id and d.user_id = p_user_id) then
    return 0;
  end if;
  update public.highlight h
  set doc_id = p_doc_id, page = x.page, char_start = x."charStart", lost_run = null
  from jsonb_to_recordset(p_places) as x(id uuid, page int, "charStart" int)
  where h.id = x.id and h.doc_id = p_earlier_id and h.user_id = p_user_id;
  get diagnostics moved = row_count;
  return moved;
end
$$;
comment on function public.move_highlights is 'Takes highlights along to the version that replaced their document.';

grant execute on function private.replace_document, public.replace_document, private.restore_version, public.restore_version
  to authenticated;
grant execute on function public.settle_passages, public.move_highlights to service_role;
revoke all on all routines in schema public, private from public;
