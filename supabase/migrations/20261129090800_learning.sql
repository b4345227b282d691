-- What the tutor has worked out about a student's strengths. A profile knows what it was made from: the fingerprint of
-- its evidence, and when that was read. Two runs may work on the same student; the one that read later is the one that
-- stays.

create table public.learning_profile (
  user_id           uuid primary key default auth.uid() references auth.users on delete cascade,
  strengths         text[] not null default '{}' check (private.texts_fit(strengths, 1000, 200)),
  weaknesses        text[] not null default '{}' check (private.texts_fit(weaknesses, 1000, 200)),
  recommended_focus text[] not null default '{}' check (private.texts_fit(recommended_focus, 1000, 500)),
  analytics         jsonb not null default '{}' check (jsonb_typeof(analytics) = 'object' and pg_column_size(analytics) <= 1048576),
  created_at        timestamptz not null default now(),
  updated_at        timestamptz not null default now(),
  evidence_mark     text check (char_length(evidence_mark) <= 64),
  evidence_read_at  timestamptz
);
comment on table public.learning_profile is 'What a student is good at and what to work on.';
comment on column public.learning_profile.evidence_mark is 'learning_evidence_mark() of what it was made from.';
create trigger learning_profile_touch before update on public.learning_profile
  for each row execute function private.touch_updated_at();

revoke all on public.learning_profile from public, anon, authenticated;
grant all on public.learning_profile to service_role;
alter table public.learning_profile enable row level security;
create policy "a student reads their learning profile" on public.learning_profile
  for select to authenticated using (user_id = (select auth.uid()));
grant select on public.learning_profile to authenticated;

-- A student may say that what Clerva believes about a topic is wrong. Everything answered on it before then is left out
-- of the profile, and the topic starts anew; taking the contest back brings the old answers in again.
create table public.belief_contest (
  user_id      uuid not null default auth.uid() references auth.users on delete cascade,
  -- The topic as it is compared: one case, single spaces.
  topic_key    text not null check (char_length(topic_key) between 1 and 200),
  topic        text not null check (char_length(topic) between 1 and 200),
  contested_at timestamptz not null default now(),
  primary key (user_id, topic_key)
);
comment on table public.belief_contest is 'A topic whose belief the student called wrong, and when.';
create trigger belief_contest_rows after insert on public.belief_contest referencing new table as added
  for each statement execute function private.bound_rows(1000, 'user_id');

revoke all on public.belief_contest from public, anon, authenticated;
grant all on public.belief_contest to service_role;
alter table public.belief_contest enable row level security;
create policy "a student reads their contests" on public.belief_contest
  for select to authenticated using (user_id = (select auth.uid()));
create policy "a student contests a belief" on public.belief_contest
  for insert to authenticated with check (user_id = (select auth.uid()));
create policy "a student contests a belief again" on public.belief_contest
  for update to authenticated using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));
create policy "a student takes a contest back" on public.belief_contest
  for delete to authenticated using (user_id = (select auth.uid()));
grant select, insert, update, delete on public.belief_contest to authenticated;

-- The moment is the database's: answers carry its clock, and those before it are the ones left out.
create function public.contest_belief(p_topic text, p_topic_key text) returns void
language sql security invoker
set search_path = ''
as $$
  insert into public.belief_contest (topic, topic_key) values (p_topic, p_topic_key)
  on conflict (user_id, topic_key) do update set topic = excluded.topic, contested_at = now()
$$;
comment on function public.contest_belief is 'Leaves out what was answered on a topic until now.';

-- What a learning profile is worked out from, in one round trip. The student is named, because a job reads this with
-- every right; asked by a student, row level security lets only their own rows through.
--
-- The mark is a fingerprint of that evidence. A profile keeps the mark it was made from, so that one that is older than
-- its evidence is known as such even when the event that says so was lost, or when answers were deleted.
create function public.learning_evidence_mark(p_user_id uuid) returns text
language sql stable security invoker
set search_path = ''
as $$
  select md5(jsonb_build_array(
    (select jsonb_build_array(count(*), sum(jsonb_array_length(a.answers)), max(a.finished_at), max(a.started_at))
      from public.quiz_attempt a where a.user_id = p_user_id),
    (select jsonb_build_array(count(*), max(q.created_at)) from public.quiz q where q.user_id = p_user_id),
    (select jsonb_build_array(count(*), max(r.created_at)) from public.quiz_item_report r where r.user_id = p_user_id),
    (select jsonb_build_array(count(*), max(l.reviewed_at), count(l.undone_at))
      from public.review_log l where l.user_id = p_user_id),
    (select jsonb_build_array(count(*), max(f.updated_at)) from public.flashcard f where f.user_id = p_user_id),
    (select jsonb_build_array(count(*), max(d.updated_at)) from public.deck d where d.user_id = p_user_id),
    (select jsonb_build_array(count(*), max(p.updated_at)) from public.study_plan p where p.user_id = p_user_id),
    (select jsonb_build_array(count(*), max(c.contested_at)) from public.belief_contest c where c.user_id = p_user_id),
    (select p.timezone from public.profile p where p.user_id = p_user_id)
  )::text)
