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
  select r.* into found_room from public.room r where r.id = p_room_id and r.status = 'open' and exists (
    select 1 from public.room_member m where m.room_id = r.id and m.user_id = me and m.left_at is null
  ) for update;
  if found_room.id is null then
    raise exception 'there is no such room' using errcode = 'PT404';
  end if;
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
revoke all on function private.set_room_timer from public;
grant execute on function private.set_room_timer to authenticated;

create function public.set_room_timer(p_room_id uuid, p_revision int, p_timer jsonb, p_action text) returns jsonb
language sql volatile security invoker
set search_path = ''
as $$
  select private.set_room_timer(p_room_id, p_revision, p_timer, p_action)
$$;
comment on function public.set_room_timer is 'Sets the clock of a room.';
revoke all on function public.set_room_timer from public, anon;
grant execute on function public.set_room_timer to authenticated;
