-- Decks: what a student reviews together, and the day they are examined on it.

create table public.deck (
  id                uuid primary key default gen_random_uuid(),
  user_id           uuid not null default auth.uid() references auth.users on delete cascade,
  name              text not null check (char_length(name) between 1 and 120 and name = btrim(name)),
  exam_date         date,
  desired_retention double precision not null default 0.9 check (desired_retention between 0.7 and 0.97),
  -- What the student wants of it a day; null leaves it to the exam, or to the number that all decks share.
  new_per_day       int check (new_per_day between 0 and 500),
  reviews_per_day   int check (reviews_per_day between 0 and 9999),
  new_order         text not null default 'added' check (new_order in ('added', 'shuffled')),
  created_at        timestamptz not null default now(),
  updated_at        timestamptz not null default now(),
  unique (id, user_id),
  unique (user_id, name)
);
comment on table public.deck is 'Cards that are reviewed together. An exam date pulls their schedule in.';
create trigger deck_rows after insert on public.deck referencing new table as added
  for each statement execute function private.bound_rows(500, 'user_id');
create trigger deck_turn before delete on public.deck for each statement execute function private.take_turn('cards');
-- A document that goes takes the sources of cards along.
create trigger doc_source_cards_turn before delete on public.doc_source
  for each statement execute function private.take_turn('cards');
create trigger deck_touch before update on public.deck
  for each row execute function private.touch_updated_at();

revoke all on public.deck from public, anon, authenticated;
grant all on public.deck to service_role;
alter table public.deck enable row level security;
create policy "a student reads their decks" on public.deck
  for select to authenticated using (user_id = (select auth.uid()));
create policy "a student adds their decks" on public.deck
  for insert to authenticated with check (user_id = (select auth.uid()));
create policy "a student changes their decks" on public.deck
  for update to authenticated using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));
create policy "a student removes their decks" on public.deck
  for delete to authenticated using (user_id = (select auth.uid()));
grant select, insert, update, delete on public.deck to authenticated;

-- Flashcards with their spaced-repetition state, and the raw history of reviews, kept so that the schedule can be
-- fitted to the student later.
--
-- Whatever another program says of a card, its numbers are those that a schedule can have: none of them endless, no number
-- at all, or beyond what a calendar shows.
--
-- A card that the agent made is `proposed`: it is neither due nor reviewed until the student keeps it.
--
-- `guid` is the card's name outside of this database. It travels in an export, so that the same cards imported again
-- are found again. The cards of one cloze text share it and differ by `cloze_index`.
create table public.flashcard (
  id             uuid primary key default gen_random_uuid(),
  user_id        uuid not null default auth.uid() references auth.users on delete cascade,
  source_doc_id  uuid,
  -- Imported cards may be long, and a cloze card says everything on its front.
  front          text not null check (char_length(front) between 1 and 10000),
  back           text not null,
  metadata       jsonb not null default '{}' check (jsonb_typeof(metadata) = 'object' and pg_column_size(metadata) <= 32768),
  due            timestamptz not null default now() check (due between '1970-01-01 00:00+00' and '2300-01-01 00:00+00'),
  stability      double precision not null default 0 check (stability between 0 and 100000),
  difficulty     double precision not null default 0 check (difficulty between 0 and 10),
  elapsed_days   int not null default 0 check (elapsed_days between 0 and 100000),
  scheduled_days int not null default 0 check (scheduled_days between 0 and 100000),
  learning_steps int not null default 0 check (learning_steps between 0 and 1000),
  reps           int not null default 0 check (reps between 0 and 1000000),
  lapses         int not null default 0 check (lapses between 0 and 1000000),
  state          int not null default 0 check (state between 0 and 3),
  last_review    timestamptz check (last_review between '1970-01-01 00:00+00' and '2300-01-01 00:00+00'),
  suspended      boolean not null default false,
  created_at     timestamptz not null default now(),
  updated_at     timestamptz not null default now(),
  deck_id        uuid not null,
  kind           text not null default 'basic' check (kind in ('basic', 'cloze')),
  topic          text check (char_length(topic) between 1 and 200),
  source         jsonb check (jsonb_typeof(source) = 'object' and pg_column_size(source) <= 32768),
  proposed       boolean not null default false,
  tags           text[] not null default '{}' check (private.texts_fit(tags, 20, 40)),
  guid           text not null default replace(gen_random_uuid()::text, '-', '')
                 check (char_length(guid) between 1 and 120),
  cloze_index    int not null default 1 check (cloze_index between 1 and 500),
  unique (id, user_id),
  -- The guid first: an index that begins with the student would be taken to look one card up among all of theirs,
  -- where the table has no statistics yet.
  constraint flashcard_guid unique (guid, user_id, cloze_index),
  constraint flashcard_back_check
    check (char_length(back) <= 10000 and (kind = 'cloze' or char_length(back) >= 1)),
  -- Both columns: a card can only lie in a deck of its own student.
  foreign key (deck_id, user_id) references public.deck (id, user_id) on delete cascade,
  -- Both columns: a card can only come from a document of its own student.
  foreign key (source_doc_id, user_id) references public.doc_source (id, user_id) on delete set null (source_doc_id)
);
comment on table public.flashcard is 'A card and when it is due. State: 0 new, 1 learning, 2 review, 3 relearning.';
create index flashcard_due on public.flashcard (user_id, due);
create index flashcard_source on public.flashcard (source_doc_id);
create index flashcard_deck on public.flashcard (deck_id);
create trigger flashcard_rows after insert on public.flashcard referencing new table as added
  for each statement execute function private.bound_rows(50000, 'user_id');
