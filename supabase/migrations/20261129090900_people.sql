-- Who may study with whom: whom a student has blocked, the scores that were worked out for them, and when each can usually
-- study. Presence and invitations ask here whether one student may see another.

-- A function of this file names tables of later ones; tests/db/catalog.test.ts checks the text of every function.
set check_function_bodies = off;

create table public.block (
  user_id         uuid not null default auth.uid() references auth.users on delete cascade,
  blocked_user_id uuid not null references auth.users on delete cascade,
  -- As the caller knew them then; what somebody hidden is called later is not theirs to learn.
  blocked_name    text check (char_length(blocked_name) <= 80),
  created_at      timestamptz not null default now(),
  primary key (user_id, blocked_user_id),
  check (user_id <> blocked_user_id)
);
comment on table public.block is 'Whom a student does not want to meet. The other side never learns of it.';
create trigger block_rows after insert on public.block referencing new table as added
  for each statement execute function private.bound_rows(5000, 'user_id');
create index block_blocked on public.block (blocked_user_id);

create table public.match_candidate (
  user_id           uuid not null default auth.uid() references auth.users on delete cascade,
  candidate_user_id uuid not null references auth.users on delete cascade,
  score             double precision not null check (score between 0 and 1),
  facets            jsonb not null default '[]' check (jsonb_typeof(facets) = 'array'),
  computed_at       timestamptz not null default now(),
  primary key (user_id, candidate_user_id),
  check (user_id <> candidate_user_id)
);
comment on table public.match_candidate is 'Precomputed scores of a student with others.';
create index match_candidate_score on public.match_candidate (user_id, score desc);
create index match_candidate_candidate on public.match_candidate (candidate_user_id);

revoke all on public.block from public, anon, authenticated;
grant all on public.block to service_role;
alter table public.block enable row level security;
create policy "a student reads whom they blocked" on public.block
  for select to authenticated using (user_id = (select auth.uid()));
create policy "a student removes whom they blocked" on public.block
  for delete to authenticated using (user_id = (select auth.uid()));
revoke all on public.match_candidate from public, anon, authenticated;
grant select, insert (user_id, blocked_user_id), delete on public.block to authenticated;
grant select on public.match_candidate to authenticated;
grant all on public.match_candidate to service_role;

-- Definer: the answer depends on rows of both students (visibility, blocks), of which the asking one may read only
-- their own. It gives away nothing but yes or no. In a language that keeps its plan: Realtime asks it by itself for each
-- listener of each change, and planned anew every time it took a third longer.
create function private.can_see(p_other uuid) returns boolean
language plpgsql stable security definer
set search_path = ''
as $$
begin
  return p_other = (select auth.uid()) or (
    not exists (
      select 1 from public.block b
      where (b.user_id = p_other and b.blocked_user_id = (select auth.uid()))
        or (b.user_id = (select auth.uid()) and b.blocked_user_id = p_other)
    )
    and exists (
      select 1 from public.profile p
      where p.user_id = p_other and (
        p.visibility = 'everyone'
        or (p.visibility = 'matches' and exists (
          select 1 from public.match_candidate m
          where (m.user_id = p_other and m.candidate_user_id = (select auth.uid()))
            or (m.user_id = (select auth.uid()) and m.candidate_user_id = p_other)
        ))
      )
    )
  );
end
$$;
comment on function private.can_see is 'Whether the signed-in student may know that another one exists.';

-- Definer: whether one was blocked is for the database to respect and not for the student to read.
create function private.blocked_either_way() returns setof uuid
language sql stable security definer
set search_path = ''
as $$
  select b.blocked_user_id from public.block b where b.user_id = (select auth.uid())
  union
  select b.user_id from public.block b where b.blocked_user_id = (select auth.uid())
$$;
comment on function private.blocked_either_way is 'Students with whom the caller shares nothing.';

-- Blocking and reporting need somebody one has met: a student one may see, has exchanged a message with, or sat beside in a
-- room. Were any id accepted, the answer would tell whether an account exists.
create function private.has_met(p_other uuid) returns boolean
language sql stable security invoker
set search_path = ''
as $$
  select p_other <> (select auth.uid()) and (
    private.can_see(p_other)
    or exists (
      select 1 from public.nudge n
      where (n.user_id = p_other and n.to_user_id = (select auth.uid()))
        or (n.user_id = (select auth.uid()) and n.to_user_id = p_other)
    )
    or exists (
      select 1 from public.block b where b.user_id = (select auth.uid()) and b.blocked_user_id = p_other
    )
    or exists (
      select 1 from public.room_member m
      where m.user_id = p_other and m.room_id in (select private.my_rooms())
    )
  )