$$;
comment on function public.learning_evidence_mark is 'A fingerprint of everything a student''s profile rests on.';

-- Results count half after a month, so the last 400 attempts and 4,000 reviews hold all that matters.
create function public.learning_evidence(p_user_id uuid) returns jsonb
language sql stable security invoker
set search_path = ''
as $$
  with attempt as materialized (
    select a.quiz_id, a.answers, a.score, a.started_at from public.quiz_attempt a
    where a.user_id = p_user_id and jsonb_array_length(a.answers) > 0
    order by a.started_at desc limit 400
  ), item as materialized (
    -- Each quiz is opened once, however often it was taken.
    select q.id as quiz_id, i.item ->> 'id' as id, left(i.item ->> 'q', 300) as question,
      coalesce(nullif(left(btrim(i.item ->> 'topic'), 200), ''), q.topic) as topic
    from private.quiz_items(p_user_id, array(
      select t.quiz_id from attempt t
      union
      select recent.id from (
        select n.id from public.quiz n where n.user_id = p_user_id order by n.created_at desc limit 50
      ) recent
    )) i
    join public.quiz q on q.id = i.quiz_id
  ), card as materialized (
    select f.id, f.state, f.stability, f.last_review, f.suspended, f.proposed, f.deck_id,
      coalesce(nullif(btrim(f.topic), ''), nullif(d.name, 'My cards')) as topic
    from public.flashcard f join public.deck d on d.id = f.deck_id
    where f.user_id = p_user_id
  )
  select jsonb_build_object(
    'readAt', clock_timestamp(),
    'mark', public.learning_evidence_mark(p_user_id),
    'timezone', (select p.timezone from public.profile p where p.user_id = p_user_id),
    'attempts', (select coalesce(jsonb_agg(jsonb_build_object('score', t.score)), '[]') from attempt t),
    'answers', (
      select coalesce(jsonb_agg(jsonb_build_object('quizId', i.quiz_id, 'itemId', i.id, 'topic', i.topic,
        'question', i.question, 'optionId', g.value ->> 'optionId', 'correct', (g.value ->> 'correct')::boolean,
        'credit', (g.value ->> 'credit')::double precision,
        'confidence', g.value ->> 'confidence', 'at', coalesce(g.value ->> 'answeredAt', t.started_at::text))), '[]')
      from attempt t
      cross join lateral jsonb_array_elements(t.answers) as g
      join item i on i.quiz_id = t.quiz_id and i.id = g.value ->> 'itemId'
      where not exists (
        select 1 from public.quiz_item_report r where r.quiz_id = t.quiz_id and r.item_id = i.id
      )
    ),
    'reviews', (
      select coalesce(jsonb_agg(jsonb_build_object('cardId', l.card_id, 'topic', c.topic, 'rating', l.rating,
        'state', l.state, 'at', l.reviewed_at)), '[]')
      from (
        select r.card_id, r.rating, r.state, r.reviewed_at from public.review_log r
        where r.user_id = p_user_id and r.undone_at is null
        order by r.reviewed_at desc limit 4000
      ) l join card c on c.id = l.card_id
    ),
    'cards', (
      select coalesce(jsonb_agg(jsonb_build_object('cardId', c.id, 'topic', c.topic, 'stabilityDays', c.stability,
        'lastReview', c.last_review)), '[]')
      from card c
      where c.state > 0 and c.last_review is not null and not c.suspended and not c.proposed
    ),
    'contests', (
      select coalesce(jsonb_agg(jsonb_build_object('topic', b.topic, 'at', b.contested_at)), '[]')
      from public.belief_contest b where b.user_id = p_user_id
    ),
    'topics', (
      select coalesce(jsonb_agg(known.topic), '[]') from (
        select i.topic from item i where i.topic is not null
        union
        select c.topic from card c where c.topic is not null and not c.suspended and not c.proposed
        limit 1000
      ) known
    ),
    -- The plan that is followed; others are in the archive.
    'plan', (
      select jsonb_build_object('title', p.title, 'deadline', p.deadline, 'goals', to_jsonb(p.goals),
        'weekBlocks', p.week_blocks)
      from public.study_plan p where p.user_id = p_user_id and p.archived_at is null
      order by p.created_at desc limit 1
    ),
    'exams', (
      select coalesce(jsonb_agg(jsonb_build_object('title', d.name, 'date', d.exam_date, 'topics', (
        select coalesce(jsonb_agg(distinct c.topic), '[]') from card c where c.deck_id = d.id and c.topic is not null
      ))), '[]')
      from public.deck d where d.user_id = p_user_id and d.exam_date >= current_date - 1
    )
  )
