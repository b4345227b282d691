-- Who is here now. Others see it only as far as the student lets them.

create table public.presence (
  user_id          uuid primary key default auth.uid() references auth.users on delete cascade,
  is_online        boolean not null default false,
  last_seen        timestamptz not null default now(),
  current_activity text not null default 'idle'
                   check (current_activity in ('idle', 'studying', 'in_session', 'available')),
  -- A beacon: free to study until then. Past it says nothing, whether or not somebody has cleared it.
  free_until       timestamptz,
  -- Whether the last sign of life came over a joined channel. Only then does an empty channel prove anything.
  is_live          boolean not null default false
);
comment on table public.presence is 'Whether a student is here and what they are doing.';
-- Who hides in one tab while another says that they are here: the later one finds what the earlier one left.
create trigger presence_turn before insert or update on public.presence
  for each statement execute function private.take_turn('presence');
create index presence_online on public.presence (last_seen desc) where is_online;

revoke all on public.presence from public, anon, authenticated;
grant all on public.presence to service_role;
alter table public.presence enable row level security;
create policy "a student adds presence they may see" on public.presence
  for insert to authenticated with check (user_id = (select auth.uid()));
create policy "a student changes presence they may see" on public.presence
  for update to authenticated using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));
create policy "a student removes presence they may see" on public.presence
  for delete to authenticated using (user_id = (select auth.uid()));
grant select, insert, update, delete on public.presence to authenticated;

create policy "a student reads presence they may see" on public.presence
  for select to authenticated using (user_id = (select auth.uid()) or private.can_see(user_id));

create function private.silence() returns interval
language sql immutable security invoker
set search_path = ''
as $$
  select interval '5 minutes'
$$;
comment on function private.silence is 'How long nothing is heard of somebody who is here no more.';

create function private.is_here(p_presence public.presence) returns boolean
language sql stable security invoker
set search_path = ''
as $$
  select p_presence.is_online and p_presence.last_seen > now() - private.silence()
$$;
comment on function private.is_here is 'Whether a student is here now: five minutes of silence are the end of it.';

-- What a student chose to show of being here. Kept apart from `presence`, which others read: that somebody hides is
-- nobody's business. Hidden is also whoever's profile is private.
create table public.presence_choice (
  user_id     uuid primary key default auth.uid() references auth.users on delete cascade,
  is_hidden   boolean not null default false,
  -- Part of the name of the student's presence channel. Null until somebody had to be left behind in the first one.
  channel_key text check (channel_key ~ '^[0-9a-f]{32}$')
);
comment on table public.presence_choice is 'Whether a student hides, and the key of the channel in which they show themselves.';

create trigger presence_choice_turn before insert or update on public.presence_choice
  for each statement execute function private.take_turn('presence');

revoke all on public.presence_choice from public, anon, authenticated;
grant all on public.presence_choice to service_role;
alter table public.presence_choice enable row level security;
create policy "a student reads their choice" on public.presence_choice
  for select to authenticated using (user_id = (select auth.uid()));
create policy "a student makes their choice" on public.presence_choice
  for insert to authenticated with check (user_id = (select auth.uid()));
create policy "a student changes their choice" on public.presence_choice
  for update to authenticated using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));
grant select on public.presence_choice to authenticated;
grant insert (user_id, is_hidden), update (is_hidden) on public.presence_choice to authenticated;

-- Definer: the choice is asked for whoever writes the row. Named to come before the trigger that counts hours, so that
-- a hidden hour is not counted.
create function private.keep_presence() returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  -- A row in another student's name is for the policies to refuse, in the same words whether or not that student hides.
  if (select auth.uid()) <> new.user_id then
    return new;
  end if;
  if exists (select 1 from public.presence_choice c where c.user_id = new.user_id and c.is_hidden) then
    -- Even a write that changes nothing is told to those who follow the table, and so says that somebody is there.
    if tg_op = 'INSERT' or not (old.is_online or old.free_until is not null) then
      return null;
    end if;
    new := old;
    new.is_online := false;
    new.free_until := null;
  end if;
  -- When somebody was last here stays as it was while they are not.
  if tg_op = 'UPDATE' and not new.is_online and not old.is_online then
    new.last_seen := old.last_seen;
  end if;
  if not new.is_online then
    new.is_live := false;
  end if;
  if new.free_until <= clock_timestamp() then
    new.free_until := null;
  elsif new.free_until > clock_timestamp() + interval '60 minutes' then
    new.free_until := clock_timestamp() + interval '60 minutes';
  end if;
  return new;
