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
revoke all on function private.presence_topic from public;

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
revoke all on function private.presence_owner from public;
grant execute on function private.presence_owner to authenticated;

drop policy "a student looks at the presence of those they may see" on realtime.messages;
create policy "a student looks at the presence of those they may see" on realtime.messages
  for select to authenticated
  using (
    extension in ('broadcast', 'presence')
    and (select private.presence_owner(realtime.topic())) is not null
  );
drop policy "a student shows their own presence" on realtime.messages;
create policy "a student shows their own presence" on realtime.messages
  for insert to authenticated
  with check (
    extension in ('broadcast', 'presence')
    and (select private.presence_owner(realtime.topic())) = (select auth.uid())
  );

-- Definer, for the same reason. A student who hides has a channel like anybody else; it is only always empty.
create function private.presence_channels(p_ids uuid[]) returns jsonb
language sql stable security definer
set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object('userId', p.user_id, 'topic', private.presence_topic(p.user_id))
    order by p.user_id), '[]')
  from public.profile p
  where (select auth.uid()) is not null and p.user_id = any (p_ids[1:100]) and private.can_see(p.user_id)
$$;
comment on function private.presence_channels is 'The channels of the students whom the caller may see.';
revoke all on function private.presence_channels from public;
grant execute on function private.presence_channels to authenticated;

create function public.presence_channels(p_ids uuid[]) returns jsonb
language sql stable security invoker
set search_path = ''
as $$
  select private.presence_channels(p_ids)
$$;
comment on function public.presence_channels is 'The channels of up to a hundred students, of those the caller may see.';
revoke all on function public.presence_channels from public, anon;
grant execute on function public.presence_channels to authenticated;

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
revoke all on function public.own_presence from public, anon;
grant execute on function public.own_presence to authenticated;