$$;
comment on function public.learning_evidence is 'Answers, reviews, contests and what lies ahead of a student.';

create function public.read_learning_profile(p_user_id uuid) returns jsonb
language sql stable security invoker
set search_path = ''
as $$
  select jsonb_build_object(
    'currentMark', public.learning_evidence_mark(p_user_id),
    'profile', (
      select jsonb_build_object('strengths', to_jsonb(p.strengths), 'weaknesses', to_jsonb(p.weaknesses),
        'recommendedFocus', to_jsonb(p.recommended_focus), 'analytics', p.analytics, 'mark', p.evidence_mark)
      from public.learning_profile p where p.user_id = p_user_id
    )
  )
$$;
comment on function public.read_learning_profile is 'The stored profile, and the fingerprint of the evidence there is now.';

-- Definer: what others are matched by is not the student's to write past what the app worked out.
create function private.save_learning_profile(
  p_user_id uuid, p_strengths text[], p_weaknesses text[], p_recommended_focus text[], p_analytics jsonb,
  p_mark text, p_read_at timestamptz
) returns boolean
language plpgsql security definer
set search_path = ''
as $$
begin
  if not private.acts_for(p_user_id) then
    raise exception 'this is another student''s profile' using errcode = '42501';
  end if;
  insert into public.learning_profile as p
    (user_id, strengths, weaknesses, recommended_focus, analytics, evidence_mark, evidence_read_at)
  values (p_user_id, p_strengths, p_weaknesses, p_recommended_focus, p_analytics, p_mark, p_read_at)
  on conflict (user_id) do update
  set strengths = excluded.strengths, weaknesses = excluded.weaknesses,
    recommended_focus = excluded.recommended_focus, analytics = excluded.analytics,
    evidence_mark = excluded.evidence_mark, evidence_read_at = excluded.evidence_read_at
  where p.evidence_read_at is null or p.evidence_read_at <= excluded.evidence_read_at;
  return found;
end
$$;
grant execute on function private.save_learning_profile to authenticated, service_role;

create function public.save_learning_profile(
  p_user_id uuid, p_strengths text[], p_weaknesses text[], p_recommended_focus text[], p_analytics jsonb,
  p_mark text, p_read_at timestamptz
) returns boolean
language sql security invoker
set search_path = ''
as $$
  select private.save_learning_profile(p_user_id, p_strengths, p_weaknesses, p_recommended_focus, p_analytics, p_mark,
    p_read_at)
$$;
comment on function public.save_learning_profile is 'Keeps a profile unless a newer one is there.';

-- The days a student worked on, for a year: what they answered and reviewed, and how long that took. A day ends when the
-- student's day of study does. What lay open for long was not studied, and what nobody timed takes as long as is usual.
create function public.study_days(p_now timestamptz default now()) returns jsonb
language sql stable security invoker
set search_path = ''
as $$
  with today as materialized (
    select d.timezone, d.rollover_hour, d.day_start - interval '370 days' as first,
      (p_now at time zone d.timezone - make_interval(hours => d.rollover_hour))::date as date
    from private.student_day(p_now) d
  ), act as (
    select (g.value ->> 'answeredAt')::timestamptz as at, 1 as questions, 0 as reviews,
      least(coalesce((g.value ->> 'durationMs')::numeric, 30000), 300000) as spent
    from today, public.quiz_attempt a cross join lateral jsonb_array_elements(a.answers) as g
    where a.user_id = (select auth.uid()) and g.value ->> 'optionId' is not null
      and (a.finished_at is null or a.finished_at >= today.first)
    union all
    select l.reviewed_at, 0, 1, least(coalesce(l.duration_ms, 9000), 60000)
    from today, public.review_log l
    where l.user_id = (select auth.uid()) and l.undone_at is null and l.reviewed_at >= today.first
  ), day as (
    select (act.at at time zone today.timezone - make_interval(hours => today.rollover_hour))::date as date,
      sum(act.questions) as questions, sum(act.reviews) as reviews, ceil(sum(act.spent) / 60000) as minutes
    from today, act where act.at >= today.first group by 1
  )
  select jsonb_build_object('today', today.date, 'days', (
    select coalesce(jsonb_agg(to_jsonb(day) order by day.date), '[]') from day where day.date <= today.date
  )) from today
$$;
comment on function public.study_days is 'What a student answered and reviewed on each day of the last year, and the minutes it took.';

-- Whoever may call what is above; everybody else is turned away.
grant execute on function public.contest_belief, public.study_days to authenticated;
grant execute on function
  public.learning_evidence_mark, public.learning_evidence, public.read_learning_profile, public.save_learning_profile
  to authenticated, service_role;
revoke all on all routines in schema public, private from public;