$$;
comment on function private.has_met is 'Whether the caller may see a student or has exchanged a message with them.';

create policy "a student adds whom they blocked" on public.block
  for insert to authenticated with check (user_id = (select auth.uid()) and private.has_met(blocked_user_id));

alter table public.match_candidate enable row level security;
create policy "a student reads their matches" on public.match_candidate
  for select to authenticated using (user_id = (select auth.uid()) and private.can_see(candidate_user_id));

create table public.availability_block (
  id         uuid primary key default gen_random_uuid(),
  user_id    uuid not null default auth.uid() references auth.users on delete cascade,
  dow        int not null check (dow between 0 and 6),
  start_min  int not null check (start_min between 0 and 1439),
  end_min    int not null check (end_min between 1 and 1440),
  timezone   text not null check (char_length(timezone) between 1 and 64 and private.is_zone_name(timezone)),
  created_at timestamptz not null default now(),
  check (start_min < end_min)
);
comment on table public.availability_block is 'A weekly window. dow 0 is Sunday; minutes count from local midnight.';
create index availability_block_user on public.availability_block (user_id, dow);
create trigger availability_block_rows after insert on public.availability_block referencing new table as added
  for each statement execute function private.bound_rows(200, 'user_id');

revoke all on public.availability_block from public, anon, authenticated;
grant all on public.availability_block to service_role;
alter table public.availability_block enable row level security;
create policy "a student adds availability they may see" on public.availability_block
  for insert to authenticated with check (user_id = (select auth.uid()));
create policy "a student changes availability they may see" on public.availability_block
  for update to authenticated using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));
create policy "a student removes availability they may see" on public.availability_block
  for delete to authenticated using (user_id = (select auth.uid()));
grant select, insert, update, delete on public.availability_block to authenticated;

create policy "a student reads availability they may see" on public.availability_block
  for select to authenticated using (user_id = (select auth.uid()) or private.can_see(user_id));

-- What one student may learn of another: a name and what they study, never an address, goals, preferences or scores.
-- Every name of another student that leaves the database comes from people_cards.
--
-- Definer: the profile of another student is closed to whom it is shown here in part. Besides the students who let the
-- caller see them it names, and only names, those who made themselves known by writing to the caller, and those whom
-- the caller has blocked, or there would be nothing to undo a block by. Of those it gives the name they had when the caller
-- met them: who is private now may be called otherwise, and that is theirs. Who wrote in quiet hours is not known by it before
-- the message is.
create function private.people_cards(p_ids uuid[])
returns table (
  user_id        uuid,
  visible        boolean,
  display_name   text,
  grade_level    text,
  subjects       text[],
  learning_style text,
  timezone       text
)
language sql stable security definer
set search_path = ''
as $$
  with other as materialized (
    -- can_see, written out for many at once.
    select p.*, p.user_id = (select auth.uid()) or (
      p.user_id not in (select private.blocked_either_way()) and (p.visibility = 'everyone' or (
        p.visibility = 'matches' and exists (
          select 1 from public.match_candidate m
          where (m.user_id = p.user_id and m.candidate_user_id = (select auth.uid()))
            or (m.user_id = (select auth.uid()) and m.candidate_user_id = p.user_id)
        )
      ))
    ) as visible
    from public.profile p
    where (select auth.uid()) is not null and p.user_id = any (p_ids[1:500])
  ), met as materialized (
    select o.user_id, coalesce(b.blocked_name, n.from_name) as name
    from other o
    left join public.block b on b.user_id = (select auth.uid()) and b.blocked_user_id = o.user_id
    left join lateral (
      select w.id, w.from_name from public.nudge w
      where w.user_id = o.user_id and w.to_user_id = (select auth.uid()) and (w.deliver_at is null or w.deliver_at <= now())
      order by w.sent_at desc limit 1
    ) n on true
    where not o.visible and (b.user_id is not null or (n.id is not null and not exists (
      select 1 from public.block k where k.user_id = o.user_id and k.blocked_user_id = (select auth.uid())
    )))
  )
  select o.user_id, true, coalesce(o.display_name, 'A student'), o.grade_level, o.subjects, o.learning_style, o.timezone
  from other o where o.visible
  union all
  select m.user_id, false, coalesce(m.name, 'A student'), null, '{}', null, null from met m
