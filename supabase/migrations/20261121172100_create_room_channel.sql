-- room:<channel id> is the private channel of a room. Only who sits there hears it and shows themselves; only the
-- database speaks in it, so that nobody can put words into another's mouth or turn the clock past its rules.

create policy "members hear their room" on realtime.messages
  for select to authenticated
  using (
    extension in ('broadcast', 'presence')
    and exists (
      select 1 from public.room r
      join public.room_member m on m.room_id = r.id
      where r.channel_id = (select private.topic_id('room')) and r.status = 'open'
        and m.user_id = (select auth.uid()) and m.left_at is null
    )
  );

create policy "members show themselves in their room" on realtime.messages
  for insert to authenticated
  with check (
    extension = 'presence'
    and exists (
      select 1 from public.room r
      join public.room_member m on m.room_id = r.id
      where r.channel_id = (select private.topic_id('room')) and r.status = 'open'
        and m.user_id = (select auth.uid()) and m.left_at is null
    )
  );

create function private.tell_room(p_channel_id uuid, p_event text, p_payload jsonb default '{}') returns void
language sql volatile security invoker
set search_path = ''
as $$
  select realtime.send(p_payload, p_event, 'room:' || p_channel_id, true)
$$;
comment on function private.tell_room is 'Says something to everybody in a room.';
revoke all on function private.tell_room from public;
grant execute on function private.tell_room to service_role;

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
  perform private.tell_room(found_room.channel_id, 'room');
  return true;
end
$$;
comment on function private.end_stay is 'Frees a seat, hands the room over if it was the host''s, and renews the channel.';
revoke all on function private.end_stay from public;
grant execute on function private.end_stay to service_role;

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
  perform private.tell_room(found_room.channel_id, 'room');
  return true;
end
$$;
comment on function private.shut_room is 'Closes a room for everybody.';
revoke all on function private.shut_room from public;
grant execute on function private.shut_room to service_role;
