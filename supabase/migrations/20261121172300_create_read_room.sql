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
    'members', (
      select coalesce(jsonb_agg(jsonb_build_object('userId', m.user_id, 'name', coalesce(p.display_name, 'A student'),
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
revoke all on function private.read_room from public;
grant execute on function private.read_room to authenticated;

create function public.read_room(p_room_id uuid, p_after int default null) returns jsonb
language sql stable security invoker
set search_path = ''
as $$
  select private.read_room(p_room_id, p_after)
$$;
comment on function public.read_room is 'A room with its seats, its clock and what was said after a number.';
revoke all on function public.read_room from public, anon;
grant execute on function public.read_room to authenticated;