$$;
comment on function private.people_cards is 'The public side of students the caller may know of; others are left out.';

create function private.name_blocked() returns trigger
language plpgsql security invoker
set search_path = ''
as $$
begin
  new.blocked_name := (select c.display_name from private.people_cards(array[new.blocked_user_id]) c);
  return new;
end
$$;
create trigger block_named before insert on public.block for each row execute function private.name_blocked();

create function public.public_profiles(p_ids uuid[])
returns table (
  user_id        uuid,
  display_name   text,
  grade_level    text,
  subjects       text[],
  learning_style text,
  timezone       text
)
language sql stable security invoker
set search_path = ''
as $$
  select c.user_id, c.display_name, c.grade_level, c.subjects, c.learning_style, c.timezone
  from private.people_cards(p_ids) c
  where c.visible
$$;
comment on function public.public_profiles is 'Students as others see them. Nullable: grade_level, learning_style';

-- Definer: matches and the record are not the student's to write. They go the moment somebody hides or is blocked,
-- without waiting for a job.
create function private.forget_matches() returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  -- In the order in which store_matches takes them: who is ranked this moment is waited for, so that no row names them after.
  if tg_table_name = 'block' then
    perform 1 from public.profile p where p.user_id in (new.user_id, new.blocked_user_id) order by p.user_id for update;
    perform 1 from public.match_candidate m
    where (m.user_id = new.user_id and m.candidate_user_id = new.blocked_user_id)
      or (m.user_id = new.blocked_user_id and m.candidate_user_id = new.user_id)
    order by m.user_id, m.candidate_user_id for update;
    delete from public.match_candidate m
    where (m.user_id = new.user_id and m.candidate_user_id = new.blocked_user_id)
      or (m.user_id = new.blocked_user_id and m.candidate_user_id = new.user_id);
    insert into public.audit_log (user_id, action, subject)
    values (new.user_id, 'person.blocked', new.blocked_user_id::text);
  else
    perform 1 from public.match_candidate m where m.user_id = new.user_id or m.candidate_user_id = new.user_id
    order by m.user_id, m.candidate_user_id for update;
    delete from public.match_candidate m where m.user_id = new.user_id or m.candidate_user_id = new.user_id;
  end if;
  return null;
end
$$;
create trigger profile_forget_matches after update of visibility on public.profile
  for each row when (new.visibility = 'private' and old.visibility <> 'private')
  execute function private.forget_matches();
create trigger block_forget_matches after insert on public.block
  for each row execute function private.forget_matches();

-- What the job that ranks students reads and writes. Both sides are paged and bounded: a student keeps their best 50.
create function public.matching_students(p_after uuid, p_limit int, p_only uuid default null)
returns table (
  user_id        uuid,
  subjects       text[],
  grade_level    text,
  learning_style text,
  strengths      text[],
  weaknesses     text[],
  topics         jsonb
)
language sql stable security invoker
set search_path = ''
as $$
  select p.user_id, p.subjects, p.grade_level, p.learning_style,
    coalesce(l.strengths[1:50], '{}'), coalesce(l.weaknesses[1:50], '{}'),
    coalesce((
      -- As it stands, never cast: a student may write their own analytics, and nobody's page may fail over it.
      select jsonb_agg(jsonb_build_object('topic', left(t.item ->> 'topic', 120), 'average', t.item -> 'average',
        'certainty', t.item -> 'certainty'))
      from (
        select item from jsonb_array_elements(
          case when jsonb_typeof(l.analytics -> 'topicBreakdown') = 'array'
            then l.analytics -> 'topicBreakdown' else '[]' end) as item
        where item ->> 'topic' is not null and item ->> 'contestedAt' is null
        order by item -> 'certainty' desc nulls last
        limit 40
      ) t
    ), '[]')
  from public.profile p
  left join public.learning_profile l on l.user_id = p.user_id
  where p.visibility <> 'private' and cardinality(p.subjects) > 0
    and (p_after is null or p.user_id > p_after)
    and (p_only is null or p.user_id = p_only)
  order by p.user_id
  limit least(greatest(coalesce(p_limit, 500), 1), 1000)
