-- A study room: a few students, one clock, one conversation, for some hours. Nothing here is written by hand: seats,
-- hosts, the clock and the order of messages depend on each other, and functions keep them right.

-- 27 characters that cannot be taken for each other, on paper or over the phone. Made here, where nobody can try codes
-- of their own choosing to learn which are taken.
create function private.new_room_code() returns text
language plpgsql volatile security invoker
set search_path = ''
as $$
declare
  alphabet constant text := '23456789ACDEFGHJKMNPQRTVWXY';
  code text := '';
  byte int;
begin
  while char_length(code) < 6 loop
    byte := get_byte(extensions.gen_random_bytes(1), 0);
    -- 243 is nine times 27: above it some letters would come more often.
    if byte < 243 then
      code := code || substr(alphabet, byte % 27 + 1, 1);
    end if;
  end loop;
  return code;
end
$$;
comment on function private.new_room_code is 'Six random characters without look-alikes.';

create table public.room (
  id            uuid primary key default gen_random_uuid(),
  user_id       uuid not null default auth.uid() references auth.users on delete cascade,
  code          text not null unique default private.new_room_code() check (code ~ '^[2-9ACDEFGHJKMNPQRTVWXY]{6}$'),
  -- The name of the live channel. It changes whenever somebody leaves: who was allowed into a channel once is heard and
  -- told there until their token ends, so the others move on to one that the absent cannot join.
  channel_id    uuid not null unique default gen_random_uuid(),
  title         text check (char_length(title) between 1 and 80),
  nudge_id      uuid references public.nudge on delete set null,
  timer         jsonb not null default '{"phase": "waiting", "round": 1, "startedAt": null, "pausedAt": null,
    "extraSeconds": 0, "durations": {"focusMinutes": 25, "breakMinutes": 5, "rounds": 3}}'
                check (jsonb_typeof(timer) = 'object' and char_length(timer::text) <= 1000),
  timer_history jsonb not null default '[]' check (jsonb_typeof(timer_history) = 'array'),
  revision      int not null default 0,
  last_seq      int not null default 0,
  status        text not null default 'open' check (status in ('open', 'closed')),
  created_at    timestamptz not null default now(),
  ends_at       timestamptz not null default now() + interval '12 hours',
  closed_at     timestamptz
);
comment on table public.room is 'A study room. user_id is its host; timer is an anchor from which every client computes the present phase.';
create index room_host on public.room (user_id, created_at desc);
create index room_open on public.room (ends_at) where status = 'open';
create index room_closed on public.room (closed_at) where status = 'closed';
create index room_nudge on public.room (nudge_id);
create unique index room_one_per_nudge on public.room (nudge_id) where status = 'open';

create table public.room_member (
  room_id       uuid not null references public.room on delete cascade,
  user_id       uuid not null default auth.uid() references auth.users on delete cascade,
  goal          text check (char_length(goal) between 1 and 120),
  joined_at     timestamptz not null default now(),
  left_at       timestamptz,
  -- Heard of last; whoever is silent for long gives the seat free.
  seen_at       timestamptz not null default now(),
  is_removed    boolean not null default false,
  earlier_stays jsonb not null default '[]' check (jsonb_typeof(earlier_stays) = 'array'),
  primary key (room_id, user_id)
);
comment on table public.room_member is 'Who sits in a room, and who did: left_at is null while they sit.';
create index room_member_user on public.room_member (user_id, left_at);

create table public.room_message (
  room_id    uuid not null references public.room on delete cascade,
  seq        int not null check (seq > 0),
  user_id    uuid not null default auth.uid() references auth.users on delete cascade,
  -- Given by the sender, so that a message sent again after a drop is the same one.
  client_id  uuid not null,
  body       text not null check (char_length(body) between 1 and 1000),
  created_at timestamptz not null default clock_timestamp(),
  primary key (room_id, seq),
  unique (room_id, user_id, client_id)
);
comment on table public.room_message is 'What was said in a room, numbered in the order in which it arrived.';
create index room_message_user on public.room_message (user_id);

-- A race: the same few questions for all who sit there at its start, each at their own pace until one end. The database's
-- clock alone says when it is over, so it ends without anybody's press. A room keeps its latest.
create table public.room_race (
  id         uuid primary key default gen_random_uuid(),
  room_id    uuid not null unique references public.room on delete cascade,
  user_id    uuid not null default auth.uid() references auth.users on delete cascade,
  topics     text[] not null default '{}' check (private.texts_fit(topics, 3, 200)),
  items      jsonb not null check (jsonb_typeof(items) = 'array' and jsonb_array_length(items) between 3 and 5
             and pg_column_size(items) <= 65536),
  started_at timestamptz not null default clock_timestamp(),
  ends_at    timestamptz not null default clock_timestamp() + interval '3 minutes'
);
comment on table public.room_race is 'The latest race of a room. user_id is who started it, from whose notes its questions are; no passage is kept.';
create index room_race_user on public.room_race (user_id);

create table public.room_racer (
  race_id       uuid not null references public.room_race on delete cascade,
  user_id       uuid not null default auth.uid() references auth.users on delete cascade,
  answers       jsonb not null default '[]' check (jsonb_typeof(answers) = 'array' and pg_column_size(answers) <= 4096),
  answered      int generated always as (case jsonb_typeof(answers) when 'array' then jsonb_array_length(answers) else 0 end) stored,
  correct       int not null default 0 check (correct between 0 and 5),
  last_right_at timestamptz,
  primary key (race_id, user_id)
);
comment on table public.room_racer is 'Who races, and what they answered. Of equal right answers the earlier last right one is ahead.';
create index room_racer_user on public.room_racer (user_id);