create trigger flashcard_turn before insert or update or delete on public.flashcard
  for each statement execute function private.take_turn('cards');
create trigger flashcard_touch before update on public.flashcard
  for each row execute function private.touch_updated_at();

create table public.review_log (
  id             uuid primary key default gen_random_uuid(),
  user_id        uuid not null default auth.uid() references auth.users on delete cascade,
  card_id        uuid not null,
  rating         int not null check (rating between 1 and 4),
  state          int not null check (state between 0 and 3),
  due            timestamptz not null check (due between '1970-01-01 00:00+00' and '2300-01-01 00:00+00'),
  stability      double precision not null check (stability between 0 and 100000),
  difficulty     double precision not null check (difficulty between 0 and 10),
  scheduled_days int not null check (scheduled_days between 0 and 100000),
  duration_ms    int check (duration_ms >= 0),
  reviewed_at    timestamptz not null default now()
                 check (reviewed_at between '1970-01-01 00:00+00' and '2300-01-01 00:00+00'),
  request_id     uuid,
  -- What an undone review has to put the card back to; a review without it (imported) cannot be taken back.
  card_before    jsonb,
  undone_at      timestamptz,
  foreign key (card_id, user_id) references public.flashcard (id, user_id) on delete cascade
);
comment on table public.review_log is 'Every review as it happened, with the card''s state before it.';
create index review_log_user on public.review_log (user_id, reviewed_at desc);
create index review_log_card on public.review_log (card_id, reviewed_at);
create unique index review_log_request on public.review_log (user_id, request_id);

-- History is added to, never rewritten: a review that was taken back is marked, not removed.
revoke all on public.flashcard from public, anon, authenticated;
grant all on public.flashcard to service_role;
alter table public.flashcard enable row level security;
create policy "a student reads their cards" on public.flashcard
  for select to authenticated using (user_id = (select auth.uid()));
create policy "a student adds their cards" on public.flashcard
  for insert to authenticated with check (user_id = (select auth.uid()));
create policy "a student changes their cards" on public.flashcard
  for update to authenticated using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));
create policy "a student removes their cards" on public.flashcard
  for delete to authenticated using (user_id = (select auth.uid()));
revoke all on public.review_log from public, anon, authenticated;
grant all on public.review_log to service_role;
alter table public.review_log enable row level security;
create policy "a student reads their reviews" on public.review_log
  for select to authenticated using (user_id = (select auth.uid()));
-- When a card is due follows from its reviews: only the functions below write the schedule and its history.
grant select, delete on public.flashcard to authenticated;
grant insert (id, user_id, deck_id, source_doc_id, front, back, kind, topic, tags, source, proposed, suspended, metadata, guid,
  cloze_index, created_at) on public.flashcard to authenticated;
