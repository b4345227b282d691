-- Decks as a whole: a change with the schedule it brings, finding cards, and the way in and out for other programs.

-- A new exam date moves cards. The app works the days out; a card that was reviewed meanwhile keeps its newer one.
create function public.change_deck(p_deck_id uuid, p_change jsonb, p_dues jsonb)
returns jsonb
language plpgsql security invoker
set search_path = ''
as $$
declare
  changed public.deck;
begin
  update public.deck d
  set name = coalesce(p_change ->> 'name', d.name),
    exam_date = case when p_change ? 'examDate' then (p_change ->> 'examDate')::date else d.exam_date end,
    desired_retention = coalesce((p_change ->> 'desiredRetention')::double precision, d.desired_retention)
  where d.id = p_deck_id and d.user_id = (select auth.uid())
  returning * into changed;
  if changed.id is null then
    raise exception 'no such deck' using errcode = 'PT404';
  end if;
  update public.flashcard f
  set due = n.due, scheduled_days = n."scheduledDays"
  from jsonb_to_recordset(p_dues) as n(id uuid, reps int, due timestamptz, "scheduledDays" int)
  where f.id = n.id and f.deck_id = changed.id and f.reps = n.reps;
  return to_jsonb(changed);
end
$$;
comment on function public.change_deck is 'Changes a deck together with the days its cards are due on.';
revoke all on function public.change_deck from public, anon;
grant execute on function public.change_deck to authenticated;

-- The cards of a deck whose day can move: they are in review.
create function public.deck_schedule(p_deck_id uuid)
returns jsonb
language sql stable security invoker
set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object('id', f.id, 'due', f.due, 'stability', f.stability, 'reps', f.reps,
    'lastReview', f.last_review, 'scheduledDays', f.scheduled_days)), '[]')
  from public.flashcard f
  where f.user_id = (select auth.uid()) and f.deck_id = p_deck_id and f.state = 2 and not f.proposed
$$;
comment on function public.deck_schedule is 'When the cards of a deck are due, and what that was worked out from.';
revoke all on function public.deck_schedule from public, anon;
grant execute on function public.deck_schedule to authenticated;

create function public.find_flashcards(p_deck_id uuid, p_query text, p_which text, p_offset int, p_limit int)
returns jsonb
language sql stable security invoker
set search_path = ''
as $$
  with found as (
    select f.*, d.name as deck, d.exam_date, d.desired_retention
    from public.flashcard f join public.deck d on d.id = f.deck_id
    where d.user_id = (select auth.uid()) and (p_deck_id is null or f.deck_id = p_deck_id)
      and case p_which when 'proposed' then f.proposed when 'suspended' then f.suspended and not f.proposed
        else not f.proposed end
      and (p_query = '' or strpos(lower(f.front || ' ' || f.back || ' ' || coalesce(f.topic, '')), lower(p_query)) > 0)
  )
  select jsonb_build_object('total', (select count(*) from found), 'cards', (
    select coalesce(jsonb_agg(to_jsonb(page) order by page.created_at desc, page.id), '[]')
    from (select * from found order by created_at desc, id offset p_offset limit p_limit) as page))
$$;
comment on function public.find_flashcards is 'A page of the student''s cards, newest first, and how many there are.';
revoke all on function public.find_flashcards from public, anon;
grant execute on function public.find_flashcards to authenticated;

-- Cards with their whole history, a page at a time in the order of their ids.
create function public.export_flashcards(p_deck_id uuid, p_after uuid, p_limit int)
returns jsonb
language sql stable security invoker
set search_path = ''
as $$
  select coalesce(jsonb_agg(to_jsonb(f) || jsonb_build_object('reviews', (
    select coalesce(jsonb_agg(jsonb_build_object('rating', l.rating, 'state', l.state, 'due', l.due,
      'stability', l.stability, 'difficulty', l.difficulty, 'scheduledDays', l.scheduled_days,
      'durationMs', l.duration_ms, 'reviewedAt', l.reviewed_at) order by l.reviewed_at, l.id), '[]')
    from public.review_log l where l.card_id = f.id and l.undone_at is null
  )) order by f.id), '[]')
  from (
    select card.*, d.name as deck, d.exam_date, d.desired_retention
    from public.flashcard card join public.deck d on d.id = card.deck_id
    where d.user_id = (select auth.uid()) and not card.proposed
      and (p_deck_id is null or card.deck_id = p_deck_id) and (p_after is null or card.id > p_after)
    order by card.id limit p_limit
  ) as f
$$;
comment on function public.export_flashcards is 'Cards with their reviews.';
revoke all on function public.export_flashcards from public, anon;
grant execute on function public.export_flashcards to authenticated;

-- Takes cards from another program with their schedule and history. A card whose guid is here already is left as it
-- is, so a file imported twice, or broken off in the middle, does no harm.
create function public.import_flashcards(p_cards jsonb)
returns jsonb
language plpgsql security invoker
set search_path = ''
as $$
declare
  decks jsonb;
  added int;
begin
  select coalesce(jsonb_object_agg(named.deck, private.deck_named(named.deck)), '{}') into decks
  from (select distinct card ->> 'deck' as deck from jsonb_array_elements(p_cards) as card) as named;

  with given as (
    select * from jsonb_to_recordset(p_cards) as x(guid text, "clozeIndex" int, kind text, front text, back text,
      topic text, deck text, suspended boolean, due timestamptz, stability double precision,
      difficulty double precision, "elapsedDays" int, "scheduledDays" int, "learningSteps" int, reps int, lapses int,
      state int, "lastReview" timestamptz, reviews jsonb)
  ), inserted as (
    insert into public.flashcard (deck_id, guid, cloze_index, kind, front, back, topic, suspended, due, stability,
      difficulty, elapsed_days, scheduled_days, learning_steps, reps, lapses, state, last_review,
      created_at)
    select (decks ->> g.deck)::uuid, g.guid, g."clozeIndex", g.kind, g.front, g.back, g.topic, g.suspended, g.due,
      g.stability, g.difficulty, g."elapsedDays", g."scheduledDays", g."learningSteps", g.reps, g.lapses, g.state,
      g."lastReview", clock_timestamp()
    from given g
    on conflict (user_id, guid, cloze_index) do nothing
    returning id, guid, cloze_index
  ), logged as (
    insert into public.review_log (card_id, rating, state, due, stability, difficulty, scheduled_days, duration_ms,
      reviewed_at)
    select i.id, l.rating, l.state, l.due, l.stability, l.difficulty, l."scheduledDays", l."durationMs", l."reviewedAt"
    from inserted i
    join given g on g.guid = i.guid and g."clozeIndex" = i.cloze_index
    cross join lateral jsonb_to_recordset(g.reviews) as l(rating int, state int, due timestamptz,
      stability double precision, difficulty double precision, "scheduledDays" int, "durationMs" int,
      "reviewedAt" timestamptz)
  )
  select count(*) into added from inserted;
  return jsonb_build_object('added', added, 'already', jsonb_array_length(p_cards) - added);
end
$$;
comment on function public.import_flashcards is 'Adds cards with their reviews; those that are here already stay as they are.';
revoke all on function public.import_flashcards from public, anon;
grant execute on function public.import_flashcards to authenticated;