$$;
comment on function public.matching_students is
  'Students who let themselves be found, in order of id. Nullable: grade_level, learning_style';

-- p_rows: [{"userId", "score", "facets"}], whom the student fits. p_reverse, unless null: the same as told to each of
-- the others, of whom everyone not named loses the student. Whoever hid or blocked meanwhile is left out.
create function public.store_matches(p_user_id uuid, p_rows jsonb, p_reverse jsonb, p_keep int default 50)
returns int
language plpgsql security invoker
set search_path = ''
as $$
declare
  pairs  jsonb;
  stored int;
begin
  -- Each call writes rows of both sides, so any two could wait for each other in a circle; they take turns instead.
  perform pg_advisory_xact_lock(hashtextextended('match_candidate', 0));
  -- Whoever is just now hiding is waited for, so that no row names them afterwards.
  perform 1 from public.profile p
  where p.user_id = p_user_id
    or p.user_id in (select r."userId" from jsonb_to_recordset(p_rows) as r("userId" uuid))
    or p.user_id in (select r."userId" from jsonb_to_recordset(coalesce(p_reverse, '[]')) as r("userId" uuid))
  order by p.user_id for share;
  select coalesce(jsonb_agg(to_jsonb(s)), '[]') into pairs
  from (
    select p_user_id as user_id, r."userId" as candidate_user_id, r.score, r.facets
    from jsonb_to_recordset(p_rows) as r("userId" uuid, score double precision, facets jsonb)
    union all
    select r."userId", p_user_id, r.score, r.facets
    from jsonb_to_recordset(coalesce(p_reverse, '[]')) as r("userId" uuid, score double precision, facets jsonb)
  ) s
  where not exists (
      select 1 from public.block b
      where (b.user_id = s.user_id and b.blocked_user_id = s.candidate_user_id)
        or (b.user_id = s.candidate_user_id and b.blocked_user_id = s.user_id)
    )
    and (
      select count(*) from public.profile p
      where p.user_id in (s.user_id, s.candidate_user_id) and p.visibility <> 'private'
    ) = 2;

  perform 1 from public.match_candidate m where m.user_id = p_user_id or m.candidate_user_id = p_user_id
  order by m.user_id, m.candidate_user_id for update;
  delete from public.match_candidate m
  where (m.user_id = p_user_id or (p_reverse is not null and m.candidate_user_id = p_user_id))
    and not exists (
      select 1 from jsonb_to_recordset(pairs) as s(user_id uuid, candidate_user_id uuid)
      where s.user_id = m.user_id and s.candidate_user_id = m.candidate_user_id
    );
  insert into public.match_candidate (user_id, candidate_user_id, score, facets, computed_at)
  select s.user_id, s.candidate_user_id, s.score, s.facets, now()
  from jsonb_to_recordset(pairs)
    as s(user_id uuid, candidate_user_id uuid, score double precision, facets jsonb)
  on conflict (user_id, candidate_user_id)
  do update set score = excluded.score, facets = excluded.facets, computed_at = excluded.computed_at;

  -- What somebody holds is being removed already.
  with ranked as materialized (
    select c.user_id, c.candidate_user_id,
      row_number() over (partition by c.user_id order by c.score desc, c.candidate_user_id) as place
    from public.match_candidate c
    where c.user_id in (select s.user_id from jsonb_to_recordset(pairs) as s(user_id uuid))
  ), beyond as materialized (
    select m.user_id, m.candidate_user_id from public.match_candidate m
    where (m.user_id, m.candidate_user_id) in (select r.user_id, r.candidate_user_id from ranked r where r.place > p_keep)
    order by m.user_id, m.candidate_user_id for update skip locked
  )
  delete from public.match_candidate m using beyond b
  where m.user_id = b.user_id and m.candidate_user_id = b.candidate_user_id;
  select count(*)::int into stored from public.match_candidate m where m.user_id = p_user_id;
  return stored;
end
$$;
comment on function public.store_matches is 'Replaces whom a student fits, on both sides.';