grant update (deck_id, front, back, topic, tags, suspended, proposed) on public.flashcard to authenticated;
grant select on public.review_log to authenticated;

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
create trigger flashcard_source_forgotten before update of source_doc_id on public.flashcard
  for each row when (old.source_doc_id is not null and new.source_doc_id is null)
  execute function private.forget_card_source();

-- A card waits from the moment it is kept.
create function private.card_kept() returns trigger
language plpgsql security invoker
set search_path = ''
as $$
begin
  new.due := now();
  return new;
end
$$;
create trigger flashcard_kept before update of proposed on public.flashcard
  for each row when (old.proposed and not new.proposed) execute function private.card_kept();

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

-- The student's deck of that name, whatever its case; made when there is none.
create function private.deck_named(p_name text) returns uuid
language plpgsql security invoker
set search_path = ''
as $$
declare
  wanted text := coalesce(nullif(btrim(left(btrim(p_name), 120)), ''), 'My cards');
  found_id uuid;
begin
  -- Two that name it in another case, or neither finds it, would make it twice.
  perform private.in_turn('cards');
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
  set proposed = false, front = coalesce(k.front, f.front), back = coalesce(k.back, f.back)
  from jsonb_to_recordset(p_keep) as k(id uuid, front text, back text)
  where f.id = k.id and f.user_id = student and f.proposed;
  get diagnostics kept = row_count;
  delete from public.flashcard f where f.id = any (p_drop) and f.user_id = student and f.proposed;
  get diagnostics dropped = row_count;
  return jsonb_build_object('kept', kept, 'dropped', dropped);
end
$$;
comment on function public.keep_flashcards is 'Keeps and drops proposed cards.';

-- What was met for the first time, and came back, in each deck since a moment.
create function private.decks_done(p_since timestamptz) returns table (deck_id uuid, introduced bigint, reviewed bigint)
language sql stable security invoker
set search_path = ''
as $$
  select c.deck_id, count(distinct l.card_id) filter (where l.state = 0), count(distinct l.card_id) filter (where l.state = 2)
  from public.review_log l join public.flashcard c on c.id = l.card_id
  where l.user_id = (select auth.uid()) and l.reviewed_at >= p_since and l.undone_at is null
  group by c.deck_id
$$;

-- How many cards may still come back today; null without a limit.
create function private.reviews_left(p_per_day int, p_done bigint) returns bigint
language sql immutable security invoker
set search_path = ''
as $$
  select case when p_per_day is not null then greatest(p_per_day - coalesce(p_done, 0), 0) end
$$;

-- Every deck with how many cards are there, wait, are due and were met today.
create function private.decks_due(p_now timestamptz, p_day_start timestamptz, p_day_end timestamptz) returns jsonb
language sql stable security invoker
set search_path = ''
as $$
  select coalesce(jsonb_agg(to_jsonb(deck) order by lower(deck.name), deck.id), '[]') from (
    select d.id, d.name, d.exam_date as "examDate", d.desired_retention as "desiredRetention",
      d.new_per_day as "newPerDay", d.reviews_per_day as "reviewsPerDay", d.new_order as "newOrder",
      coalesce(f.cards, 0) as cards, coalesce(f.proposed, 0) as proposed, coalesce(f.suspended, 0) as suspended,
      coalesce(f.learning, 0) as learning, coalesce(f.unseen, 0) as unseen,
      least(coalesce(f.due, 0), private.reviews_left(d.reviews_per_day, i.reviewed)) as due,
      coalesce(i.introduced, 0) as "introducedToday", f.next_due as "nextDue"
    from public.deck d
    left join (
      select c.deck_id,
        count(*) filter (where not c.proposed) as cards,
        count(*) filter (where c.proposed) as proposed,
        count(*) filter (where c.suspended and not c.proposed) as suspended,
        count(*) filter (where c.state in (1, 3) and c.due <= p_now and not c.suspended and not c.proposed) as learning,
        count(*) filter (where c.state = 2 and c.due < p_day_end and not c.suspended and not c.proposed) as due,
        count(*) filter (where c.state = 0 and not c.suspended and not c.proposed) as unseen,
        min(c.due) filter (where not c.suspended and not c.proposed and (
          (c.state in (1, 3) and c.due > p_now) or (c.state = 2 and c.due >= p_day_end))) as next_due
      from public.deck own join public.flashcard c on c.deck_id = own.id
      where own.user_id = (select auth.uid()) group by c.deck_id
    ) as f on f.deck_id = d.id
    left join (
      select * from private.decks_done(p_day_start)
    ) as i on i.deck_id = d.id
    where d.user_id = (select auth.uid())
  ) as deck
