-- Reviews. The schedule is worked out by the app; the database decides whether it still holds. Of two devices that
-- review the same card from the same state only one is stored, and a request that is sent again counts once.

-- What the app needs to work out the next state of these cards, and which of the requests are stored already.
create function public.review_context(p_card_ids uuid[], p_request_ids uuid[])
returns jsonb
language plpgsql stable security invoker
set search_path = ''
as $$
declare
  student uuid := (select auth.uid());
  zone    text;
begin
  select d.timezone into zone from private.student_day(now()) as d;
  return jsonb_build_object(
    'timezone', zone,
    'stored', (
      select coalesce(jsonb_agg(l.request_id), '[]') from public.review_log l
      where l.user_id = student and l.request_id = any (p_request_ids)
    ),
    'cards', (
      select coalesce(jsonb_agg(to_jsonb(f) || jsonb_build_object('exam_date', d.exam_date,
        'desired_retention', d.desired_retention)), '[]')
      from public.flashcard f join public.deck d on d.id = f.deck_id
      where f.user_id = student and f.id = any (p_card_ids) and not f.proposed
    )
  );
end
$$;
comment on function public.review_context is 'Cards with what their schedule depends on.';
revoke all on function public.review_context from public, anon;
grant execute on function public.review_context to authenticated;

-- Stores a card's next state together with the log of its review. `expectedReps` and `expectedLastReview` are the
-- state the review was made from.
create function public.review_card(p_review jsonb)
returns text
language plpgsql security invoker
set search_path = ''
as $$
declare
  student uuid := (select auth.uid());
  card    public.flashcard;
  r       record;
begin
  select * into r from jsonb_to_record(p_review) as x("requestId" uuid, "cardId" uuid, rating int,
    "reviewedAt" timestamptz, "durationMs" int, "expectedReps" int, "expectedLastReview" timestamptz, next jsonb);
  -- The lock makes requests for the same card wait for each other, a repeated one among them.
  select * into card from public.flashcard f where f.id = r."cardId" and f.user_id = student for update;
  if exists (select 1 from public.review_log l where l.user_id = student and l.request_id = r."requestId") then
    return 'repeated';
  end if;
  if card.id is null or card.proposed then
    return 'gone';
  end if;
  if card.reps <> r."expectedReps" or card.last_review is distinct from r."expectedLastReview" then
    return 'conflict';
  end if;

  insert into public.review_log (card_id, rating, state, due, stability, difficulty, scheduled_days, duration_ms,
    reviewed_at, request_id, card_before)
  values (card.id, r.rating, card.state, card.due, card.stability, card.difficulty, card.scheduled_days,
    r."durationMs", r."reviewedAt", r."requestId",
    jsonb_build_object('due', card.due, 'stability', card.stability, 'difficulty', card.difficulty,
      'elapsed_days', card.elapsed_days, 'scheduled_days', card.scheduled_days,
      'learning_steps', card.learning_steps, 'reps', card.reps, 'lapses', card.lapses, 'state', card.state,
      'last_review', card.last_review));
  update public.flashcard f
  set (due, stability, difficulty, elapsed_days, scheduled_days, learning_steps, reps, lapses, state, last_review) = (
    select n.due, n.stability, n.difficulty, n.elapsed_days, n.scheduled_days, n.learning_steps, n.reps, n.lapses,
      n.state, n.last_review
    from jsonb_to_record(r.next) as n(due timestamptz, stability double precision, difficulty double precision,
      elapsed_days int, scheduled_days int, learning_steps int, reps int, lapses int, state int,
      last_review timestamptz))
  where f.id = card.id;
  return 'stored';
end
$$;
comment on function public.review_card is 'Stores one review: stored, repeated, conflict or gone.';
revoke all on function public.review_card from public, anon;
grant execute on function public.review_card to authenticated;

-- Several reviews in their order, as a device sends them that was offline.
create function public.review_cards(p_reviews jsonb)
returns jsonb
language plpgsql security invoker
set search_path = ''
as $$
declare
  review   jsonb;
  outcomes jsonb := '[]';
begin
  for review in select value from jsonb_array_elements(p_reviews) loop
    outcomes := outcomes || jsonb_build_object('requestId', review ->> 'requestId',
      'outcome', public.review_card(review));
  end loop;
  return outcomes;
end
$$;
comment on function public.review_cards is 'Stores reviews one after the other and says what became of each.';
revoke all on function public.review_cards from public, anon;
grant execute on function public.review_cards to authenticated;

-- Takes back the review of that request, or the latest one, when it is the last of its card. The log keeps it, marked.
create function public.undo_review(p_request_id uuid, p_now timestamptz)
returns jsonb
language plpgsql security invoker
set search_path = ''
as $$
declare
  student uuid := (select auth.uid());
  review  public.review_log;
begin
  select * into review from public.review_log l
  where l.user_id = student and (
    l.request_id = p_request_id
    or (p_request_id is null and l.undone_at is null and l.card_before is not null
      and l.reviewed_at > p_now - interval '1 day'))
  order by l.reviewed_at desc, l.id limit 1;
  if review.id is null then
    return jsonb_build_object('outcome', 'nothing');
  end if;
  perform 1 from public.flashcard f where f.id = review.card_id and f.user_id = student for update;
  select * into review from public.review_log l where l.id = review.id;
  if review.undone_at is not null then
    return jsonb_build_object('outcome', 'repeated', 'cardId', review.card_id);
  end if;
  if review.card_before is null or exists (
    select 1 from public.review_log l
    where l.card_id = review.card_id and l.id <> review.id and l.undone_at is null
      and (l.card_before ->> 'reps')::int > (review.card_before ->> 'reps')::int
  ) then
    return jsonb_build_object('outcome', 'conflict', 'cardId', review.card_id);
  end if;

  update public.flashcard f
  set (due, stability, difficulty, elapsed_days, scheduled_days, learning_steps, reps, lapses, state, last_review) = (
    select b.due, b.stability, b.difficulty, b.elapsed_days, b.scheduled_days, b.learning_steps, b.reps, b.lapses,
      b.state, b.last_review
    from jsonb_to_record(review.card_before) as b(due timestamptz, stability double precision,
      difficulty double precision, elapsed_days int, scheduled_days int, learning_steps int, reps int, lapses int,
      state int, last_review timestamptz))
  where f.id = review.card_id and f.user_id = student;
  update public.review_log l set undone_at = p_now where l.id = review.id;
  return jsonb_build_object('outcome', 'undone', 'cardId', review.card_id);
end
$$;
comment on function public.undo_review is 'Puts a card back to what it was before its last review.';
revoke all on function public.undo_review from public, anon;
grant execute on function public.undo_review to authenticated;
