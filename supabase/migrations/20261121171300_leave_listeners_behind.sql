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
revoke all on function private.move_presence_channel from public;

-- Definer: it moves the channel.
create function private.follow_presence_choice() returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  if new.is_hidden then
    update public.presence set is_online = false where user_id = new.user_id and (is_online or free_until is not null);
    perform private.move_presence_channel(new.user_id);
  else
    perform realtime.send('{}', 'presence', 'user:' || new.user_id, true);
  end if;
  return null;
end
$$;
revoke all on function private.follow_presence_choice from public;
create trigger presence_choice_made after insert on public.presence_choice
  for each row when (new.is_hidden) execute function private.follow_presence_choice();
create trigger presence_choice_changed after update of is_hidden on public.presence_choice
  for each row when (new.is_hidden is distinct from old.is_hidden) execute function private.follow_presence_choice();

-- Definer: it moves the channel. Whoever is shown to more people stays where they are.
create function private.follow_visibility() returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  if new.visibility = 'private' then
    update public.presence set is_online = false, free_until = null
    where user_id = new.user_id and (is_online or free_until is not null);
  end if;
  if new.visibility = 'private' or old.visibility = 'everyone' then
    perform private.move_presence_channel(new.user_id);
  else
    perform realtime.send('{}', 'presence', 'user:' || new.user_id, true);
  end if;
  return null;
end
$$;
revoke all on function private.follow_visibility from public;
create trigger profile_follow_visibility after update of visibility on public.profile
  for each row when (new.visibility is distinct from old.visibility) execute function private.follow_visibility();

-- Definer: it moves the channel of whoever blocks. That of the other side stays: a new name would tell them.
create function private.leave_blocked_behind() returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  perform private.move_presence_channel(new.user_id);
  return null;
end
$$;
revoke all on function private.leave_blocked_behind from public;
create trigger block_leave_behind after insert on public.block
  for each row execute function private.leave_blocked_behind();
