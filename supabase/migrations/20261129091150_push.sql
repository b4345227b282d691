-- Devices that a student wants to be told on while the app is closed: of cards that are due, once a day, and of messages. What
-- a browser gave for it is an address at its maker's service, and two keys by which what is sent is read on the device alone.

-- A file that stands before what its functions read: unchecked until all is there.
set check_function_bodies = off;

create table public.push_subscription (
  id             uuid primary key default gen_random_uuid(),
  user_id        uuid not null default auth.uid() references auth.users on delete cascade,
  endpoint       text not null unique check (char_length(endpoint) between 20 and 1000 and endpoint like 'https://%'),
  p256dh         text not null check (p256dh ~ '^[A-Za-z0-9_-]{86,88}={0,2}$'),
  auth           text not null check (auth ~ '^[A-Za-z0-9_-]{22,24}={0,2}$'),
  device         text check (char_length(device) between 1 and 80),
  -- At which hour of the student's day cards are told of; null for never.
  cards_hour     int check (cards_hour between 0 and 23),
  nudges         boolean not null default true,
  cards_told_on  date,
  nudges_told_at timestamptz not null default now(),
  created_at     timestamptz not null default now()
);
comment on table public.push_subscription is 'A device that is told of due cards and messages.';
create index push_subscription_user on public.push_subscription (user_id);
create trigger push_subscription_rows after insert on public.push_subscription referencing new table as added
  for each statement execute function private.bound_rows(10, 'user_id');

revoke all on public.push_subscription from public, anon, authenticated;
grant all on public.push_subscription to service_role;
alter table public.push_subscription enable row level security;
create policy "a student reads their devices" on public.push_subscription
  for select to authenticated using (user_id = (select auth.uid()));
create policy "a student removes their devices" on public.push_subscription
  for delete to authenticated using (user_id = (select auth.uid()));
grant select (id, user_id, device, cards_hour, nudges, created_at), delete on public.push_subscription to authenticated;

-- A browser has one address whoever is signed in: it belongs to who said so last. The oldest devices of a student who has
-- ten make room, without waiting for whoever changes them.
--
-- Definer: the row may be another student's, who used this browser before.
create function private.save_push(p_subscription jsonb) returns uuid
language plpgsql security definer
set search_path = ''
as $$
declare
  student uuid := (select auth.uid());
  saved   uuid;
begin
  if student is null then
    raise exception 'sign in to continue' using errcode = 'PT401';
  end if;
  delete from public.push_subscription s where s.id in (
    select old.id from public.push_subscription old
    where old.user_id = student and old.endpoint <> p_subscription ->> 'endpoint' and old.id not in (
      select kept.id from public.push_subscription kept
      where kept.user_id = student and kept.endpoint <> p_subscription ->> 'endpoint'
      order by kept.created_at desc, kept.id limit 9)
    order by old.id for update skip locked);
  insert into public.push_subscription as s (user_id, endpoint, p256dh, auth, device, cards_hour, nudges)
  select student, x.endpoint, x.p256dh, x.auth, x.device, x.cards_hour, x.nudges
  from jsonb_populate_record(null::public.push_subscription, p_subscription) x
  on conflict (endpoint) do update
  set user_id = excluded.user_id, p256dh = excluded.p256dh, auth = excluded.auth, device = excluded.device,
    cards_hour = excluded.cards_hour, nudges = excluded.nudges,
    cards_told_on = case when s.user_id = excluded.user_id then s.cards_told_on end,
    nudges_told_at = case when s.user_id = excluded.user_id then s.nudges_told_at else now() end
  returning s.id into saved;
  return saved;
end
$$;
grant execute on function private.save_push to authenticated;

create function public.save_push(p_subscription jsonb) returns uuid
language sql security invoker
set search_path = ''
as $$ select private.save_push(p_subscription) $$;
comment on function public.save_push is 'Has a device told, or told otherwise; gives its id.';
grant execute on function public.save_push to authenticated;

-- What devices are to be told now, each once: taken by whoever asks first. Due cards count as they do for the student's day;
-- a message counts from when it may reach its receiver, unless it was read or its sender is blocked. It is the service's
-- alone: it reads of everybody.
create function public.claim_pushes(p_now timestamptz default now(), p_limit int default 200) returns jsonb
language plpgsql security invoker
set search_path = ''
as $$
declare
  found jsonb;
begin
  with open as materialized (
    select s.id, s.user_id, here.at::date as today, s.cards_hour is not null and s.cards_told_on is distinct from here.at::date
        and extract(hour from here.at) = s.cards_hour as cards_now,
      case when s.nudges then (
        select jsonb_build_object('many', count(*), 'last', max(coalesce(n.deliver_at, n.sent_at)),
          'name', min(n.from_name), 'message', min(left(n.message, 200)), 'people', count(distinct n.user_id))
        from public.nudge n
        where n.to_user_id = s.user_id and n.status = 'sent' and coalesce(n.deliver_at, n.sent_at) <= p_now
          and coalesce(n.deliver_at, n.sent_at) > s.nudges_told_at
          and not exists (select from public.block b where b.user_id = s.user_id and b.blocked_user_id = n.user_id)
          and not exists (select from public.nudge_seen seen where seen.nudge_id = n.id)
      ) end as messages
    from public.push_subscription s
    cross join lateral (select p_now at time zone private.zone_of(s.user_id) as at) here
  ), wanted as (
    select * from open where cards_now or (messages ->> 'many')::int > 0
  ), held as (
    select s.id from public.push_subscription s where s.id in (select id from wanted)
    order by s.id limit p_limit for update skip locked
  ), claimed as (
    update public.push_subscription s
    set cards_told_on = case when w.cards_now then w.today else s.cards_told_on end,
      nudges_told_at = coalesce((w.messages ->> 'last')::timestamptz, s.nudges_told_at)
    from held join wanted w on w.id = held.id
    where s.id = held.id
      -- Another one may have told of it since this statement began to look.
      and (not w.cards_now or s.cards_told_on is distinct from w.today)
      and ((w.messages ->> 'last') is null or s.nudges_told_at < (w.messages ->> 'last')::timestamptz)
    returning s.id, s.user_id, s.endpoint, s.p256dh, s.auth, w.cards_now, w.messages
  )
  select jsonb_agg(jsonb_build_object('id', c.id, 'endpoint', c.endpoint, 'keys', jsonb_build_object('p256dh', c.p256dh, 'auth', c.auth),
    'language', (select p.language from public.profile p where p.user_id = c.user_id),
    'due', case when c.cards_now then (
      select count(*) from public.flashcard f
      where f.user_id = c.user_id and f.state > 0 and f.due <= p_now + interval '12 hours' and not f.suspended and not f.proposed
    ) else 0 end,
    'messages', case when (c.messages ->> 'many')::int > 0 then c.messages end) order by c.id) into found
  from claimed c;
  return coalesce(found, '[]');
end
$$;
comment on function public.claim_pushes is 'What devices are to be told now; asked again it is told already.';
grant execute on function public.claim_pushes to service_role;

revoke all on all routines in schema public, private from public;
reset check_function_bodies;