revoke all on public.room, public.room_member, public.room_message, public.room_race, public.room_racer from public, anon, authenticated;
grant select on public.room, public.room_member, public.room_message to authenticated;
-- What is right, and what somebody else chose, is told by a function alone.
grant select (id, room_id, user_id, topics, started_at, ends_at) on public.room_race to authenticated;
grant select (race_id, user_id, answered, correct, last_right_at) on public.room_racer to authenticated;
grant all on public.room, public.room_member, public.room_message, public.room_race, public.room_racer to service_role;

-- Definer: a policy of room_member that reads room_member would ask itself. Somebody who left learns nothing more of a
-- room until it is closed.
create function private.my_rooms() returns setof uuid
language sql stable security definer
set search_path = ''
as $$
  select m.room_id
  from public.room_member m
  join public.room r on r.id = m.room_id
  where m.user_id = (select auth.uid()) and not m.is_removed and (m.left_at is null or r.status = 'closed')
$$;
comment on function private.my_rooms is 'Rooms the caller sits in, and closed ones they sat in.';

alter table public.room enable row level security;
create policy "members read their room" on public.room
  for select to authenticated using (id in (select private.my_rooms()));

alter table public.room_member enable row level security;
create policy "members read who sits with them" on public.room_member
  for select to authenticated
  using (
    user_id = (select auth.uid())
    or (room_id in (select private.my_rooms()) and user_id not in (select private.blocked_either_way()))
  );

alter table public.room_message enable row level security;
create policy "members read what was said until they left" on public.room_message
  for select to authenticated
  using (
    user_id not in (select private.blocked_either_way())
    and exists (
      select 1 from public.room_member m
      where m.room_id = room_message.room_id and m.user_id = (select auth.uid()) and not m.is_removed
        and room_message.created_at <= coalesce(m.left_at, 'infinity')
    )
  );

alter table public.room_race enable row level security;
create policy "members read that there is a race" on public.room_race
  for select to authenticated using (room_id in (select private.my_rooms()));

alter table public.room_racer enable row level security;
create policy "members read the score" on public.room_racer
  for select to authenticated
  using (
    race_id in (select r.id from public.room_race r where r.room_id in (select private.my_rooms()))
    and user_id not in (select private.blocked_either_way())
  );

-- Definer: seats are not the student's to write. Whoever opens a room sits in it.
create function private.seat_host() returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  insert into public.room_member (room_id, user_id) values (new.id, new.user_id);
  return null;
end
$$;
create trigger room_seat_host after insert on public.room for each row execute function private.seat_host();

create function private.tell_room(p_channel_id uuid, p_event text, p_payload jsonb default '{}') returns void
language sql volatile security invoker
set search_path = ''
as $$
  select realtime.send(p_payload, p_event, 'room:' || p_channel_id, true)
$$;
comment on function private.tell_room is 'Says something to everybody in a room.';

-- A race is over before its time once everybody who races and still sits there has answered all of it. Who holds the room
-- calls this.
create function private.settle_race(p_room_id uuid) returns void
language sql volatile security invoker
set search_path = ''
as $$
  update public.room_race x set ends_at = clock_timestamp()
  where x.room_id = p_room_id and x.ends_at > clock_timestamp() and not exists (
    select 1 from public.room_racer c
    join public.room_member m on m.room_id = x.room_id and m.user_id = c.user_id and m.left_at is null
    where c.race_id = x.id and c.answered < jsonb_array_length(x.items)
  )
$$;
comment on function private.settle_race is 'Ends the race of a room that nobody there has anything left to answer in.';

-- Ends one stay. Who is left gets the oldest of the others as host when the host goes, and a channel the absent cannot join.
create function private.end_stay(p_room_id uuid, p_user_id uuid, p_at timestamptz, p_removed boolean default false)
returns boolean
language plpgsql volatile security invoker
set search_path = ''
as $$
declare
  found_room public.room;
  next_host  uuid;
begin
  select * into found_room from public.room r where r.id = p_room_id for update;
  update public.room_member m set left_at = greatest(p_at, m.joined_at), is_removed = m.is_removed or p_removed
  where m.room_id = p_room_id and m.user_id = p_user_id and m.left_at is null;
  if not found then
    return false;
  end if;
  if found_room.user_id = p_user_id then
    select m.user_id into next_host from public.room_member m
    where m.room_id = p_room_id and m.left_at is null order by m.joined_at, m.user_id limit 1;
  end if;
  update public.room r set channel_id = gen_random_uuid(), user_id = coalesce(next_host, r.user_id)
  where r.id = p_room_id;
  perform private.settle_race(p_room_id);
  perform private.tell_room(found_room.channel_id, 'room');
  return true;
end
$$;
comment on function private.end_stay is 'Frees a seat, hands the room over if it was the host''s, and renews the channel.';

create function private.shut_room(p_room_id uuid, p_at timestamptz default clock_timestamp()) returns boolean
language plpgsql volatile security invoker
set search_path = ''
as $$
declare
  found_room public.room;
begin
  select * into found_room from public.room r where r.id = p_room_id for update;
  if not found or found_room.status = 'closed' then
    return false;
  end if;
  update public.room r set status = 'closed', closed_at = p_at, channel_id = gen_random_uuid() where r.id = p_room_id;
  update public.room_member m set left_at = greatest(p_at, m.joined_at) where m.room_id = p_room_id and m.left_at is null;
  perform private.settle_race(p_room_id);
  perform private.tell_room(found_room.channel_id, 'room');
  return true;
end
$$;
comment on function private.shut_room is 'Closes a room for everybody.';

