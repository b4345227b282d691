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
revoke all on function private.is_moment from public;
grant execute on function private.is_moment to service_role;

create function private.is_within(p_value jsonb, p_least int, p_most int) returns boolean
language sql immutable security invoker
set search_path = ''
as $$
  select case when jsonb_typeof(p_value) = 'number'
    then p_value::numeric between p_least and p_most and p_value::numeric = trunc(p_value::numeric)
    else false end
$$;
comment on function private.is_within is 'Whether a value is a whole number within bounds.';
revoke all on function private.is_within from public;
grant execute on function private.is_within to service_role;

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
revoke all on function private.is_timer from public;
grant execute on function private.is_timer to service_role;

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
revoke all on function private.keep_timer from public;
comment on function private.keep_timer is 'Definer: the checks are nobody''s to call.';
create trigger room_keep_timer before insert or update of timer on public.room
  for each row execute function private.keep_timer();