end
$$;
create trigger presence_keep before insert or update on public.presence
  for each row execute function private.keep_presence();

create function private.activity_of(p_presence public.presence) returns text
language sql stable security invoker
set search_path = ''
as $$
  select case
    when p_presence.current_activity = 'in_session' then 'in_session'
    when p_presence.free_until > now() then 'available'
    else p_presence.current_activity
  end
$$;
comment on function private.activity_of is 'What a student does, as others see it: a beacon says free until it ends, but not in a session.';

create function private.free_until_of(p_presence public.presence) returns timestamptz
language sql stable security invoker
set search_path = ''
as $$
  select p_presence.free_until
  where p_presence.free_until > now() and p_presence.current_activity <> 'in_session'
$$;
comment on function private.free_until_of is 'Until when a beacon says free; null when none does.';

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
grant all on public.presence_hour to service_role;
alter table public.presence_hour enable row level security;
create policy "a student reads their hours" on public.presence_hour
  for select to authenticated using (user_id = (select auth.uid()));
grant select on public.presence_hour to authenticated;

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

-- What pages follow to learn that somebody came, went or does something else. `presence` itself changes with every sign
-- of life, twice a minute and student, and each change of a followed table is checked for each listener: here a row changes
-- only when there is something to see. Row-level security decides for every listener, at every change, as always.
create table public.presence_notice (
  user_id    uuid primary key default auth.uid() references auth.users on delete cascade,
  changed_at timestamptz not null default now()
);
comment on table public.presence_notice is 'When what others see of a student being here changed last.';

revoke all on public.presence_notice from public, anon, authenticated;
grant select on public.presence_notice to authenticated;
grant all on public.presence_notice to service_role;
alter table public.presence_notice enable row level security;
create policy "a student reads notices of those they may see" on public.presence_notice
  for select to authenticated using (user_id = (select auth.uid()) or private.can_see(user_id));

-- Definer: the notice is not the student's to write.
create function private.notice_presence() returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  if tg_op = 'INSERT' and not new.is_online then
    return null;
  end if;
  if tg_op = 'UPDATE' and new.is_online = old.is_online and new.current_activity = old.current_activity
    and new.free_until is not distinct from old.free_until
    -- Back from a silence that nobody has noted yet.
    and not (new.is_online and old.last_seen < new.last_seen - private.silence())
  then
    return null;
  end if;
  insert into public.presence_notice (user_id, changed_at) values (new.user_id, clock_timestamp())
  on conflict (user_id) do update set changed_at = excluded.changed_at;
  return null;
end
$$;
create trigger presence_notice after insert or update on public.presence
  for each row execute function private.notice_presence();

create function public.touch_presence(
  p_activity text default null, p_is_online boolean default true, p_is_live boolean default false
) returns jsonb
language plpgsql security invoker
set search_path = ''
as $$
begin
  perform private.in_turn('presence');
  -- Whoever hides by their choice is kept offline where the row is written; a private profile is kept so here.
  if exists (select 1 from public.profile p where p.user_id = (select auth.uid()) and p.visibility <> 'private') then
    insert into public.presence as p (is_online, is_live, last_seen, current_activity)
    values (coalesce(p_is_online, true), coalesce(p_is_live, false), clock_timestamp(), coalesce(p_activity, 'idle'))
    on conflict (user_id) do update
      set is_online = excluded.is_online, is_live = excluded.is_live, last_seen = excluded.last_seen,
        current_activity = coalesce(p_activity, p.current_activity);
  end if;
  return public.own_presence();
end
$$;
comment on function public.touch_presence is 'Says that the student is here, or leaves, in one write.';

create function public.choose_presence(p_is_hidden boolean, p_free_minutes int default null) returns jsonb
language plpgsql security invoker
set search_path = ''
as $$
begin
  if p_is_hidden is null or (p_free_minutes is not null and (p_is_hidden or p_free_minutes not in (20, 40, 60))) then
    raise exception 'a student hides, is shown, or is free for 20, 40 or 60 minutes' using errcode = 'PT400';
  end if;
  insert into public.presence_choice (is_hidden) values (p_is_hidden)
  on conflict (user_id) do update set is_hidden = excluded.is_hidden;
  if p_is_hidden then
    return public.own_presence();
  end if;
  -- Whoever was private and shows themselves lets those who fit them see it, and nobody else. A page may not know of
  -- another choice that was made meanwhile, so this is decided here.
  update public.profile set visibility = 'matches' where user_id = (select auth.uid()) and visibility = 'private';
  perform public.touch_presence();
  update public.presence set free_until = clock_timestamp() + make_interval(mins => p_free_minutes)
  where user_id = (select auth.uid());
  return public.own_presence();
