-- A seat in a room. Where somebody is blocked on either side, and where the student was removed, the answer is that of a
-- room that does not exist.

-- Takes a seat or says why not: 'seated', 'full', 'closed' or 'unknown'. Who sits there already keeps their seat.
create function private.take_seat(p_room_id uuid, p_user_id uuid, p_goal text) returns text
language plpgsql volatile security invoker
set search_path = ''
as $$
declare
  found_room public.room;
  own        public.room_member;
  new_goal   text := nullif(left(btrim(coalesce(p_goal, '')), 120), '');
begin
  -- The last seat goes to whoever gets this lock first.
  select * into found_room from public.room r where r.id = p_room_id for update;
  select * into own from public.room_member m where m.room_id = p_room_id and m.user_id = p_user_id;
  if found_room.id is null or coalesce(own.is_removed, false) then
    return 'unknown';
  end if;
  if own.user_id is not null and own.left_at is null and found_room.status = 'open' then
    update public.room_member m set seen_at = clock_timestamp(), goal = coalesce(new_goal, m.goal)
    where m.room_id = p_room_id and m.user_id = p_user_id;
    return 'seated';
  end if;
  if exists (
    select 1 from public.room_member m
    join public.block b on (b.user_id = p_user_id and b.blocked_user_id = m.user_id)
      or (b.user_id = m.user_id and b.blocked_user_id = p_user_id)
    where m.room_id = p_room_id and m.left_at is null
  ) then
    return 'unknown';
  end if;
  if found_room.status = 'closed' or found_room.ends_at <= clock_timestamp() then
    return 'closed';
  end if;
  if (select count(*) from public.room_member m where m.room_id = p_room_id and m.left_at is null) >= 5 then
    return 'full';
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
revoke all on function private.take_seat from public;

-- What take_seat would say, without taking it.
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
revoke all on function private.seat_outlook from public;