$$;

create function public.card_overview(p_now timestamptz)
returns jsonb
language plpgsql stable security invoker
set search_path = ''
as $$
declare
  student uuid := (select auth.uid());
  today   record;
begin
  select * into today from private.student_day(p_now);
  return jsonb_build_object(
    'timezone', today.timezone,
    'rolloverHour', today.rollover_hour,
    'dayStart', today.day_start,
    'proposed', (
      select count(*) from public.deck d join public.flashcard f on f.deck_id = d.id
      where d.user_id = student and f.proposed
    ),
    'secondsPerReview', (
      select avg(least(recent.duration_ms, 60000)) / 1000 from (
        select l.duration_ms from public.review_log l
        where l.user_id = student and l.duration_ms > 0 and l.undone_at is null
        order by l.reviewed_at desc limit 200
      ) as recent
    ),
    'history', (
      select coalesce(jsonb_agg(jsonb_build_object('day', day, 'reviews', reviews, 'recalled', recalled,
        'durationMs', duration) order by day), '[]')
      from (
        select (l.reviewed_at at time zone today.timezone - make_interval(hours => today.rollover_hour))::date as day,
          count(*) as reviews,
          count(*) filter (where l.rating > 1) as recalled, coalesce(sum(least(l.duration_ms, 60000)), 0) as duration
        from public.review_log l
        where l.user_id = student and l.undone_at is null and l.reviewed_at >= today.day_start - interval '13 days'
        group by 1
      ) as days
    ),
    'decks', private.decks_due(p_now, today.day_start, today.day_end)
  );
end
$$;
comment on function public.card_overview is 'Every deck with what is due in it, and the last two weeks of reviews.';

-- The cards of a session: learning steps and reviews that are due, then unseen cards, of each deck as many as `p_new`
-- allows. Ahead of time, the cards that come next instead.
create function public.review_queue(p_deck_id uuid, p_now timestamptz, p_new jsonb, p_ahead boolean, p_limit int)
returns jsonb
language plpgsql stable security invoker
set search_path = ''
as $$
declare
  student uuid := (select auth.uid());
  today   record;
begin
  select * into today from private.student_day(p_now);
  return (
    select coalesce(jsonb_agg(to_jsonb(q) - 'place' - 'turn' order by q.place, q.turn, q.id), '[]') from (
      select f.*, d.name as deck, d.exam_date, d.desired_retention, c.content as passage, c.char_start as passage_start,
        case when f.state = 0 then 1 else 0 end as place,
        case when f.state <> 0 then f.due when d.new_order = 'shuffled' then today.day_start + make_interval(secs => f.rank)
          else f.created_at end as turn
      from (
        select card.*, row_number() over (
          partition by card.deck_id, card.state
          -- Shuffled anew for each card and never between two readings: what is met today stays today's.
          order by case when card.state <> 0 then card.due end,
            case when own.new_order = 'shuffled' then md5(card.id::text) end, card.created_at, card.id) as rank
        from public.deck own join public.flashcard card on card.deck_id = own.id
        where own.user_id = student and not card.proposed and not card.suspended
          and (p_deck_id is null or card.deck_id = p_deck_id)
      ) as f
      join public.deck d on d.id = f.deck_id
      left join private.decks_done(today.day_start) done on done.deck_id = f.deck_id
      left join public.doc_chunk c on c.doc_id = f.source_doc_id and c.doc_id::text = f.source ->> 'docId'
        and c.ord::text = f.source ->> 'ord'
      where case
        when p_ahead then f.state <> 0 and (f.due >= today.day_end or (f.state in (1, 3) and f.due > p_now))
        when f.state = 0 then f.rank <= coalesce((p_new ->> f.deck_id::text)::int, 0)
        when f.state = 2 then f.due < today.day_end
          and f.rank <= coalesce(private.reviews_left(d.reviews_per_day, done.reviewed), f.rank)
        -- A step that comes within the session belongs to it.
        else f.due < p_now + interval '20 minutes'
      end
      order by place, turn, f.id
      limit p_limit
    ) as q
  );