end
$$;
comment on function public.choose_presence is 'Hides the student, or shows them, free for some minutes or as they study.';

create function public.sweep_presence() returns jsonb
language sql security invoker
set search_path = ''
as $$
  -- Whom somebody holds is being heard of this moment.
  with due as materialized (
    select p.user_id from public.presence p
    where (p.is_online and p.last_seen <= now() - private.silence()) or p.free_until <= now()
    order by p.user_id for update skip locked
  ), swept as (
    update public.presence p
    set is_online = p.is_online and p.last_seen > now() - private.silence(),
      free_until = case when p.free_until > now() then p.free_until end
    from due where p.user_id = due.user_id
    returning p.is_online, p.last_seen
  )
  select jsonb_build_object('silent', count(*) filter (where not s.is_online), 'changed', count(*)) from swept s
$$;
comment on function public.sweep_presence is 'Sets those offline who were silent for five minutes, and ends beacons whose time is over.';

create function public.forget_presence(p_user_id uuid, p_seen_at timestamptz) returns boolean
language sql security invoker
set search_path = ''
as $$
  with gone as (
    update public.presence p set is_online = false
    where p.user_id = p_user_id and p.is_online and p.is_live and p.last_seen <= p_seen_at
    returning 1
  )
  select exists (select 1 from gone)
$$;
comment on function public.forget_presence is 'Sets a student offline whose channel was found empty, unless they were heard of since.';

-- What the tools and the page of people read, each in one round trip: who fits, and who is here.
create function public.list_matches(p_limit int default 10) returns jsonb
language sql stable security invoker
set search_path = ''
as $$
  with best as (
    select m.candidate_user_id as user_id, m.score, m.facets
    from public.match_candidate m
    where m.user_id = (select auth.uid())
    order by m.score desc, m.candidate_user_id
    limit least(greatest(coalesce(p_limit, 10), 1), 50)
  )
  select coalesce(jsonb_agg(jsonb_build_object(
      'userId', b.user_id, 'displayName', c.display_name, 'score', b.score, 'facets', b.facets,
      'gradeLevel', c.grade_level, 'subjects', c.subjects, 'learningStyle', c.learning_style,
      'isOnline', coalesce(private.is_here(pr), false),
      'currentActivity', case when private.is_here(pr) then private.activity_of(pr) end,
      'freeUntil', case when private.is_here(pr) then private.free_until_of(pr) end,
      'lastSeen', pr.last_seen) order by b.score desc, b.user_id), '[]')
  from best b
  join private.people_cards(array(select user_id from best)) c on c.user_id = b.user_id and c.visible
  left join public.presence pr on pr.user_id = b.user_id
$$;
comment on function public.list_matches is 'The students who fit the caller best.';

-- Definer: the rules of can_see and is_here, written out for many rows at once; asked row by row, thousands who are here
-- would take a second. What somebody does comes from private.activity_of alone, so that the page, the tools and the filter
-- by activity never disagree.
create function private.students_here(p_activity text) returns setof public.presence
language sql stable security definer
set search_path = ''
as $$
  select pr.*
  from public.presence pr
  join public.profile p on p.user_id = pr.user_id
  where (select auth.uid()) is not null and pr.user_id <> (select auth.uid())
    and pr.is_online and pr.last_seen > now() - private.silence()
    and (p_activity is null or private.activity_of(pr) = p_activity)
    and (
      p.visibility = 'everyone'
      or (p.visibility = 'matches' and pr.user_id in (
        select m.candidate_user_id from public.match_candidate m where m.user_id = (select auth.uid())
        union
        select m.user_id from public.match_candidate m where m.candidate_user_id = (select auth.uid())
      ))
    )
    and pr.user_id not in (select private.blocked_either_way())
$$;
comment on function private.students_here is 'Who is here now of those the caller may see.';

create function public.online_people(p_activity text default null, p_limit int default 50) returns jsonb
language sql stable security invoker
set search_path = ''
as $$
  with here as (
    select s.user_id, private.activity_of(s) as activity, private.free_until_of(s) as free_until, s.last_seen,
      m.score, m.facets
    from private.students_here(p_activity) s
    left join public.match_candidate m on m.user_id = (select auth.uid()) and m.candidate_user_id = s.user_id
  ), shown as (
    select * from here
    order by score desc nulls last, last_seen desc, user_id
    limit least(greatest(coalesce(p_limit, 50), 1), 200)
  )
  select jsonb_build_object(
    'total', (select count(*) from here),
    'users', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'userId', s.user_id, 'displayName', c.display_name, 'currentActivity', s.activity,
        'freeUntil', s.free_until, 'lastSeen', s.last_seen, 'score', s.score, 'facets', coalesce(s.facets, '[]'),
        'gradeLevel', c.grade_level, 'subjects', c.subjects, 'learningStyle', c.learning_style
        ) order by s.score desc nulls last, s.last_seen desc, s.user_id), '[]')
      from shown s
      join private.people_cards(array(select user_id from shown)) c on c.user_id = s.user_id and c.visible
    ))
