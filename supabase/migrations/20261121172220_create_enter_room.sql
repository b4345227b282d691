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
revoke all on function private.enter_room from public;
grant execute on function private.enter_room to authenticated;

create function public.enter_room(p_code text, p_join boolean default false, p_goal text default null) returns jsonb
language sql volatile security invoker
set search_path = ''
as $$
  select private.enter_room(p_code, p_join, p_goal)
$$;
comment on function public.enter_room is 'Looks behind a code, or joins the room there.';
revoke all on function public.enter_room from public, anon;
grant execute on function public.enter_room to authenticated;
