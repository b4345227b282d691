-- What a card needs beyond its schedule: a deck, its kind and topic, the words of the notes that prove it, and whether
-- the student has looked at it yet. A card that the agent made is `proposed`: it is neither due nor reviewed until the
-- student keeps it.
--
-- `guid` is the card's name outside of this database. It travels in an export, so that the same cards imported again
-- are found again. The cards of one cloze text share it and differ by `cloze_index`.

alter table public.flashcard
  add column deck_id     uuid,
  add column kind        text not null default 'basic' check (kind in ('basic', 'cloze')),
  add column topic       text check (char_length(topic) between 1 and 200),
  add column source      jsonb check (jsonb_typeof(source) = 'object'),
  add column proposed    boolean not null default false,
  add column guid        text not null default replace(gen_random_uuid()::text, '-', '')
    check (char_length(guid) between 1 and 120),
  add column cloze_index int not null default 1 check (cloze_index between 1 and 500),
  -- The guid first: an index that begins with the student would be taken to look one card up among all of theirs,
  -- where the table has no statistics yet.
  add constraint flashcard_guid unique (guid, user_id, cloze_index),
  -- Imported cards may be long, and a cloze card says everything on its front.
  drop constraint flashcard_front_check,
  drop constraint flashcard_back_check,
  add constraint flashcard_front_check check (char_length(front) between 1 and 10000),
  add constraint flashcard_back_check
    check (char_length(back) <= 10000 and (kind = 'cloze' or char_length(back) >= 1));

insert into public.deck (user_id, name) select distinct f.user_id, 'My cards' from public.flashcard f;
update public.flashcard f set deck_id = d.id from public.deck d where d.user_id = f.user_id;

alter table public.flashcard
  alter column deck_id set not null,
  -- Both columns: a card can only lie in a deck of its own student.
  add foreign key (deck_id, user_id) references public.deck (id, user_id) on delete cascade;
create index flashcard_deck on public.flashcard (deck_id);

-- A card that names no deck lies in the one everybody has.
create function private.place_flashcard() returns trigger
language plpgsql security invoker
set search_path = ''
as $$
begin
  if new.deck_id is null then
    insert into public.deck (user_id, name) values (new.user_id, 'My cards')
    on conflict (user_id, name) do update set name = excluded.name
    returning id into new.deck_id;
  end if;
  return new;
end
$$;
revoke all on function private.place_flashcard() from public;
create trigger flashcard_placed before insert on public.flashcard
  for each row execute function private.place_flashcard();

-- What a card quotes from a document goes with the document; the card itself is the student's and stays.
create function private.forget_card_source() returns trigger
language plpgsql security invoker
set search_path = ''
as $$
begin
  new.source := null;
  return new;
end
$$;
revoke all on function private.forget_card_source() from public;
create trigger flashcard_source_forgotten before update of source_doc_id on public.flashcard
  for each row when (old.source_doc_id is not null and new.source_doc_id is null)
  execute function private.forget_card_source();

-- The history stays as it was written. A review that was taken back is marked, not removed; `card_before` is what it
-- has to be put back to, and a review without one (imported) cannot be taken back.
alter table public.review_log
  add column request_id  uuid,
  add column card_before jsonb,
  add column undone_at   timestamptz;
create unique index review_log_request on public.review_log (user_id, request_id);

grant update (undone_at) on public.review_log to authenticated;
create policy "a student takes back their reviews" on public.review_log
  for update to authenticated using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));
