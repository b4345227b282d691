-- Quiet hours. What is sent to a student in them is kept, and reaches them when they end: until then no list, no count
-- and no live change of the receiver knows of it. The sender is told when it arrives.

alter table public.nudge add column deliver_at timestamptz;
comment on column public.nudge.deliver_at is 'When the receiver learns of it, if not at once.';

drop policy "sender and receiver read a nudge" on public.nudge;
create policy "sender and receiver read a nudge" on public.nudge
  for select to authenticated using (
    user_id = (select auth.uid())
    or (to_user_id = (select auth.uid()) and (deliver_at is null or deliver_at <= now()))
  );

-- A student may write their own preferences and time zone as they like, and nobody's message may fail over it: whatever
-- does not make sense is no quiet time.
create function private.quiet_until(p_user_id uuid, p_at timestamptz) returns timestamptz
language plpgsql stable security invoker
set search_path = ''
as $$
declare
  quiet    jsonb;
  zone     text;
  from_min numeric;
  to_min   numeric;
  clock    timestamp;
  minute   int;
  days     int := 0;
begin
  select p.preferences -> 'quietHours', p.timezone into quiet, zone
  from public.profile p where p.user_id = p_user_id;
  if jsonb_typeof(quiet -> 'from') is distinct from 'number' or jsonb_typeof(quiet -> 'to') is distinct from 'number' then
    return null;
  end if;
  from_min := (quiet ->> 'from')::numeric;
  to_min := (quiet ->> 'to')::numeric;
  if from_min not between 0 and 1439 or to_min not between 0 and 1439 or from_min = to_min then
    return null;
  end if;
  begin
    clock := p_at at time zone zone;
  exception when invalid_parameter_value then
    return null;
  end;
  minute := extract(hour from clock) * 60 + extract(minute from clock);
  if from_min < to_min then
    if minute < from_min or minute >= to_min then
      return null;
    end if;
  elsif minute >= from_min then
    -- Over midnight, and not there yet.
    days := 1;
  elsif minute >= to_min then
    return null;
  end if;
  return (clock::date + days + make_interval(mins => floor(to_min)::int)) at time zone zone;
end
$$;
comment on function private.quiet_until is 'When the quiet hours a student is in end; null outside of them.';
revoke all on function private.quiet_until from public;
grant execute on function private.quiet_until to authenticated, service_role;

-- Merged, so that one setting never takes another away; null removes one.
create function public.change_preferences(p_change jsonb) returns jsonb
language plpgsql security invoker
set search_path = ''
as $$
declare
  kept jsonb;
begin
  if jsonb_typeof(p_change) is distinct from 'object' or char_length(p_change::text) > 4000 then
    raise exception 'preferences are a small object' using errcode = 'PT400';
  end if;
  update public.profile p set preferences = jsonb_strip_nulls(p.preferences || p_change)
  where p.user_id = (select auth.uid())
  returning p.preferences into kept;
  if kept is null then
    raise exception 'there is no profile' using errcode = 'PT404';
  end if;
  return kept;
end
$$;
comment on function public.change_preferences is 'Changes the settings that are named and keeps the others.';
revoke all on function public.change_preferences from public, anon;
grant execute on function public.change_preferences to authenticated;