-- A clock that means nothing would keep every member out of the room: their pages read it and give up. A member can hand
-- one to the functions past the app, so it is checked where the row is written, by the bounds that pages have.
create function private.is_moment(p_value jsonb) returns boolean
language plpgsql stable security invoker
set search_path = ''
as $$
begin
  if jsonb_typeof(p_value) = 'null' then
    return true;
  end if;
  return jsonb_typeof(p_value) = 'string'
    and p_value #>> '{}' ~ '^\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,6})?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$'
    and (p_value #>> '{}')::timestamptz is not null;
exception when others then
  -- A day that no month has.
  return false;
end
$$;
comment on function private.is_moment is 'Whether a value is null or a moment as the app writes it.';

create function private.is_within(p_value jsonb, p_least int, p_most int) returns boolean
language sql immutable security invoker
set search_path = ''
as $$
  select case when jsonb_typeof(p_value) = 'number'
    then p_value::numeric between p_least and p_most and p_value::numeric = trunc(p_value::numeric)
    else false end
$$;
comment on function private.is_within is 'Whether a value is a whole number within bounds.';

create function private.is_timer(p_timer jsonb) returns boolean
language sql stable security invoker
set search_path = ''
as $$
  select coalesce(p_timer ->> 'phase' in ('waiting', 'focus', 'break', 'done')
    and private.is_within(p_timer -> 'round', 1, 8)
    and private.is_within(p_timer -> 'extraSeconds', 0, 7200)
    and private.is_within(p_timer -> 'durations' -> 'focusMinutes', 5, 120)
    and private.is_within(p_timer -> 'durations' -> 'breakMinutes', 1, 30)
    and private.is_within(p_timer -> 'durations' -> 'rounds', 1, 8)
    and private.is_moment(p_timer -> 'startedAt') and private.is_moment(p_timer -> 'pausedAt'), false)
$$;
comment on function private.is_timer is 'Whether a clock is one that every page can show.';

create function private.keep_timer() returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  if not private.is_timer(new.timer) then
    raise exception 'this is no clock' using errcode = 'PT400';
  end if;
  return new;
end
$$;
comment on function private.keep_timer is 'Definer: the checks are nobody''s to call.';
create trigger room_keep_timer before insert or update of timer on public.room
  for each row execute function private.keep_timer();

-- A seat in a room. Where somebody is blocked on either side, and where the student was removed, the answer is that of a
-- room that does not exist.

-- Who does not sit there would get a seat, or why not: 'open', 'full', 'closed' or 'unknown'.
create function private.seat_outlook(p_room_id uuid, p_user_id uuid) returns text
language sql stable security invoker
set search_path = ''
as $$
  select case
    when exists (
      select 1 from public.room_member m where m.room_id = r.id and m.user_id = p_user_id and m.is_removed
    ) or exists (
      select 1 from public.room_member m
      join public.block b on (b.user_id = p_user_id and b.blocked_user_id = m.user_id)
        or (b.user_id = m.user_id and b.blocked_user_id = p_user_id)
      where m.room_id = r.id and m.left_at is null
    ) then 'unknown'
    when r.status = 'closed' or r.ends_at <= clock_timestamp() then 'closed'
    when (select count(*) from public.room_member m where m.room_id = r.id and m.left_at is null) >= 5 then 'full'
    else 'open'
  end
  from public.room r where r.id = p_room_id
$$;
comment on function private.seat_outlook is 'Whether a student would get a seat.';

-- One seat of a student at a time, and none while somebody blocks them. It comes before any room: who blocks holds this of
-- both while taking their rooms, in the order of ids.
create function private.hold_seats(p_user_id uuid) returns void
language sql volatile security invoker
set search_path = ''
as $$
  select pg_advisory_xact_lock(hashtextextended('seats:' || p_user_id::text, 0))
$$;
comment on function private.hold_seats is 'Waits until nobody else seats or unseats this student.';

-- Takes a seat or says why not: 'seated', 'full', 'closed' or 'unknown'. Who sits there already keeps their seat.
create function private.take_seat(p_room_id uuid, p_user_id uuid, p_goal text) returns text
language plpgsql volatile security invoker
set search_path = ''
as $$
declare
  found_room public.room;
  own        public.room_member;
  outlook    text;
  new_goal   text := nullif(left(btrim(coalesce(p_goal, '')), 120), '');
begin
  perform private.hold_seats(p_user_id);
  -- The last seat goes to whoever gets this lock first.
  select * into found_room from public.room r where r.id = p_room_id for update;
  select * into own from public.room_member m where m.room_id = p_room_id and m.user_id = p_user_id;
  if found_room.id is null then
    return 'unknown';
  end if;
  if own.user_id is not null and own.left_at is null and not own.is_removed and found_room.status = 'open' then
    update public.room_member m set seen_at = clock_timestamp(), goal = coalesce(new_goal, m.goal)
    where m.room_id = p_room_id and m.user_id = p_user_id;
    return 'seated';
  end if;
  outlook := private.seat_outlook(p_room_id, p_user_id);
  if outlook <> 'open' then
    return outlook;
  end if;
  insert into public.room_member as m (room_id, user_id, goal, joined_at, seen_at)
  values (p_room_id, p_user_id, new_goal, clock_timestamp(), clock_timestamp())
  on conflict (room_id, user_id) do update
    set goal = coalesce(excluded.goal, m.goal), joined_at = excluded.joined_at, seen_at = excluded.seen_at, left_at = null,
      earlier_stays = case when jsonb_array_length(m.earlier_stays) < 50 then m.earlier_stays else m.earlier_stays - 0 end
        || jsonb_build_object('from', m.joined_at, 'to', m.left_at);
  -- A host who left an empty room behind is its host no more once somebody else sits there alone.
  update public.room r set user_id = p_user_id
  where r.id = p_room_id and not exists (
    select 1 from public.room_member m where m.room_id = r.id and m.user_id = r.user_id and m.left_at is null
  );
  perform private.tell_room(found_room.channel_id, 'room');
  return 'seated';
end
$$;
comment on function private.take_seat is 'Seats a student in a room, or says why not.';

-- Opening a room, alone or by an invitation that both sides share.

-- Definer: rooms are not the student's to write, and an invitation names a room only through this.
create function private.open_room(p_title text, p_timer jsonb, p_goal text, p_nudge_id uuid) returns jsonb
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  me       uuid := (select auth.uid());
  invite   public.nudge;
  other    uuid;
  room_id  uuid;
  outcome  text;
  used_now bigint;
  new_title text := nullif(left(btrim(coalesce(p_title, '')), 80), '');
begin
  if me is null then
    raise exception 'sign in to continue' using errcode = 'PT401';
  end if;
  perform private.hold_seats(me);
  -- One at a time: two presses of one button, or both sides of an invitation, are one room.
  perform pg_advisory_xact_lock(hashtextextended('room:' || coalesce(p_nudge_id, me)::text, 0));
  if p_nudge_id is not null then
    select * into invite from public.nudge n
    where n.id = p_nudge_id and me in (n.user_id, n.to_user_id) and n.user_id <> n.to_user_id
      and n.nudge_type = 'study_invite';
    other := case when invite.user_id = me then invite.to_user_id else invite.user_id end;
    if invite.id is null or other in (select private.blocked_either_way()) then
      raise exception 'there is no such invitation' using errcode = 'PT404';
    end if;
    -- Who comes has accepted.
    update public.nudge n set status = 'accepted', responded_at = clock_timestamp()
    where n.id = p_nudge_id and n.to_user_id = me and n.status <> 'accepted';
    new_title := coalesce(new_title, nullif(left(btrim(coalesce(invite.metadata ->> 'topic', '')), 80), ''));
    select r.id into room_id from public.room r
    where r.nudge_id = p_nudge_id and r.status = 'open' and r.ends_at > clock_timestamp();
  else
    select r.id into room_id from public.room r
    where r.user_id = me and r.status = 'open' and r.nudge_id is null and r.title is not distinct from new_title
      and r.created_at > clock_timestamp() - interval '10 seconds'
    order by r.created_at desc limit 1;
  end if;
  if room_id is null then
    insert into public.quota as q (user_id, kind, used) values (me, 'room', 1)
    on conflict (user_id, kind, day) do update set used = q.used + 1
    returning q.used into used_now;
    if used_now > 50 then
      raise exception 'today''s limit of rooms is reached' using errcode = 'PT429';
    end if;
    -- One that ended and was not yet tidied away still holds the place of its invitation.
    perform private.shut_room(r.id, r.ends_at) from public.room r where r.nudge_id = p_nudge_id and r.status = 'open';
    insert into public.room (user_id, title, nudge_id, timer, created_at)
    values (me, new_title, p_nudge_id,
      coalesce(p_timer, '{"phase": "waiting", "round": 1, "startedAt": null, "pausedAt": null, "extraSeconds": 0,
        "durations": {"focusMinutes": 25, "breakMinutes": 5, "rounds": 3}}'), clock_timestamp())
    returning id into room_id;
  end if;
  outcome := private.take_seat(room_id, me, p_goal);
  return jsonb_build_object('outcome', outcome, 'roomId', room_id,
    'code', (select r.code from public.room r where r.id = room_id and outcome = 'seated'));
end
$$;
comment on function private.open_room is 'Opens a room, or the one of an invitation that both sides share.';

create function public.open_room(p_title text default null, p_timer jsonb default null, p_goal text default null,
  p_nudge_id uuid default null) returns jsonb
language sql volatile security invoker
set search_path = ''
as $$
  select private.open_room(p_title, p_timer, p_goal, p_nudge_id)
$$;
comment on function public.open_room is 'Opens a room and sits down in it.';

-- The way into a room by its code, and no way to find one by trying.

-- Definer: a room is closed to who has not joined it. Wrong codes are counted, ten within an hour; the answer is a value and
-- not an error, which would take the count back.
create function private.enter_room(p_code text, p_join boolean, p_goal text) returns jsonb
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  me         uuid := (select auth.uid());
  found_room public.room;
  own        public.room_member;
  outcome    text;
  wrong      timestamptz[];
begin
  if me is null then
    raise exception 'sign in to continue' using errcode = 'PT401';
  end if;
  select * into found_room from public.room r where r.code = p_code;
  select * into own from public.room_member m
  where m.room_id = found_room.id and m.user_id = me and not m.is_removed;
  if own.user_id is not null and (found_room.status = 'closed' or own.left_at is null or not p_join) then
    return jsonb_build_object('outcome', case when own.left_at is null then 'seated' else 'left' end,
      'roomId', found_room.id, 'code', found_room.code);
  end if;
  -- One code of a student at a time, so that a hundred at once are not a hundred tries.
  perform pg_advisory_xact_lock(hashtextextended('room-code:' || me::text, 0));
  if own.user_id is null then
    wrong := array(
      select a.created_at from public.audit_log a
      where a.user_id = me and a.action = 'room.code_refused' and a.created_at > clock_timestamp() - interval '1 hour'
      order by a.created_at
    );
    if cardinality(wrong) >= 10 then
      return jsonb_build_object('outcome', 'limited',
        'retryAfterSeconds', ceil(extract(epoch from wrong[1] + interval '1 hour' - clock_timestamp())));
    end if;
  end if;
  outcome := case
    when found_room.id is null then 'unknown'
    when p_join then private.take_seat(found_room.id, me, p_goal)
    else private.seat_outlook(found_room.id, me)
  end;
  if outcome = 'unknown' and own.user_id is null then
    insert into public.audit_log (user_id, action, created_at) values (me, 'room.code_refused', clock_timestamp());
  end if;
  if outcome in ('seated', 'open') then
    return jsonb_build_object('outcome', outcome, 'code', found_room.code,
      'roomId', case when outcome = 'seated' then found_room.id end, 'title', found_room.title,
      'seated', (select count(*) from public.room_member m where m.room_id = found_room.id and m.left_at is null));
  end if;
  return jsonb_build_object('outcome', outcome);
end
$$;
comment on function private.enter_room is 'What is behind a code for the caller, with a seat there if they want it.';

create function public.enter_room(p_code text, p_join boolean default false, p_goal text default null) returns jsonb
language sql volatile security invoker
set search_path = ''
as $$
  select private.enter_room(p_code, p_join, p_goal)
$$;
comment on function public.enter_room is 'Looks behind a code, or joins the room there.';

-- The race of a room as one who sits there sees it. Who races is given the questions, each with its answer once they gave
-- theirs; who does not, and everybody when it is over, is given them with all answers, but none before the end.
--
-- Definer: the questions hold their answers, and the answers of the others are none of the caller's.
create function private.race_of(p_room_id uuid) returns jsonb
language sql stable security definer
set search_path = ''
as $$
  select jsonb_build_object('id', x.id, 'startedBy', x.user_id, 'topics', x.topics, 'startedAt', x.started_at,
    'endsAt', x.ends_at, 'isOver', x.is_over, 'questions', jsonb_array_length(x.items),
    'racers', (
      select coalesce(jsonb_agg(jsonb_build_object('userId', c.user_id, 'right', c.correct, 'answered', c.answered,
        'lastRightAt', c.last_right_at) order by c.user_id), '[]')
      from public.room_racer c
      where c.race_id = x.id and c.user_id not in (select private.blocked_either_way())
    ),
    'items', (
      select coalesce(jsonb_agg(i.item || jsonb_build_object('mine', given.mine,
        'answer', case when x.is_over or given.mine is not null then i.item -> 'answer' end) order by i.place), '[]')
      from jsonb_array_elements(x.items) with ordinality as i(item, place)
      left join lateral (
        select a ->> 'optionId' as mine from jsonb_array_elements(own.answers) as a
        where a ->> 'itemId' = i.item ->> 'id' limit 1
      ) given on true
      where x.is_over or own.user_id is not null
    ))
  from (select r.*, r.ends_at <= clock_timestamp() as is_over from public.room_race r where r.room_id = p_room_id) x
  left join public.room_racer own on own.race_id = x.id and own.user_id = (select auth.uid())
  where x.room_id in (select private.my_rooms())
$$;
comment on function private.race_of is 'The latest race of a room with its score; null where there is none for the caller.';

-- A room as its members see it: one round trip for the page, and for everything that was missed.

-- Definer: a member reads the names of the others, which their profiles may hide from everybody else. Who left sees the
-- room as it was then.
create function private.read_room(p_room_id uuid, p_after int) returns jsonb
language plpgsql stable security definer
set search_path = ''
as $$
declare
  me         uuid := (select auth.uid());
  found_room public.room;
  own        public.room_member;
  is_seated  boolean;
  until      timestamptz;
begin
  select * into own from public.room_member m
  where m.room_id = p_room_id and m.user_id = me and not m.is_removed;
  if own.user_id is null then
    return null;
  end if;
  select * into found_room from public.room r where r.id = p_room_id;
  is_seated := own.left_at is null;
  until := coalesce(own.left_at, 'infinity');
  return jsonb_build_object(
    'id', found_room.id, 'code', found_room.code, 'title', found_room.title, 'status', found_room.status,
    'access', case when is_seated then 'seated' else 'left' end, 'me', me, 'now', clock_timestamp(),
    'hostId', case when is_seated then found_room.user_id end,
    'channelId', case when is_seated then found_room.channel_id end,
    -- The clock that was set after the student left is none of theirs.
    'timer', case
      when coalesce((found_room.timer_history -> -1 ->> 'until')::timestamptz, '-infinity') <= until then found_room.timer
    end,
    'timerHistory', case when is_seated then '[]' else (
      select coalesce(jsonb_agg(h.entry order by h.position), '[]')
      from jsonb_array_elements(found_room.timer_history) with ordinality as h(entry, position)
      where h.position = 1
        or (found_room.timer_history -> (h.position::int - 2) ->> 'until')::timestamptz <= until
    ) end,
    'revision', found_room.revision, 'createdAt', found_room.created_at, 'endsAt', found_room.ends_at,
    'lastSeq', case when is_seated then found_room.last_seq else 0 end,
    'race', case when is_seated then private.race_of(p_room_id) end,
    'members', (
      select coalesce(jsonb_agg(jsonb_build_object('userId', m.user_id, 'name', private.quotable_name(p.display_name),
          'goal', m.goal, 'joinedAt', m.joined_at, 'leftAt', case when m.left_at <= until then m.left_at end,
          'earlierStays', m.earlier_stays) order by m.joined_at, m.user_id), '[]')
      from public.room_member m
      left join public.profile p on p.user_id = m.user_id
      where m.room_id = p_room_id and not (m.is_removed and m.left_at is null)
        and (m.joined_at <= until or jsonb_array_length(m.earlier_stays) > 0)
        and m.user_id not in (select private.blocked_either_way())
    ),
    'messages', (
      select coalesce(jsonb_agg(jsonb_build_object('seq', s.seq, 'clientId', s.client_id, 'userId', s.user_id,
          'body', s.body, 'createdAt', s.created_at) order by s.seq), '[]')
      from (
        select * from public.room_message t
        where t.room_id = p_room_id and t.seq > coalesce(p_after, 0) and t.created_at <= until
          and t.user_id not in (select private.blocked_either_way())
        order by t.seq desc limit case when is_seated then 200 else 2000 end
      ) s
    ));
end
$$;
comment on function private.read_room is 'A room as its member sees it; null for everybody else.';

create function public.read_room(p_room_id uuid, p_after int default null) returns jsonb
language sql stable security invoker
set search_path = ''
as $$
  select private.read_room(p_room_id, p_after)
$$;
comment on function public.read_room is 'A room with its seats, its clock and what was said after a number.';

-- What a member does in a room. The room is held until the answer, so that of two who press at once one comes second;
-- whoever does not sit there is answered as if there were no such room.
create function private.hold_room(p_room_id uuid) returns public.room
language plpgsql volatile security invoker
set search_path = ''
as $$
declare
  held public.room;
begin
  select r.* into held from public.room r where r.id = p_room_id and r.status = 'open' and exists (
    select 1 from public.room_member m
    where m.room_id = r.id and m.user_id = (select auth.uid()) and m.left_at is null
  ) for update;
  if held.id is null then
    raise exception 'there is no such room' using errcode = 'PT404';
  end if;
  return held;
end
$$;

-- Definer: seats, hosts and the clock are not the student's to write by hand.
create function private.act_in_room(p_room_id uuid, p_action text, p_detail jsonb) returns jsonb
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  me         uuid := (select auth.uid());
  found_room public.room;
  new_goal   text;
  changed    boolean := true;
begin
  -- Leaving twice is leaving.
  if p_action = 'leave' and exists (
    select 1 from public.room_member m
    where m.room_id = p_room_id and m.user_id = me and m.left_at is not null and not m.is_removed
  ) then
    return jsonb_build_object('changed', false, 'now', clock_timestamp());
  end if;
  found_room := private.hold_room(p_room_id);
  if p_action in ('remove', 'close') and found_room.user_id <> me then
    raise exception 'only the host may do this' using errcode = 'PT403';
  end if;

  if p_action = 'seen' then
    update public.room_member m set seen_at = clock_timestamp() where m.room_id = p_room_id and m.user_id = me;
  elsif p_action = 'goal' then
    new_goal := nullif(btrim(regexp_replace(coalesce(p_detail ->> 'goal', ''), '[[:cntrl:][:space:]]+', ' ', 'g')), '');
    update public.room_member m set goal = new_goal
    where m.room_id = p_room_id and m.user_id = me and m.goal is distinct from new_goal;
    changed := found;
    if changed then
      perform private.tell_room(found_room.channel_id, 'room');
    end if;
  elsif p_action = 'leave' then
    changed := private.end_stay(p_room_id, me, clock_timestamp());
  elsif p_action = 'remove' then
    if p_detail ->> 'userId' = me::text then
      raise exception 'a host leaves instead' using errcode = 'PT400';
    end if;
    changed := private.end_stay(p_room_id, (p_detail ->> 'userId')::uuid, clock_timestamp(), true);
  elsif p_action = 'close' then
    changed := private.shut_room(p_room_id);
  else
    raise exception 'there is no such action' using errcode = 'PT400';
  end if;
  return jsonb_build_object('changed', changed, 'now', clock_timestamp());
end
$$;
comment on function private.act_in_room is 'What a member does: seen, goal, leave; and its host: remove, close.';

create function public.act_in_room(p_room_id uuid, p_action text, p_detail jsonb default '{}') returns jsonb
language sql volatile security invoker
set search_path = ''
as $$
  select private.act_in_room(p_room_id, p_action, p_detail)
$$;
comment on function public.act_in_room is 'Does something in a room the caller sits in.';

-- The clock of a room, for all who sit there.

-- Definer: the clock belongs to all who sit there and changes by its rules alone. Who presses while somebody else did a
-- moment before changes nothing: the revision they saw is gone, and two presses of Skip skip once.
create function private.set_room_timer(p_room_id uuid, p_revision int, p_timer jsonb, p_action text) returns jsonb
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  me         uuid := (select auth.uid());
  found_room public.room;
  changed    boolean := false;
begin
  found_room := private.hold_room(p_room_id);
  if p_action is null or p_action !~ '^[a-z]{1,20}$' or jsonb_typeof(p_timer) is distinct from 'object'
    or char_length(p_timer::text) > 1000 then
    raise exception 'this is no clock' using errcode = 'PT400';
  end if;
  if found_room.revision = p_revision then
    update public.room r
    set timer = p_timer, revision = r.revision + 1,
      timer_history = case when jsonb_array_length(r.timer_history) < 300 then r.timer_history else r.timer_history - 0 end
        || jsonb_build_object('anchor', r.timer, 'until', clock_timestamp())
    where r.id = p_room_id
    returning r.* into found_room;
    changed := true;
    perform private.tell_room(found_room.channel_id, 'timer', jsonb_build_object('timer', found_room.timer,
      'revision', found_room.revision, 'by', me, 'action', p_action));
  end if;
  return jsonb_build_object('changed', changed, 'timer', found_room.timer, 'revision', found_room.revision,
    'now', clock_timestamp());
end
$$;
comment on function private.set_room_timer is 'Sets the clock of a room if it is still the one the caller saw.';

create function public.set_room_timer(p_room_id uuid, p_revision int, p_timer jsonb, p_action text) returns jsonb
language sql volatile security invoker
set search_path = ''
as $$
  select private.set_room_timer(p_room_id, p_revision, p_timer, p_action)
$$;
comment on function public.set_room_timer is 'Sets the clock of a room.';

-- What is said in a room.

-- Definer: the order of messages is not the student's to write.
create function private.send_room_message(p_room_id uuid, p_client_id uuid, p_body text) returns jsonb
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  me         uuid := (select auth.uid());
  content    text := btrim(coalesce(p_body, ''), E' \t\n\r');
  found_room public.room;
  sent       public.room_message;
  message    jsonb;
begin
  if content = '' or char_length(content) > 1000 then
    raise exception 'a message has 1 to 1,000 characters' using errcode = 'PT400';
  end if;
  -- The lock gives numbers in the order of arrival, without a gap.
  found_room := private.hold_room(p_room_id);
  select * into sent from public.room_message t
  where t.room_id = p_room_id and t.user_id = me and t.client_id = p_client_id;
  if not found then
    if (
      select count(*) from public.room_message t
      where t.room_id = p_room_id and t.user_id = me and t.created_at > clock_timestamp() - interval '20 seconds'
    ) >= 20 or found_room.last_seq >= 2000 then
      raise exception 'too many messages' using errcode = 'PT429';
    end if;
    update public.room r set last_seq = r.last_seq + 1 where r.id = p_room_id returning r.* into found_room;
    insert into public.room_message (room_id, seq, user_id, client_id, body)
    values (p_room_id, found_room.last_seq, me, p_client_id, content)
    returning * into sent;
  end if;
  message := jsonb_build_object('seq', sent.seq, 'clientId', sent.client_id, 'userId', sent.user_id, 'body', sent.body,
    'createdAt', sent.created_at);
  perform private.tell_room(found_room.channel_id, 'message', message);
  return message;
end
$$;
comment on function private.send_room_message is 'Says something in a room, once however often it is sent.';

create function public.send_room_message(p_room_id uuid, p_client_id uuid, p_body text) returns jsonb
language sql volatile security invoker
set search_path = ''
as $$
  select private.send_room_message(p_room_id, p_client_id, p_body)
$$;
comment on function public.send_room_message is 'Says something in a room the caller sits in.';

-- A race in a room.

-- What a race keeps of a question of a quiz: four choices, the right one, and what the file is called. Null for any other.
create function private.race_question(p_item jsonb, p_place bigint) returns jsonb
language sql immutable security invoker
set search_path = ''
as $$
  select jsonb_build_object('id', 'q' || p_place, 'q', p_item -> 'q', 'answer', p_item -> 'answer',
    'title', left(p_item -> 'source' ->> 'title', 200), 'choices', (
      select jsonb_agg(jsonb_build_object('id', c -> 'id', 'text', c -> 'text') order by place)
      from jsonb_array_elements(p_item -> 'choices') with ordinality as choice(c, place)))
  where coalesce(p_item ->> 'format', 'choice') = 'choice' and jsonb_typeof(p_item -> 'q') = 'string'
    and char_length(p_item ->> 'q') between 1 and 2000 and jsonb_typeof(p_item -> 'source' -> 'title') = 'string'
    and jsonb_typeof(p_item -> 'choices') = 'array'
    and (
      select count(distinct c ->> 'id') = 4 and count(*) = 4 and bool_and(jsonb_typeof(c -> 'id') = 'string'
        and char_length(c ->> 'id') between 1 and 100 and jsonb_typeof(c -> 'text') = 'string') and bool_or(c -> 'id' = p_item -> 'answer')
      from jsonb_array_elements(case jsonb_typeof(p_item -> 'choices') when 'array' then p_item -> 'choices' else '[]' end) as c)
$$;
comment on function private.race_question is 'A question as a race asks it, without any passage.';

-- Definer: who races is not the student's to write, and the questions hold their answers. It takes quizzes that were made
-- for it and never answered, and removes them: their student would else find the answers there. Where a race runs already
-- that one is the race, whoever pressed first.
create function private.start_race(p_room_id uuid, p_quiz_ids uuid[], p_topics text[]) returns jsonb
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  me         uuid := (select auth.uid());
  found_room public.room;
  racing     uuid[];
  quizzes    uuid[];
  asked      jsonb;
  new_race   uuid;
begin
  found_room := private.hold_room(p_room_id);
  quizzes := array(
    select q.id from public.quiz q
    where q.id = any (p_quiz_ids[1:3]) and q.user_id = me and not exists (
      select 1 from public.quiz_attempt a where a.quiz_id = q.id
    ) order by array_position(p_quiz_ids, q.id)
  );
  if not exists (select 1 from public.room_race r where r.room_id = p_room_id and r.ends_at > clock_timestamp()) then
    -- A closed laptop keeps its seat for a while and races not.
    racing := array(
      select m.user_id from public.room_member m
      where m.room_id = p_room_id and m.left_at is null
        and (m.user_id = me or m.seen_at > clock_timestamp() - interval '3 minutes')
    );
    -- Accounts before what is theirs: one that is being erased is waited for.
    racing := array(select u.id from (select u.id from auth.users u where u.id = any (racing) order by u.id for key share) u);
    if cardinality(racing) < 2 then
      raise exception 'nobody else is there' using errcode = 'PT409';
    end if;
    select jsonb_agg(private.race_question(i.item, i.n) order by i.n) into asked
    from (
      select i.item, row_number() over (order by array_position(quizzes, i.quiz_id), i.place) as n
      from private.quiz_items(me, quizzes) i
      where private.race_question(i.item, 1) is not null
      order by n limit 5
    ) i;
    if coalesce(jsonb_array_length(asked), 0) < 3 then
      raise exception 'a race has three to five questions' using errcode = 'PT400';
    end if;
    delete from public.room_race r where r.room_id = p_room_id;
    insert into public.room_race (room_id, user_id, topics, items) values (p_room_id, me, coalesce(p_topics, '{}'), asked)
    returning id into new_race;
    insert into public.room_racer (race_id, user_id) select new_race, id from unnest(racing) as id;
    perform private.tell_room(found_room.channel_id, 'race');
  end if;
  delete from public.quiz q where q.id = any (quizzes);
  return private.race_of(p_room_id);
end
$$;
comment on function private.start_race is 'Starts a race of all who are there, or gives the one that runs.';

create function public.start_race(p_room_id uuid, p_quiz_ids uuid[], p_topics text[]) returns jsonb
language sql volatile security invoker
set search_path = ''
as $$
  select jsonb_build_object('race', private.start_race(p_room_id, p_quiz_ids, p_topics), 'now', clock_timestamp())
$$;
comment on function public.start_race is 'Starts a race in a room the caller sits in.';

-- Definer: it grades by the answers, which a student may not read. An answer counts once; given again it is the state.
create function private.answer_race(p_room_id uuid, p_race_id uuid, p_item_id text, p_option_id text) returns jsonb
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  me         uuid := (select auth.uid());
  found_room public.room;
  race       public.room_race;
  own        public.room_racer;
  question   jsonb;
begin
  found_room := private.hold_room(p_room_id);
  select * into race from public.room_race r where r.id = p_race_id and r.room_id = p_room_id;
  if race.id is null then
    raise exception 'there is no such race' using errcode = 'PT404';
  end if;
  select * into own from public.room_racer c where c.race_id = p_race_id and c.user_id = me for update;
  if own.user_id is null then
    raise exception 'this student does not race' using errcode = 'PT403';
  end if;
  select i into question from jsonb_array_elements(race.items) as i where i ->> 'id' = p_item_id;
  if question is null or not question -> 'choices' @> jsonb_build_array(jsonb_build_object('id', p_option_id)) then
    raise exception 'no such question, or no such choice in it' using errcode = 'PT400';
  end if;
  if not own.answers @> jsonb_build_array(jsonb_build_object('itemId', p_item_id)) then
    if race.ends_at <= clock_timestamp() then
      raise exception 'this race is over' using errcode = 'PT409';
    end if;
    update public.room_racer c
    set answers = c.answers || jsonb_build_object('itemId', p_item_id, 'optionId', p_option_id),
      correct = c.correct + (question ->> 'answer' = p_option_id)::int,
      last_right_at = case when question ->> 'answer' = p_option_id then clock_timestamp() else c.last_right_at end
    where c.race_id = p_race_id and c.user_id = me;
    perform private.settle_race(p_room_id);
    perform private.tell_room(found_room.channel_id, 'race');
  end if;
  return private.race_of(p_room_id);
end
$$;
comment on function private.answer_race is 'Answers a question of a race once and gives how it stands.';

create function public.answer_race(p_room_id uuid, p_race_id uuid, p_item_id text, p_option_id text) returns jsonb
language sql volatile security invoker
set search_path = ''
as $$
  select jsonb_build_object('race', private.answer_race(p_room_id, p_race_id, p_item_id, p_option_id), 'now', clock_timestamp())
$$;
comment on function public.answer_race is 'Answers a question of a race in a room the caller sits in.';

-- Rooms end by themselves, and blocking somebody ends sharing one at once.
create function public.tidy_rooms() returns jsonb
language plpgsql volatile security invoker
set search_path = ''
as $$
declare
  rooms     uuid[];
  seats     int;
  closed    int;
  forgotten int;
begin
  -- A room that somebody holds is in use this moment. In the order of ids: PostgreSQL waits after all for a row that was
  -- changed meanwhile.
  rooms := array(select r.id from public.room r where r.status = 'open' order by r.id for update skip locked);
  -- A closed laptop says nothing; ten minutes of silence give its seat free, from the moment it was last heard of.
  select count(*) into seats from (
    select private.end_stay(m.room_id, m.user_id, m.seen_at)
    from public.room_member m
    where m.room_id = any (rooms) and m.left_at is null and m.seen_at < clock_timestamp() - interval '10 minutes'
    order by m.room_id, m.user_id
  ) freed;
  -- One left empty may be come back to for ten minutes.
  select count(*) into closed from (
    select private.shut_room(r.id, least(r.ends_at, clock_timestamp()))
    from public.room r
    where r.id = any (rooms) and (
      r.ends_at <= clock_timestamp()
      or not exists (
        select 1 from public.room_member m
        where m.room_id = r.id and (m.left_at is null or m.left_at > clock_timestamp() - interval '10 minutes')
      )
    )
    order by r.id
  ) shut;
  -- Talk is for the session and its recap, not for a record of who said what.
  with old as materialized (
    select r.id from public.room r
    where r.status = 'closed' and r.closed_at < clock_timestamp() - interval '30 days'
    order by r.id for update skip locked
  ), gone as (
    delete from public.room r using old where r.id = old.id
    returning 1
  )
  select count(*) into forgotten from gone;
  return jsonb_build_object('seats', seats, 'rooms', closed, 'forgotten', forgotten);
end
$$;
comment on function public.tidy_rooms is 'Frees silent seats, closes rooms that are empty or over, and forgets old ones.';

-- Definer: the seat of the other is not the student's to take. A host who blocks somebody stays and the other loses the
-- seat; anybody else who blocks leaves. Neither side is told why.
create function private.part_in_rooms() returns trigger
language plpgsql security definer
set search_path = ''
as $$
declare
  shared record;
begin
  -- Whoever is just sitting down beside the other is waited for.
  perform private.hold_seats(least(new.user_id, new.blocked_user_id));
  perform private.hold_seats(greatest(new.user_id, new.blocked_user_id));
  for shared in
    select r.id, r.user_id = new.user_id as is_host
    from public.room r
    join public.room_member a on a.room_id = r.id and a.user_id = new.user_id and a.left_at is null
    join public.room_member b on b.room_id = r.id and b.user_id = new.blocked_user_id and b.left_at is null
    where r.status = 'open'
    order by r.id
  loop
    perform private.end_stay(shared.id, case when shared.is_host then new.blocked_user_id else new.user_id end,
      clock_timestamp(), shared.is_host);
  end loop;
  return null;
end
$$;
create trigger block_part_in_rooms after insert on public.block
  for each row execute function private.part_in_rooms();

-- Whoever may call what is above; everybody else is turned away.
grant execute on function
  private.new_room_code, private.tell_room, private.hold_seats, private.settle_race, private.end_stay, private.shut_room, private.is_moment, private.is_within,
  private.is_timer, public.tidy_rooms to service_role;
grant execute on function
  private.my_rooms, private.open_room, public.open_room, private.enter_room, public.enter_room, private.read_room,
  public.read_room, private.act_in_room, public.act_in_room, private.set_room_timer, public.set_room_timer,
  private.send_room_message, public.send_room_message, private.start_race, public.start_race, private.answer_race,
  public.answer_race to authenticated;
revoke all on all routines in schema public, private from public;
