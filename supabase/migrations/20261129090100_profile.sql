-- A student: what the tutor may assume about them, and who may see that they exist. The row is made with the account, so
-- that no other code has to ask whether it is there.

-- A name stands in other students' lists, sentences and prompts. One that turns the text around it, breaks the line or
-- consists of nothing to be seen would change what they read there. Cleaned where the row is written, whoever writes it.
create function private.plain_name(p_name text) returns text
language sql immutable security invoker
set search_path = ''
as $$
  -- Signs that turn the direction of writing, or that cannot be seen; the joiner of emoji stays. Then any kind of space.
  select nullif(left(btrim(regexp_replace(regexp_replace(p_name,
    '[\u00ad\u061c\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]+', '', 'g'),
    '[[:cntrl:][:space:]\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+', ' ', 'g')), 80), '')
$$;
comment on function private.plain_name is 'A name as one line of what can be seen; null when nothing is left.';

-- Where a name goes into a prompt, it may not end the quotation it stands in either.
create function private.quotable_name(p_name text) returns text
language sql immutable security invoker
set search_path = ''
as $$
  select coalesce(nullif(left(btrim(regexp_replace(p_name, '[[:cntrl:][:space:]<>`]+', ' ', 'g')), 60), ''), 'A student')
$$;
comment on function private.quotable_name is 'The name of another student for a text that a model reads.';

-- Names alone: of an offset the database reads the sign the other way round than everybody else.
create function private.is_zone_name(p_name text) returns boolean
language sql immutable security invoker
set search_path = ''
as $$ select p_name ~ '^[A-Za-z][A-Za-z0-9_+/-]*$' and p_name !~ '^[A-Za-z]+[+-]?[0-9]+$' $$;
comment on function private.is_zone_name is 'Whether a text can be the name of a time zone, and is no offset.';
grant execute on function private.is_zone_name to authenticated, service_role;

create table public.profile (
  user_id        uuid primary key default auth.uid() references auth.users on delete cascade,
  display_name   text check (char_length(display_name) between 1 and 80),
  grade_level    text check (char_length(grade_level) <= 80),
  subjects       text[] not null default '{}' check (private.texts_fit(subjects, 50, 80)),
  goals          text[] not null default '{}' check (private.texts_fit(goals, 50, 200)),
  preferences    jsonb not null default '{}' check (jsonb_typeof(preferences) = 'object' and pg_column_size(preferences) <= 32768),
  learning_style text check (learning_style in ('visual', 'auditory', 'kinesthetic', 'reading')),
  timezone       text not null default 'UTC' check (char_length(timezone) between 1 and 64 and private.is_zone_name(timezone)),
  language       text check (language in ('en', 'de', 'es', 'fr')),
  visibility     text not null default 'private' check (visibility in ('private', 'matches', 'everyone')),
  created_at     timestamptz not null default now(),
  updated_at     timestamptz not null default now()
);
comment on table public.profile is 'A student: what the tutor knows of them and who may see them.';

create trigger profile_touch before update on public.profile
  for each row execute function private.touch_updated_at();

revoke all on public.profile from public, anon, authenticated;
grant all on public.profile to service_role;
alter table public.profile enable row level security;
create policy "a student reads their profile" on public.profile
  for select to authenticated using (user_id = (select auth.uid()));
create policy "a student makes their profile" on public.profile
  for insert to authenticated with check (user_id = (select auth.uid()));
create policy "a student changes their profile" on public.profile
  for update to authenticated using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));
create policy "a student removes their profile" on public.profile
  for delete to authenticated using (user_id = (select auth.uid()));
grant select, insert, delete on public.profile to authenticated;
grant update (display_name, grade_level, subjects, goals, preferences, learning_style, timezone, language, visibility)
  on public.profile to authenticated;

-- Definer: the sign-up runs as the auth service, which has no rights in `public`.
-- A name the sign-up form sent is cut to fit rather than refused: it must never stop a student from signing up.
create function private.create_profile() returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  insert into public.profile (user_id, display_name)
  values (
    new.id,
    nullif(left(btrim(coalesce(
      new.raw_user_meta_data ->> 'display_name', new.raw_user_meta_data ->> 'full_name')), 80), '')
  )
  on conflict (user_id) do nothing;
  return new;
end
$$;

create trigger create_profile_after_sign_up after insert on auth.users
  for each row execute function private.create_profile();

-- What others and their models read of a student is cleaned like the name. What is too long is left as it is, for the
-- table to refuse.
create function private.keep_name() returns trigger
language plpgsql security invoker
set search_path = ''
as $$
begin
  new.display_name := private.plain_name(new.display_name);
  if char_length(new.grade_level) <= 80 then
    new.grade_level := translate(private.plain_name(new.grade_level), '<>`', '‹›´');
  end if;
  if private.texts_fit(new.subjects, 50, 80) then
    new.subjects := array(
      select translate(private.plain_name(named), '<>`', '‹›´') from unnest(new.subjects) with ordinality as s(named, place)
      where private.plain_name(named) is not null order by place
    );
  end if;
  return new;
end
$$;
create trigger profile_keep_name before insert or update of display_name, grade_level, subjects on public.profile
  for each row execute function private.keep_name();

-- What is due, and how long it takes: one round trip each for the overview and for a review session.
--
-- A card in review is due for the whole of its day, as days are in the student's time zone: who reviewed at eight in
-- the evening is not told the next morning to come back at eight. A learning step is due to the minute. A day of study
-- ends when nobody is up any more, at four, or at the hour (0 to 12) of the preference `rolloverHour`.
create function private.student_day(p_now timestamptz, out timezone text, out rollover_hour int,
  out day_start timestamptz, out day_end timestamptz)
language plpgsql stable security invoker
set search_path = ''
as $$
declare
  preferred text;
  begins    timestamp;
begin
  select p.timezone, p.preferences ->> 'rolloverHour' into timezone, preferred
  from public.profile p where p.user_id = (select auth.uid());
  timezone := coalesce(timezone, 'UTC');
  rollover_hour := case when preferred ~ '^([0-9]|1[0-2])$' then preferred::int else 4 end;
  begin
    perform p_now at time zone timezone;
  exception when invalid_parameter_value then
    timezone := 'UTC';
  end;
  begins := date_trunc('day', p_now at time zone timezone - make_interval(hours => rollover_hour))
    + make_interval(hours => rollover_hour);
  day_start := begins at time zone timezone;
  day_end := (begins + interval '1 day') at time zone timezone;
end
$$;

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

-- Whoever may call what is above; everybody else is turned away.
grant execute on function private.plain_name, private.quotable_name, private.quiet_until to authenticated, service_role;
grant execute on function private.student_day, public.change_preferences to authenticated;
revoke all on all routines in schema public, private from public;