create function public.prune_matches() returns int
language sql security invoker
set search_path = ''
as $$
  -- From those who are not to be found to their rows, by the two indexes: nearly everybody's rows stay.
  with hidden as materialized (
    select p.user_id as id from public.profile p where p.visibility = 'private' or cardinality(p.subjects) = 0
  ), stale as materialized (
    select m.user_id, m.candidate_user_id from hidden h cross join lateral (
      select a.user_id, a.candidate_user_id from public.match_candidate a where a.user_id = h.id
      union all
      select b.user_id, b.candidate_user_id from public.match_candidate b where b.candidate_user_id = h.id
    ) m
  ), held as materialized (
    select m.user_id, m.candidate_user_id from public.match_candidate m
    where (m.user_id, m.candidate_user_id) in (select s.user_id, s.candidate_user_id from stale s)
    order by m.user_id, m.candidate_user_id for update skip locked
  ), gone as (
    delete from public.match_candidate m using held h
    where m.user_id = h.user_id and m.candidate_user_id = h.candidate_user_id
    returning 1
  )
  select count(*)::int from gone
$$;
comment on function public.prune_matches is 'Removes matches with students who are not to be found any more.';

-- What may be read of one person, each in one round trip: free times, what a pair has in common, and names.
create function public.windows_of(p_user_id uuid) returns jsonb
language sql stable security invoker
set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object('dow', a.dow, 'startMin', a.start_min, 'endMin', a.end_min,
    'timezone', a.timezone) order by a.dow, a.start_min, a.timezone), '[]')
  from (
    select * from public.availability_block where user_id = p_user_id order by dow, start_min limit 200
  ) a
$$;
comment on function public.windows_of is 'The weekly windows of a student, as far as the caller may see them.';

-- Null when there is nobody by this id whom the caller may see; the caller alone may ask for themselves.
create function public.person_availability(p_user_id uuid default null) returns jsonb
language sql stable security invoker
set search_path = ''
as $$
  select jsonb_build_object('userId', c.user_id, 'displayName', c.display_name, 'timezone', c.timezone,
    'isOwn', c.user_id = (select auth.uid()), 'windows', public.windows_of(c.user_id))
  from private.people_cards(array[coalesce(p_user_id, (select auth.uid()))]) c
  where c.visible
$$;
comment on function public.person_availability is 'When a student can usually study.';

-- Whether two can study now depends on both beacons. A student's own counts as others see it: while they are here, and
-- not in a session.
create function public.person_insight(p_user_id uuid) returns jsonb
language sql stable security invoker
set search_path = ''
as $$
  with side as (
    select c.user_id, c.visible, jsonb_build_object('userId', c.user_id, 'displayName', c.display_name,
      'gradeLevel', c.grade_level, 'subjects', c.subjects, 'learningStyle', c.learning_style, 'timezone', c.timezone,
      'windows', public.windows_of(c.user_id), 'freeUntil', (
        select private.free_until_of(pr) from public.presence pr where pr.user_id = c.user_id and private.is_here(pr)
      )) as person
    from private.people_cards(array[p_user_id, (select auth.uid())]) c
  )
  select jsonb_build_object(
    'me', me.person,
    'other', other.person || jsonb_build_object('habit', private.habit_of(other.user_id), 'activity', (
      select private.activity_of(pr) from public.presence pr where pr.user_id = other.user_id and private.is_here(pr)
    )),
    'match', (
      select jsonb_build_object('score', m.score, 'facets', m.facets)
      from public.match_candidate m
      where m.user_id = me.user_id and m.candidate_user_id = other.user_id
    ))
  from side other, side me
  where me.user_id = (select auth.uid()) and other.user_id = p_user_id and other.user_id <> me.user_id and other.visible
$$;
comment on function public.person_insight is 'Both sides of a pair; null when the other is nobody the caller may see.';

create function public.replace_availability(p_windows jsonb) returns jsonb
language plpgsql security invoker
set search_path = ''
as $$
begin
  if jsonb_typeof(p_windows) <> 'array' or jsonb_array_length(p_windows) > 200 then
    raise exception 'a week has at most 200 windows' using errcode = 'PT400';
  end if;
  -- Two tabs that save at once: the later one replaces what the earlier one wrote, instead of standing beside it.
  perform private.in_turn('availability');
  delete from public.availability_block where user_id = (select auth.uid());
  insert into public.availability_block (dow, start_min, end_min, timezone)
  select (w ->> 'dow')::int, (w ->> 'startMin')::int, (w ->> 'endMin')::int, w ->> 'timezone'
  from jsonb_array_elements(p_windows) w;
  return public.windows_of((select auth.uid()));