$$;
comment on function public.online_people is 'Who is here now, those who fit best first, and how many there are.';

create function public.my_visibility() returns jsonb
language sql stable security invoker
set search_path = ''
as $$
  select jsonb_build_object('visibility', p.visibility, 'subjects', cardinality(p.subjects),
    'windows', (select count(*) from public.availability_block a where a.user_id = p.user_id),
    'isOnline', coalesce(private.is_here(pr), false),
    'currentActivity', private.activity_of(pr))
  from public.profile p
  left join public.presence pr on pr.user_id = p.user_id
  where p.user_id = (select auth.uid())
$$;
comment on function public.my_visibility is 'What the caller shows of themselves, for a hint when nobody is found.';

create function public.people_overview(p_matches int default 50, p_online int default 100) returns jsonb
language sql stable security invoker
set search_path = ''
as $$
  select jsonb_build_object('me', public.my_visibility(), 'matches', public.list_matches(p_matches),
    'here', case when p_online > 0 then public.online_people(null, p_online) else '{"total": 0, "users": []}' end)
$$;
comment on function public.people_overview is 'The page of people in one request.';

-- The channel in which a student shows that they are here, and who may listen.
--
-- Realtime asks the policies when somebody joins and remembers the answer for as long as their token lasts, up to an hour. A
-- listener who is blocked, or whom the student hides from, would go on hearing them. So such a change gives the channel
-- a new name, `presence:<id>:<key>`: the student moves there at once, and the policies open it only to those who may
-- see them now. Whoever stays in the old channel hears that its student left, and nothing after that.

-- Not for students to call: it names the channel of anybody.
create function private.presence_topic(p_user_id uuid) returns text
language sql stable security invoker
set search_path = ''
as $$
  select 'presence:' || p_user_id || coalesce(
    (select ':' || c.channel_key from public.presence_choice c where c.user_id = p_user_id), '')
$$;
comment on function private.presence_topic is 'The channel in which a student shows themselves at this moment.';

-- Definer: the key is in a row that only its student reads. It answers for the caller, about whom they may see.
create function private.presence_owner(p_topic text) returns uuid
language sql stable security definer
set search_path = ''
as $$
  select named.id
  from (
    select case
      when p_topic ~ '^presence:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(:[0-9a-f]{32})?$'
      then split_part(p_topic, ':', 2)::uuid
    end as id
  ) named
  where named.id is not null and p_topic = private.presence_topic(named.id) and private.can_see(named.id)
$$;
comment on function private.presence_owner is 'Whose channel this is now, if the caller may see them.';

-- Definer, for the same reason. A student who hides has a channel like anybody else; it is only always empty.
create function private.presence_channels(p_ids uuid[]) returns jsonb
language sql stable security definer
set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object('userId', p.user_id, 'topic', private.presence_topic(p.user_id),
    'isLive', coalesce(private.is_here(pr) and pr.is_live, false)) order by p.user_id), '[]')
  from public.profile p
  left join public.presence pr on pr.user_id = p.user_id
  where (select auth.uid()) is not null and p.user_id = any (p_ids[1:100]) and private.can_see(p.user_id)
$$;
comment on function private.presence_channels is 'The channels of the students whom the caller may see, and whether these are in them.';

create function public.presence_channels(p_ids uuid[]) returns jsonb
language sql stable security invoker
set search_path = ''
as $$
  select private.presence_channels(p_ids)
$$;
comment on function public.presence_channels is 'The channels of up to a hundred students, of those the caller may see.';

create function public.own_presence() returns jsonb
language sql stable security invoker
set search_path = ''
as $$
  select jsonb_build_object(
    'visibility', coalesce(p.visibility, 'private'),
    'isHidden', coalesce(p.visibility, 'private') = 'private' or coalesce(c.is_hidden, false),
    'isOnline', coalesce(private.is_here(pr), false), 'lastSeen', pr.last_seen,
    'currentActivity', coalesce(private.activity_of(pr), 'idle'), 'freeUntil', private.free_until_of(pr),
    'topic', private.presence_channels(array[(select auth.uid())]) -> 0 ->> 'topic')
  from (select 1) always
  left join public.profile p on p.user_id = (select auth.uid())
  left join public.presence_choice c on c.user_id = (select auth.uid())
  left join public.presence pr on pr.user_id = (select auth.uid())
