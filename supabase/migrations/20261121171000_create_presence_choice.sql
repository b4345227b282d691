-- What a student chose to show of being here. Kept apart from `presence`, which others read: that somebody hides is
-- nobody's business. Hidden is also whoever's profile is private.

create table public.presence_choice (
  user_id     uuid primary key default auth.uid() references auth.users on delete cascade,
  is_hidden   boolean not null default false,
  -- Part of the name of the student's presence channel. Null until somebody had to be left behind in the first one.
  channel_key text check (channel_key ~ '^[0-9a-f]{32}$')
);
comment on table public.presence_choice is 'Whether a student hides, and the key of the channel in which they show themselves.';

revoke all on public.presence_choice from public, anon, authenticated;
grant select on public.presence_choice to authenticated;
grant insert (user_id, is_hidden), update (is_hidden) on public.presence_choice to authenticated;
grant all on public.presence_choice to service_role;
alter table public.presence_choice enable row level security;
create policy "a student reads their choice" on public.presence_choice
  for select to authenticated using (user_id = (select auth.uid()));
create policy "a student makes their choice" on public.presence_choice
  for insert to authenticated with check (user_id = (select auth.uid()));
create policy "a student changes their choice" on public.presence_choice
  for update to authenticated using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));

alter table public.presence
  -- A beacon: free to study until then. Past it says nothing, whether or not somebody has cleared it.
  add column free_until timestamptz,
  -- Whether the last sign of life came over a joined channel. Only then does an empty channel prove anything.
  add column is_live boolean not null default false;

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
revoke all on function private.keep_presence from public;
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
revoke all on function private.activity_of from public;
grant execute on function private.activity_of to authenticated, service_role;

create function private.free_until_of(p_presence public.presence) returns timestamptz
language sql stable security invoker
set search_path = ''
as $$
  select p_presence.free_until
  where p_presence.free_until > now() and p_presence.current_activity <> 'in_session'
$$;
comment on function private.free_until_of is 'Until when a beacon says free; null when none does.';
revoke all on function private.free_until_of from public;
grant execute on function private.free_until_of to authenticated, service_role;