end
$$;
comment on function public.review_queue is 'The cards of a review session in their order, each with its deck and passage.';

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
  today   record;
begin
  select * into today from private.student_day(now());
  return jsonb_build_object(
    'timezone', today.timezone,
    'rolloverHour', today.rollover_hour,
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

-- Puts a card to the state that the app worked out, or that it had before.
create function private.set_schedule(p_card_id uuid, p_state jsonb) returns void
language sql volatile security invoker
set search_path = ''
as $$
  update public.flashcard f
  set (due, stability, difficulty, elapsed_days, scheduled_days, learning_steps, reps, lapses, state, last_review) = (
    select s.due, s.stability, s.difficulty, s.elapsed_days, s.scheduled_days, s.learning_steps, s.reps, s.lapses,
      s.state, s.last_review
    from jsonb_populate_record(null::public.flashcard, p_state) as s)
  where f.id = p_card_id and f.user_id = (select auth.uid())
$$;

-- Stores a card's next state together with the log of its review. `expectedReps` and `expectedLastReview` are the
-- state the review was made from.
--
-- Definer, as all that write a schedule or its history: neither is the student's to write by hand.
create function private.review_card(p_review jsonb)
returns text
language plpgsql security definer
set search_path = ''
as $$
declare
  student uuid := (select auth.uid());
  card    public.flashcard;
  r       record;
begin
  perform private.in_turn('cards');
  select * into r from jsonb_to_record(p_review) as x("requestId" uuid, "cardId" uuid, rating int,
    "reviewedAt" timestamptz, "durationMs" int, "expectedReps" int, "expectedLastReview" timestamptz, next jsonb);
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
  -- What one review can make of a card, whoever worked it out.
  if (r.next ->> 'reps')::int is distinct from card.reps + 1 or r."reviewedAt" > now() + interval '25 hours' then
    raise exception 'this is not the next state of the card' using errcode = 'PT400';
  end if;

  insert into public.review_log (card_id, rating, state, due, stability, difficulty, scheduled_days, duration_ms,
    reviewed_at, request_id, card_before)
  values (card.id, r.rating, card.state, card.due, card.stability, card.difficulty, card.scheduled_days,
    r."durationMs", r."reviewedAt", r."requestId",
    jsonb_build_object('due', card.due, 'stability', card.stability, 'difficulty', card.difficulty,
      'elapsed_days', card.elapsed_days, 'scheduled_days', card.scheduled_days,
      'learning_steps', card.learning_steps, 'reps', card.reps, 'lapses', card.lapses, 'state', card.state,
      'last_review', card.last_review));
  perform private.set_schedule(card.id, r.next);
  return 'stored';
end
$$;
grant execute on function private.review_card to authenticated;

create function public.review_card(p_review jsonb)
returns text
language sql security invoker
set search_path = ''
as $$ select private.review_card(p_review) $$;
comment on function public.review_card is 'Stores one review: stored, repeated, conflict or gone.';

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
      'outcome', private.review_card(review));
  end loop;
  return outcomes;
end
$$;
comment on function public.review_cards is 'Stores reviews one after the other and says what became of each.';

-- Takes back the review of that request, or the latest one, when it is the last of its card. The log keeps it, marked.
create function private.undo_review(p_request_id uuid, p_now timestamptz)
returns jsonb
language plpgsql security definer
set search_path = ''
as $$
declare
  student uuid := (select auth.uid());
  review  public.review_log;
begin
  perform private.in_turn('cards');
  select * into review from public.review_log l
  where l.user_id = student and (
    l.request_id = p_request_id
    or (p_request_id is null and l.undone_at is null and l.card_before is not null
      and l.reviewed_at > p_now - interval '1 day'))
  order by l.reviewed_at desc, l.id limit 1;
  if review.id is null then
    return jsonb_build_object('outcome', 'nothing');
  end if;
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

  perform private.set_schedule(review.card_id, review.card_before);
  update public.review_log l set undone_at = p_now where l.id = review.id;
  return jsonb_build_object('outcome', 'undone', 'cardId', review.card_id);
end
$$;
grant execute on function private.undo_review to authenticated;

