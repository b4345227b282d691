-- The writes of presence: a sign of life, a choice, and what the service does about those who fell silent.

drop function public.touch_presence(text, boolean);

create function public.touch_presence(
  p_activity text default null, p_is_online boolean default true, p_is_live boolean default false
) returns jsonb
language plpgsql security invoker
set search_path = ''
as $$
begin
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
revoke all on function public.touch_presence from public, anon;
grant execute on function public.touch_presence to authenticated;

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
  perform public.touch_presence();
  update public.presence set free_until = clock_timestamp() + make_interval(mins => p_free_minutes)
  where user_id = (select auth.uid());
  return public.own_presence();
end
$$;
comment on function public.choose_presence is 'Hides the student, or shows them, free for some minutes or as they study.';
revoke all on function public.choose_presence from public, anon;
grant execute on function public.choose_presence to authenticated;

create function public.sweep_presence() returns jsonb
language sql security invoker
set search_path = ''
as $$
  with swept as (
    update public.presence p
    set is_online = p.is_online and p.last_seen > now() - interval '5 minutes',
      free_until = case when p.free_until > now() then p.free_until end
    where (p.is_online and p.last_seen <= now() - interval '5 minutes') or p.free_until <= now()
    returning p.is_online, p.last_seen
  )
  select jsonb_build_object('silent', count(*) filter (where not s.is_online), 'changed', count(*)) from swept s
$$;
comment on function public.sweep_presence is 'Sets those offline who were silent for five minutes, and ends beacons whose time is over.';
revoke all on function public.sweep_presence from public, anon, authenticated;
grant execute on function public.sweep_presence to service_role;

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
revoke all on function public.forget_presence from public, anon, authenticated;
grant execute on function public.forget_presence to service_role;
