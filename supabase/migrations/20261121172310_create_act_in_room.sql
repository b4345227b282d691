-- What a member does in a room. Whoever does not sit there is answered as if there were no such room.

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
  -- A seat is enough to ask; the room is locked, so that of two who press at once one comes second.
  select r.* into found_room from public.room r where r.id = p_room_id and exists (
    select 1 from public.room_member m where m.room_id = r.id and m.user_id = me and m.left_at is null
  ) for update;
  if found_room.id is null then
    -- Leaving twice is leaving.
    if p_action = 'leave' and exists (
      select 1 from public.room_member m where m.room_id = p_room_id and m.user_id = me and not m.is_removed
    ) then
      return jsonb_build_object('changed', false, 'now', clock_timestamp());
    end if;
    raise exception 'there is no such room' using errcode = 'PT404';
  end if;
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
revoke all on function private.act_in_room from public;
grant execute on function private.act_in_room to authenticated;

create function public.act_in_room(p_room_id uuid, p_action text, p_detail jsonb default '{}') returns jsonb
language sql volatile security invoker
set search_path = ''
as $$
  select private.act_in_room(p_room_id, p_action, p_detail)
$$;
comment on function public.act_in_room is 'Does something in a room the caller sits in.';
revoke all on function public.act_in_room from public, anon;
grant execute on function public.act_in_room to authenticated;
