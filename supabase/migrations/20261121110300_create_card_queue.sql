-- What is due, and how long it takes: one round trip each for the overview and for a review session.
--
-- A card in review is due for the whole of its day, as days are in the student's time zone: who reviewed at eight in
-- the evening is not told the next morning to come back at eight. A learning step is due to the minute.

create function private.student_day(p_now timestamptz, out timezone text, out day_start timestamptz, out day_end timestamptz)
language plpgsql stable security invoker
set search_path = ''
as $$
begin
  select p.timezone into timezone from public.profile p where p.user_id = (select auth.uid());
  timezone := coalesce(timezone, 'UTC');
  begin
    perform p_now at time zone timezone;
  exception when invalid_parameter_value then
    timezone := 'UTC';
  end;
  day_start := date_trunc('day', p_now at time zone timezone) at time zone timezone;
  day_end := (date_trunc('day', p_now at time zone timezone) + interval '1 day') at time zone timezone;
end
$$;
revoke all on function private.student_day(timestamptz) from public;
grant execute on function private.student_day(timestamptz) to authenticated;

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
        select (l.reviewed_at at time zone today.timezone)::date as day, count(*) as reviews,
          count(*) filter (where l.rating > 1) as recalled, coalesce(sum(least(l.duration_ms, 60000)), 0) as duration
        from public.review_log l
        where l.user_id = student and l.undone_at is null and l.reviewed_at >= today.day_start - interval '13 days'
        group by 1
      ) as days
    ),
    'decks', (
      select coalesce(jsonb_agg(to_jsonb(deck) order by lower(deck.name), deck.id), '[]') from (
        select d.id, d.name, d.exam_date as "examDate", d.desired_retention as "desiredRetention",
          coalesce(f.cards, 0) as cards, coalesce(f.proposed, 0) as proposed, coalesce(f.suspended, 0) as suspended,
          coalesce(f.learning, 0) as learning, coalesce(f.due, 0) as due, coalesce(f.unseen, 0) as unseen,
          coalesce(i.introduced, 0) as "introducedToday", f.next_due as "nextDue"
        from public.deck d
        left join (
          select c.deck_id,
            count(*) filter (where not c.proposed) as cards,
            count(*) filter (where c.proposed) as proposed,
            count(*) filter (where c.suspended and not c.proposed) as suspended,
            count(*) filter (where c.state in (1, 3) and c.due <= p_now and not c.suspended and not c.proposed) as learning,
            count(*) filter (where c.state = 2 and c.due < today.day_end and not c.suspended and not c.proposed) as due,
            count(*) filter (where c.state = 0 and not c.suspended and not c.proposed) as unseen,
            min(c.due) filter (where not c.suspended and not c.proposed and (
              (c.state in (1, 3) and c.due > p_now) or (c.state = 2 and c.due >= today.day_end))) as next_due
          from public.deck own join public.flashcard c on c.deck_id = own.id
          where own.user_id = student group by c.deck_id
        ) as f on f.deck_id = d.id
        left join (
          select c.deck_id, count(distinct l.card_id) as introduced
          from public.review_log l join public.flashcard c on c.id = l.card_id
          where l.user_id = student and l.reviewed_at >= today.day_start and l.state = 0 and l.undone_at is null
          group by c.deck_id
        ) as i on i.deck_id = d.id
        where d.user_id = student
      ) as deck
    )
  );
end
$$;
comment on function public.card_overview is 'Every deck with what is due in it, and the last two weeks of reviews.';
revoke all on function public.card_overview from public, anon;
grant execute on function public.card_overview to authenticated;

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
        case when f.state = 0 then f.created_at else f.due end as turn
      from (
        select card.*, row_number() over (
          partition by card.deck_id, card.state = 0 order by card.created_at, card.id) as rank
        from public.deck own join public.flashcard card on card.deck_id = own.id
        where own.user_id = student and not card.proposed and not card.suspended
          and (p_deck_id is null or card.deck_id = p_deck_id)
      ) as f
      join public.deck d on d.id = f.deck_id
      left join public.doc_chunk c on c.doc_id = f.source_doc_id and c.doc_id::text = f.source ->> 'docId'
        and c.ord::text = f.source ->> 'ord'
      where case
        when p_ahead then f.state <> 0 and (f.due >= today.day_end or (f.state in (1, 3) and f.due > p_now))
        when f.state = 0 then f.rank <= coalesce((p_new ->> f.deck_id::text)::int, 0)
        when f.state = 2 then f.due < today.day_end
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
revoke all on function public.review_queue from public, anon;
grant execute on function public.review_queue to authenticated;
