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
  -- One at a time: two presses of one button, or both sides of an invitation, are one room.
  perform pg_advisory_xact_lock(hashtextextended('room:' || coalesce(p_nudge_id, me)::text, 0));
  if p_nudge_id is not null then
    select * into invite from public.nudge n
    where n.id = p_nudge_id and me in (n.user_id, n.to_user_id) and n.user_id <> n.to_user_id
      and n.nudge_type = 'study_invite';
    other := case when invite.user_id = me then invite.to_user_id else invite.user_id end;
    if invite.id is null or exists (
      select 1 from public.block b
      where (b.user_id = me and b.blocked_user_id = other) or (b.user_id = other and b.blocked_user_id = me)
    ) then
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
revoke all on function private.open_room from public;
grant execute on function private.open_room to authenticated;

create function public.open_room(p_title text default null, p_timer jsonb default null, p_goal text default null,
  p_nudge_id uuid default null) returns jsonb
language sql volatile security invoker
set search_path = ''
as $$
  select private.open_room(p_title, p_timer, p_goal, p_nudge_id)
$$;
comment on function public.open_room is 'Opens a room and sits down in it.';
revoke all on function public.open_room from public, anon;
grant execute on function public.open_room to authenticated;
