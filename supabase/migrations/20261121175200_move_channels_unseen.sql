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
revoke all on function private.hides from public;

-- Definer: it moves the channel.
create or replace function private.follow_presence_choice() returns trigger
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

-- Definer: it moves the channel. Whoever is shown to more people stays where they are; who becomes private is gone for all.
create or replace function private.follow_visibility() returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  if new.visibility = 'private' then
    update public.presence set is_online = false, free_until = null
    where user_id = new.user_id and (is_online or free_until is not null);
  end if;
  if new.visibility = 'private' or (old.visibility = 'everyone' and not private.hides(new.user_id)) then
    perform private.move_presence_channel(new.user_id);
  else
    perform realtime.send('{}', 'presence', 'user:' || new.user_id, true);
  end if;
  return null;
end
$$;

-- Definer: it moves the channel of whoever blocks. That of the other side stays: a new name would tell them.
create or replace function private.leave_blocked_behind() returns trigger
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