$$;
comment on function public.own_presence is 'What the caller shows of being here. Nullable: lastSeen, freeUntil, topic.';

-- What happens at once when a student hides, shows themselves to fewer, or blocks somebody.

-- Definer: the key is not the student's to choose. The names of the events say nothing about anybody: listeners of the
-- old channel look again and find who they may see, the student's own tabs move to the new one.
create function private.move_presence_channel(p_user_id uuid) returns void
language plpgsql security definer
set search_path = ''
as $$
declare
  left_behind text := private.presence_topic(p_user_id);
begin
  insert into public.presence_choice (user_id, channel_key)
  values (p_user_id, replace(gen_random_uuid()::text, '-', ''))
  on conflict (user_id) do update set channel_key = excluded.channel_key;
  perform realtime.send('{}', 'changed', left_behind, true);
  perform realtime.send('{}', 'presence', 'user:' || p_user_id, true);
end
$$;
comment on function private.move_presence_channel is 'Gives a student a new presence channel, without those who listen in the old one.';

-- A new key of a presence channel is seen by everybody who may listen there: a student who hides and blocks somebody, or
-- shows themselves to fewer, would tell all others that they are there. While nobody is shown in the channel nobody has
-- to be left behind in it either. It moves when they show themselves again, which is no secret.

-- Definer: the choice is asked for whoever the change is about.
create function private.hides(p_user_id uuid) returns boolean
language sql stable security definer
set search_path = ''
as $$
  select exists (select 1 from public.presence_choice c where c.user_id = p_user_id and c.is_hidden)
$$;
comment on function private.hides is 'Whether a student hides by their choice. Not for students to call.';

-- Definer: it moves the channel.
create function private.follow_presence_choice() returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  if new.is_hidden then
    update public.presence set is_online = false where user_id = new.user_id and (is_online or free_until is not null);
  end if;
  perform private.move_presence_channel(new.user_id);
  return null;
end
$$;
create trigger presence_choice_made after insert on public.presence_choice
  for each row when (new.is_hidden) execute function private.follow_presence_choice();
create trigger presence_choice_changed after update of is_hidden on public.presence_choice
  for each row when (new.is_hidden is distinct from old.is_hidden) execute function private.follow_presence_choice();

-- Definer: it moves the channel. Whoever is shown to more people stays where they are; who becomes private is gone for all.
create function private.follow_visibility() returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  if new.visibility = 'private' or (old.visibility = 'everyone' and not private.hides(new.user_id)) then
    perform private.move_presence_channel(new.user_id);
  else
    perform realtime.send('{}', 'presence', 'user:' || new.user_id, true);
  end if;
  if new.visibility = 'private' then
    update public.presence set is_online = false, free_until = null
    where user_id = new.user_id and (is_online or free_until is not null);
  end if;
  return null;
end
$$;
-- Whoever chooses has the turn before the profile; who changes the profile or blocks somebody takes them in that order too.
create trigger profile_visibility_turn before update of visibility on public.profile
  for each statement execute function private.take_turn('presence');
create trigger block_turn before insert on public.block
  for each statement execute function private.take_turn('presence');
-- Named to come after the trigger that forgets matches: the order in which blocking somebody takes the same rows.
create trigger profile_visibility_followed after update of visibility on public.profile
  for each row when (new.visibility is distinct from old.visibility) execute function private.follow_visibility();

-- Definer: it moves the channel of whoever blocks. That of the other side stays: a new name would tell them.
create function private.leave_blocked_behind() returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  if not private.hides(new.user_id) then
    perform private.move_presence_channel(new.user_id);
  end if;
  return null;
end
$$;
create trigger block_leave_behind after insert on public.block
  for each row execute function private.leave_blocked_behind();

-- Whoever may call what is above; everybody else is turned away.
grant execute on function
  private.silence, private.is_here, private.activity_of, private.free_until_of to authenticated, service_role;
grant execute on function
  private.habit_of, public.touch_presence, public.choose_presence, public.list_matches, private.students_here,
  public.online_people, public.my_visibility, public.people_overview, private.presence_owner,
  private.presence_channels, public.presence_channels, public.own_presence to authenticated;
grant execute on function public.sweep_presence, public.forget_presence to service_role;
revoke all on all routines in schema public, private from public;
