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
revoke all on function private.new_room_code from public;
grant execute on function private.new_room_code to service_role;

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

revoke all on public.room, public.room_member, public.room_message from public, anon, authenticated;
grant select on public.room, public.room_member, public.room_message to authenticated;
grant all on public.room, public.room_member, public.room_message to service_role;

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
revoke all on function private.my_rooms from public;
grant execute on function private.my_rooms to authenticated;

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
revoke all on function private.blocked_either_way from public;
grant execute on function private.blocked_either_way to authenticated;

alter table public.room enable row level security;
create policy "members read their room" on public.room
  for select to authenticated using (id in (select private.my_rooms()));

alter table public.room_member enable row level security;
create policy "members read who sits with them" on public.room_member
  for select to authenticated
  using (user_id = (select auth.uid()) or room_id in (select private.my_rooms()));

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
revoke all on function private.seat_host from public;
create trigger room_seat_host after insert on public.room for each row execute function private.seat_host();