end
$$;
comment on function public.replace_availability is 'Replaces the whole week at once.';

-- Names the agent may meet in a sentence: the best matches, and who wrote to the student lately. Others chose these names,
-- and they stand in a prompt: one short line each, without what could open or close a block of it.
create function public.known_people(p_limit int default 20) returns table (user_id uuid, display_name text)
language sql stable security invoker
set search_path = ''
as $$
  with known as (
    (select m.candidate_user_id as id, 1 as rank, m.score
      from public.match_candidate m where m.user_id = (select auth.uid())
      order by m.score desc, m.candidate_user_id limit least(greatest(coalesce(p_limit, 20), 1), 50))
    union all
    (select n.user_id, 2, null
      from public.nudge n
      where n.to_user_id = (select auth.uid()) and n.user_id <> (select auth.uid())
        and n.sent_at > now() - interval '30 days'
      order by n.sent_at desc limit 50)
  ), best as (
    select k.id, min(k.rank) as rank, max(k.score) as score from known k group by k.id
  )
  select c.user_id, private.quotable_name(c.display_name)
  from best b
  join private.people_cards(array(select id from best)) c on c.user_id = b.id
  where not exists (
    select 1 from public.block x where x.user_id = (select auth.uid()) and x.blocked_user_id = c.user_id
  )
  order by b.rank, b.score desc nulls last, c.user_id
  limit least(greatest(coalesce(p_limit, 20), 1), 50)
$$;
comment on function public.known_people is 'Students whom the caller may mean by a name.';

create table public.report (
  id               uuid primary key default gen_random_uuid(),
  user_id          uuid not null default auth.uid() references auth.users on delete cascade,
  reported_user_id uuid not null references auth.users on delete cascade,
  reason           text not null check (reason in ('spam', 'harassment', 'inappropriate', 'safety', 'other')),
  note             text check (char_length(note) between 1 and 1000),
  reported_on      date not null default (now() at time zone 'UTC')::date,
  created_at       timestamptz not null default now(),
  -- A second report of the day says nothing new and would only fill the list of who reads them.
  unique (user_id, reported_user_id, reported_on),
  check (user_id <> reported_user_id)
);
comment on table public.report is 'What a student wants somebody responsible to look at. The other side never learns of it.';
create index report_reported on public.report (reported_user_id, created_at desc);

revoke all on public.report from public, anon, authenticated;
grant all on public.report to service_role;
alter table public.report enable row level security;
create policy "a student reads what they reported" on public.report
  for select to authenticated using (user_id = (select auth.uid()));
grant select on public.report to authenticated;
grant insert (user_id, reported_user_id, reason, note) on public.report to authenticated;
create policy "a student reports whom they met" on public.report
  for insert to authenticated with check (user_id = (select auth.uid()) and private.has_met(reported_user_id));

-- Definer: the record is not the student's to write.
create function private.note_report() returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  insert into public.audit_log (user_id, action, subject, metadata)
  values (new.user_id, 'person.reported', new.reported_user_id::text, jsonb_build_object('reason', new.reason));
  return null;
end
$$;
create trigger report_note after insert on public.report for each row execute function private.note_report();

create function public.blocked_people() returns jsonb
language sql stable security invoker
set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object('userId', b.blocked_user_id, 'displayName', c.display_name,
    'blockedAt', b.created_at) order by b.created_at desc), '[]')
  from (select * from public.block where user_id = (select auth.uid()) order by created_at desc limit 200) b
  join private.people_cards(array(
    select blocked_user_id from public.block where user_id = (select auth.uid()) order by created_at desc limit 200
  )) c on c.user_id = b.blocked_user_id
$$;
comment on function public.blocked_people is 'Whom the caller blocked, to undo it.';

-- Whoever may call what is above; everybody else is turned away.
grant execute on function
  private.can_see, private.blocked_either_way, private.has_met, private.people_cards, public.public_profiles,
  public.windows_of, public.person_availability, public.person_insight, public.replace_availability,
  public.known_people, public.blocked_people to authenticated;
grant execute on function public.matching_students, public.store_matches, public.prune_matches to service_role;
revoke all on all routines in schema public, private from public;