create function public.undo_review(p_request_id uuid, p_now timestamptz)
returns jsonb
language sql security invoker
set search_path = ''
as $$ select private.undo_review(p_request_id, p_now) $$;
comment on function public.undo_review is 'Puts a card back to what it was before its last review.';

-- Decks as a whole: a change with the schedule it brings, finding cards, and the way in and out for other programs.

-- A new exam date moves cards. The app works the days out; a card that was reviewed meanwhile keeps its newer one.
create function private.change_deck(p_deck_id uuid, p_change jsonb, p_dues jsonb)
returns jsonb
language plpgsql security definer
set search_path = ''
as $$
declare
  changed public.deck;
begin
  perform private.in_turn('cards');
  update public.deck d
  set name = coalesce(p_change ->> 'name', d.name),
    exam_date = case when p_change ? 'examDate' then (p_change ->> 'examDate')::date else d.exam_date end,
    desired_retention = coalesce((p_change ->> 'desiredRetention')::double precision, d.desired_retention),
    new_per_day = case when p_change ? 'newPerDay' then (p_change ->> 'newPerDay')::int else d.new_per_day end,
    reviews_per_day = case when p_change ? 'reviewsPerDay' then (p_change ->> 'reviewsPerDay')::int else d.reviews_per_day end,
    new_order = coalesce(p_change ->> 'newOrder', d.new_order)
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
grant execute on function private.change_deck to authenticated;

create function public.change_deck(p_deck_id uuid, p_change jsonb, p_dues jsonb)
returns jsonb
language sql security invoker
set search_path = ''
as $$ select private.change_deck(p_deck_id, p_change, p_dues) $$;
comment on function public.change_deck is 'Changes a deck together with the days its cards are due on.';

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

-- Gives cards tags and takes others away, all at once; the first twenty stay. Each tag once, whatever its case.
create function public.tag_flashcards(p_ids uuid[], p_add text[], p_remove text[]) returns int
language plpgsql security invoker
set search_path = ''
as $$
declare
  changed int;
begin
  perform private.in_turn('cards');
  update public.flashcard f
  set tags = coalesce((
    select array_agg(kept.tag order by kept.place) from (
      select distinct on (lower(btrim(t.tag))) btrim(t.tag) as tag, t.place
      from unnest(f.tags || p_add) with ordinality as t(tag, place)
      where btrim(t.tag) <> '' and lower(btrim(t.tag)) <> all (select lower(btrim(gone)) from unnest(p_remove) as gone)
      order by lower(btrim(t.tag)), t.place
    ) kept where kept.place <= 1000 limit 20), '{}')
  where f.id = any (p_ids) and f.user_id = (select auth.uid());
  get diagnostics changed = row_count;
  return changed;
end
$$;
comment on function public.tag_flashcards is 'Gives cards tags and takes others away; says how many cards there were.';
grant execute on function public.tag_flashcards to authenticated;

create function public.find_flashcards(p_deck_id uuid, p_query text, p_which text, p_offset int, p_limit int,
  p_tag text default null)
returns jsonb
language sql stable security invoker
set search_path = ''
as $$
  with found as (
    select f.*, d.name as deck, d.exam_date, d.desired_retention
    from public.flashcard f join public.deck d on d.id = f.deck_id
    where d.user_id = (select auth.uid()) and (p_deck_id is null or f.deck_id = p_deck_id)
      and case p_which when 'proposed' then f.proposed when 'suspended' then f.suspended and not f.proposed
        -- Forgotten again and again, and still coming back.
        when 'leeches' then f.lapses >= 8 and not f.suspended and not f.proposed
        else not f.proposed end
      and (p_tag is null or p_tag = any (f.tags))
      and (p_query = '' or strpos(lower(f.front || ' ' || f.back || ' ' || coalesce(f.topic, '')), lower(p_query)) > 0)
  )
  select jsonb_build_object('total', (select count(*) from found), 'tags', (
    select coalesce(jsonb_agg(known.tag order by lower(known.tag)), '[]') from (
      select distinct tag from public.flashcard f cross join lateral unnest(f.tags) as tag
      where f.user_id = (select auth.uid()) and (p_deck_id is null or f.deck_id = p_deck_id) limit 200
    ) known
  ), 'cards', (
    select coalesce(jsonb_agg(to_jsonb(page) order by page.created_at desc, page.id), '[]')
    from (select * from found order by created_at desc, id offset p_offset limit p_limit) as page))
