-- At which hours of the week a student has really been here, so that a proposed time can say how likely it is. Only a
-- count of weeks per hour is kept, and nobody but the student reads it.

create table public.presence_hour (
  user_id      uuid not null default auth.uid() references auth.users on delete cascade,
  hour_of_week int not null check (hour_of_week between 0 and 167),
  weeks        int not null default 1 check (weeks between 1 and 8),
  first_week   date not null,
  last_week    date not null,
  primary key (user_id, hour_of_week)
);
comment on table public.presence_hour is 'In how many weeks a student was here in an hour of the week (UTC, from Sunday).';

revoke all on public.presence_hour from public, anon, authenticated;
grant select on public.presence_hour to authenticated;
grant all on public.presence_hour to service_role;
alter table public.presence_hour enable row level security;
create policy "a student reads their hours" on public.presence_hour
  for select to authenticated using (user_id = (select auth.uid()));

-- Definer: the counts are not the student's to write. A time of day in the future is cut to now, or a student could
-- stay here for ever.
create function private.note_presence() returns trigger
language plpgsql security definer
set search_path = ''
as $$
declare
  seen timestamp;
  week date;
begin
  new.last_seen := least(new.last_seen, clock_timestamp());
  if not new.is_online then
    return new;
  end if;
  seen := new.last_seen at time zone 'UTC';
  if tg_op = 'UPDATE' and old.is_online and date_trunc('hour', old.last_seen at time zone 'UTC') = date_trunc('hour', seen) then
    return new;
  end if;
  -- Weeks from Sunday, as the hours are.
  week := seen::date - extract(dow from seen)::int;
  insert into public.presence_hour (user_id, hour_of_week, first_week, last_week)
  values (new.user_id, (extract(dow from seen) * 24 + extract(hour from seen))::int, week, week)
  on conflict (user_id, hour_of_week) do update
    set weeks = least(public.presence_hour.weeks + 1, 8), last_week = excluded.last_week
    where public.presence_hour.last_week < excluded.last_week;
  return new;
end
$$;
revoke all on function private.note_presence from public;
create trigger presence_note before insert or update on public.presence
  for each row execute function private.note_presence();

-- Definer: the hours are the other student's. They are given only of somebody the caller may see, for the estimate.
create function private.habit_of(p_user_id uuid) returns jsonb
language sql stable security definer
set search_path = ''
as $$
  select jsonb_build_object(
    'weeks', least(8, (current_date - min(h.first_week)) / 7 + 1),
    'hours', coalesce(jsonb_object_agg(h.hour_of_week::text, h.weeks)
      filter (where h.last_week > current_date - 63), '{}'))
  from public.presence_hour h
  where h.user_id = p_user_id and private.can_see(p_user_id)
  having count(*) > 0
$$;
comment on function private.habit_of is 'How many weeks were looked at, and in how many of them each hour was seen.';
revoke all on function private.habit_of from public;
grant execute on function private.habit_of to authenticated;

create function public.touch_presence(p_activity text default null, p_is_online boolean default true) returns jsonb
language sql security invoker
set search_path = ''
as $$
  insert into public.presence as p (is_online, last_seen, current_activity)
  values (coalesce(p_is_online, true), clock_timestamp(), coalesce(p_activity, 'idle'))
  on conflict (user_id) do update
    set is_online = excluded.is_online, last_seen = excluded.last_seen,
      current_activity = coalesce(p_activity, p.current_activity)
  returning jsonb_build_object('isOnline', p.is_online, 'lastSeen', p.last_seen, 'currentActivity', p.current_activity)
$$;
comment on function public.touch_presence is 'Says that the student is here, or leaves, in one write.';
revoke all on function public.touch_presence from public, anon;
grant execute on function public.touch_presence to authenticated;
