-- Adding cards, and deciding on the ones the agent proposed: each in one round trip, whole or not at all.

-- What new cards are compared with: the cards already in the decks they are meant for.
create function public.deck_fronts(p_names text[])
returns jsonb
language sql stable security invoker
set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object('front', f.front, 'back', f.back)), '[]')
  from public.flashcard f
  join public.deck d on d.id = f.deck_id
  where d.user_id = (select auth.uid())
    and lower(d.name) in (select lower(btrim(asked)) from unnest(p_names) as asked)
$$;
comment on function public.deck_fronts is 'Both sides of every card in the decks of these names.';
revoke all on function public.deck_fronts from public, anon;
grant execute on function public.deck_fronts to authenticated;

-- The student's deck of that name, whatever its case; made when there is none.
create function private.deck_named(p_name text) returns uuid
language plpgsql security invoker
set search_path = ''
as $$
declare
  wanted text := coalesce(nullif(btrim(left(btrim(p_name), 120)), ''), 'My cards');
  found_id uuid;
begin
  select d.id into found_id from public.deck d
  where d.user_id = (select auth.uid()) and lower(d.name) = lower(wanted)
  order by d.name = wanted desc, d.created_at limit 1;
  if found_id is null then
    insert into public.deck (name) values (wanted)
    on conflict (user_id, name) do update set name = excluded.name
    returning id into found_id;
  end if;
  return found_id;
end
$$;
revoke all on function private.deck_named(text) from public;
grant execute on function private.deck_named(text) to authenticated;

create function public.add_flashcards(p_cards jsonb, p_proposed boolean, p_source_doc_id uuid default null)
returns jsonb
language plpgsql security invoker
set search_path = ''
as $$
declare
  student uuid := (select auth.uid());
  ids     uuid[] := '{}';
  card    record;
  new_id  uuid;
  doc     uuid;
begin
  if p_source_doc_id is not null and not exists (
    select 1 from public.doc_source d where d.id = p_source_doc_id and d.user_id = student
  ) then
    raise exception 'no such document' using errcode = 'PT404';
  end if;

  for card in
    select * from jsonb_to_recordset(p_cards) as c(front text, back text, kind text, topic text, deck text,
      "clozeIndex" int, guid text, source jsonb, metadata jsonb)
  loop
    -- A source whose document is gone meanwhile proves nothing any more.
    select d.id into doc from public.doc_source d
    where d.user_id = student and d.id::text = card.source ->> 'docId';
    insert into public.flashcard (deck_id, source_doc_id, front, back, kind, topic, source, proposed, metadata,
      cloze_index, guid, created_at)
    values (private.deck_named(card.deck), coalesce(doc, p_source_doc_id), card.front, card.back,
      coalesce(card.kind, 'basic'), card.topic, case when doc is null then null else card.source end, p_proposed,
      coalesce(card.metadata, '{}'), coalesce(card."clozeIndex", 1),
      coalesce(card.guid, replace(gen_random_uuid()::text, '-', '')),
      -- Not the time of the statement: cards are met in the order they were made.
      clock_timestamp())
    returning id into new_id;
    ids := ids || new_id;
  end loop;
  return to_jsonb(ids);
end
$$;
comment on function public.add_flashcards is 'Adds cards, and the decks they name; gives their ids in order.';
revoke all on function public.add_flashcards from public, anon;
grant execute on function public.add_flashcards to authenticated;

-- Says of proposed cards which are kept, changed or as they are, and which are dropped. Asked again it changes nothing.
create function public.keep_flashcards(p_keep jsonb, p_drop uuid[])
returns jsonb
language plpgsql security invoker
set search_path = ''
as $$
declare
  student uuid := (select auth.uid());
  kept    int;
  dropped int;
begin
  update public.flashcard f
  set proposed = false, front = coalesce(k.front, f.front), back = coalesce(k.back, f.back), due = now()
  from jsonb_to_recordset(p_keep) as k(id uuid, front text, back text)
  where f.id = k.id and f.user_id = student and f.proposed;
  get diagnostics kept = row_count;
  delete from public.flashcard f where f.id = any (p_drop) and f.user_id = student and f.proposed;
  get diagnostics dropped = row_count;
  return jsonb_build_object('kept', kept, 'dropped', dropped);
end
$$;
comment on function public.keep_flashcards is 'Keeps and drops proposed cards.';
revoke all on function public.keep_flashcards from public, anon;
grant execute on function public.keep_flashcards to authenticated;