$$;
comment on function public.find_flashcards is 'A page of the student''s cards, newest first, and how many there are.';

-- Cards with their whole history, a page at a time in the order of their ids.
-- A job exports for the student it names; everybody else for themselves.
create function public.export_flashcards(p_deck_id uuid, p_after uuid, p_limit int, p_user_id uuid default null)
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
    where d.user_id = coalesce((select auth.uid()), p_user_id) and not card.proposed
      and (p_deck_id is null or card.deck_id = p_deck_id) and (p_after is null or card.id > p_after)
    order by card.id limit p_limit
  ) as f
$$;
comment on function public.export_flashcards is 'Cards with their reviews.';

-- Takes cards from another program with their schedule and history. A card whose guid is here already is left as it
-- is, so a file imported twice, or broken off in the middle, does no harm.
create function private.import_flashcards(p_cards jsonb)
returns jsonb
language plpgsql security definer
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
      state int, "lastReview" timestamptz, reviews jsonb, tags text[])
  ), inserted as (
    insert into public.flashcard (deck_id, guid, cloze_index, kind, front, back, topic, tags, suspended, due, stability,
      difficulty, elapsed_days, scheduled_days, learning_steps, reps, lapses, state, last_review,
      created_at)
    select (decks ->> g.deck)::uuid, g.guid, g."clozeIndex", g.kind, g.front, g.back, g.topic, coalesce(g.tags, '{}'), g.suspended, g.due,
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
grant execute on function private.import_flashcards to authenticated;

create function public.import_flashcards(p_cards jsonb)
returns jsonb
language sql security invoker
set search_path = ''
as $$ select private.import_flashcards(p_cards) $$;
comment on function public.import_flashcards is 'Adds cards with their reviews; those that are here already stay as they are.';

-- A problem whose answer was shown comes back the next day, to be solved unaided: a card in review that was seen today.
-- Once for each problem: the guid says which. Null: it is there already.
--
-- Definer: when a card is due is not the student's to write.
create function private.schedule_retry(p_guid text, p_front text, p_back text) returns jsonb
language plpgsql security definer
set search_path = ''
as $$
declare
  today  record;
  added  uuid;
begin
  if (select auth.uid()) is null then
    raise exception 'sign in to continue' using errcode = 'PT401';
  end if;
  if coalesce(btrim(p_front), '') = '' or coalesce(btrim(p_back), '') = '' or char_length(p_guid) not between 1 and 120 then
    raise exception 'a card has two sides and a name' using errcode = 'PT400';
  end if;
  select * into today from private.student_day(now());
  insert into public.flashcard (user_id, deck_id, front, back, guid, state, stability, difficulty, scheduled_days, reps,
    last_review, due)
  values ((select auth.uid()), private.deck_named('Solved with help'), left(p_front, 10000), left(p_back, 10000), p_guid,
    2, 1, 6, 1, 1, now(), today.day_end)
  on conflict on constraint flashcard_guid do nothing
  returning id into added;
  return case when added is null then null else jsonb_build_object('cardId', added, 'dueOn', today.day_end) end;
end
$$;
grant execute on function private.schedule_retry to authenticated;

create function public.schedule_retry(p_guid text, p_front text, p_back text) returns jsonb
language sql security invoker
set search_path = ''
as $$ select private.schedule_retry(p_guid, p_front, p_back) $$;
comment on function public.schedule_retry is 'Has a problem come back tomorrow as a card; null when it does already.';

-- Whoever may call what is above; everybody else is turned away.
grant execute on function
  public.schedule_retry, public.deck_fronts, private.deck_named, public.add_flashcards, public.keep_flashcards, private.decks_due, private.decks_done, private.reviews_left,
  public.card_overview, public.review_queue, public.review_context, private.set_schedule, public.review_card,
  public.review_cards, public.undo_review, public.change_deck, public.deck_schedule, public.find_flashcards,
  public.export_flashcards, public.import_flashcards to authenticated;
grant execute on function public.export_flashcards to service_role;
revoke all on all routines in schema public, private from public;
