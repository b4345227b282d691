-- Invitations and reminders between students. user_id is the sender. Only someone who lets the sender see them can be
-- nudged, and the receiver alone decides what becomes of it.
--
-- Quiet hours. What is sent to a student in them is kept, and reaches them when they end: until then no list, no count
-- and no live change of the receiver knows of it. The sender is told when it arrives.

create table public.nudge (
  id           uuid primary key default gen_random_uuid(),
  user_id      uuid not null default auth.uid() references auth.users on delete cascade,
  to_user_id   uuid not null references auth.users on delete cascade,
  nudge_type   text not null check (nudge_type in ('study_invite', 'reminder', 'match_suggestion', 'plan_update')),
  message      text not null check (char_length(message) between 1 and 500),
  status       text not null default 'sent' check (status in ('sent', 'read', 'accepted', 'declined')),
  metadata     jsonb not null default '{}' check (jsonb_typeof(metadata) = 'object'),
  -- What the sender was called then: by it the receiver knows them, whatever they hide or change later.
  from_name    text check (char_length(from_name) <= 80),
  sent_at      timestamptz not null default now(),
  responded_at timestamptz,
  deliver_at   timestamptz
);
comment on table public.nudge is 'An invitation or reminder from one student to another, or to themselves.';

comment on column public.nudge.deliver_at is 'When the receiver learns of it, if not at once.';

create index nudge_received on public.nudge (to_user_id, sent_at desc);
create index nudge_sent on public.nudge (user_id, sent_at desc);

revoke all on public.nudge from public, anon, authenticated;
grant all on public.nudge to service_role;
alter table public.nudge enable row level security;
create policy "the sender takes a nudge back" on public.nudge
  for delete to authenticated using (user_id = (select auth.uid()));
grant select, delete on public.nudge to authenticated;
grant update (status, responded_at) on public.nudge to authenticated;

create policy "sender and receiver read a nudge" on public.nudge
  for select to authenticated using (
    user_id = (select auth.uid())
    or (to_user_id = (select auth.uid()) and (deliver_at is null or deliver_at <= now()))
  );

create policy "the receiver answers a nudge" on public.nudge
  for update to authenticated using (to_user_id = (select auth.uid())) with check (to_user_id = (select auth.uid()));

-- That somebody has read a message says that they are there. Of a student who hides nobody is to learn that, so their
-- reading is kept where only they see it; the message itself, which its sender follows live, does not change.
create table public.nudge_seen (
  nudge_id uuid primary key references public.nudge on delete cascade,
  user_id  uuid not null default auth.uid() references auth.users on delete cascade
);
comment on table public.nudge_seen is 'Messages that a student read while hidden. Their sender never learns of it.';
create index nudge_seen_user on public.nudge_seen (user_id);

revoke all on public.nudge_seen from public, anon, authenticated;
grant all on public.nudge_seen to service_role;
alter table public.nudge_seen enable row level security;
create policy "a student reads what they have seen" on public.nudge_seen
  for select to authenticated using (user_id = (select auth.uid()));
grant select, insert on public.nudge_seen to authenticated;
create policy "a student notes what they have seen" on public.nudge_seen
  for insert to authenticated with check (
    user_id = (select auth.uid())
    and exists (select 1 from public.nudge n where n.id = nudge_id and n.to_user_id = (select auth.uid()))
  );

-- Why a message may not be sent at all; what is counted is looked at where it is written.
create function private.check_nudge(p_to_user_id uuid, p_nudge_type text, p_content text, p_metadata jsonb) returns void
language plpgsql stable security invoker
set search_path = ''
as $$
begin
  if (select auth.uid()) is null then
    raise exception 'sign in to continue' using errcode = 'PT401';
  end if;
  if p_content = '' or char_length(p_content) > 500 then
    raise exception 'a message has 1 to 500 characters' using errcode = 'PT400';
  end if;
  if jsonb_typeof(p_metadata) <> 'object' or char_length(p_metadata::text) > 4000 then
    raise exception 'the metadata is no object, or too large' using errcode = 'PT400';
  end if;
  if p_to_user_id = (select auth.uid()) and p_nudge_type <> 'reminder' then
    raise exception 'only a reminder can be sent to oneself' using errcode = 'PT422';
  end if;
  -- Nobody by this id, somebody hidden, and somebody who blocked the sender are one answer.
  if p_to_user_id is null or not private.can_see(p_to_user_id) then
    raise exception 'there is nobody here by this id' using errcode = 'PT404';
  end if;
end
$$;

-- The one door through which a student reaches another. A row is written here or not at all, so that whoever hid,
-- whoever blocked and the daily limit are respected wherever the message comes from: a page, the agent or the Data API.
--
-- Definer: the row, the count of today and the record are not the student's to write past these rules. It acts for the
-- signed-in student alone. It asks for the receiver's quiet hours; whoever reads asks whether the hour has come.
create function private.send_nudge(p_to_user_id uuid, p_nudge_type text, p_message text, p_metadata jsonb)
returns jsonb
language plpgsql security definer
set search_path = ''
as $$
declare
  sender   uuid := (select auth.uid());
  is_own   boolean := p_to_user_id = sender;
  content  text := btrim(coalesce(p_message, ''), E' \t\n\r');
  metadata jsonb := coalesce(p_metadata, '{}');
  sent     public.nudge;
  per_day  bigint := case when p_to_user_id = (select auth.uid()) then 100 else 20 end;
  used_now bigint;
  to_name  text;
  arrives  timestamptz;
begin
  perform private.check_nudge(p_to_user_id, p_nudge_type, content, metadata);
  to_name := coalesce((select p.display_name from public.profile p where p.user_id = p_to_user_id), 'A student');

  -- One message of a sender at a time: two presses of one button are one message, and the count is exact.
  perform pg_advisory_xact_lock(hashtextextended('nudge:' || sender::text, 0));
  select * into sent from public.nudge n
  where n.user_id = sender and n.to_user_id = p_to_user_id and n.nudge_type = p_nudge_type
    and n.message = content and n.sent_at > now() - interval '10 minutes'
  order by n.sent_at desc limit 1;
  if found then
    return jsonb_build_object('nudgeId', sent.id, 'sentAt', sent.sent_at, 'toName', to_name,
      'deliverAt', case when sent.deliver_at > now() then sent.deliver_at end, 'duplicate', true);
  end if;

  -- Counted apart from the rows: taking messages back must not make room for more.
  insert into public.quota as q (user_id, kind, used)
  values (sender, case when is_own then 'reminder' else 'nudge' end, 1)
  on conflict (user_id, kind, day) do update set used = q.used + 1
  returning q.used into used_now;
  if used_now > per_day then
    raise exception 'today''s limit of messages is reached' using errcode = 'PT429';
  end if;

  -- However many write: one student is not to be flooded by all of them together.
  if not is_own and not private.within_quota(p_to_user_id, 'nudge_received', 1, 20) then
    raise exception 'the receiver has had enough messages today' using errcode = 'PT429';
  end if;

  -- One's own reminder is one's own to time.
  arrives := case when not is_own then private.quiet_until(p_to_user_id, clock_timestamp()) end;
  begin
    insert into public.nudge (user_id, to_user_id, nudge_type, message, metadata, from_name, sent_at, deliver_at)
    values (sender, p_to_user_id, p_nudge_type, content, metadata,
      (select p.display_name from public.profile p where p.user_id = sender), clock_timestamp(), arrives)
    returning * into sent;
  exception when check_violation or not_null_violation then
    -- Of what the table refuses all but the kind was looked at above.
    raise exception 'there is no such kind of message' using errcode = 'PT400';
  end;
  insert into public.audit_log (user_id, action, subject, metadata)
  values (sender, 'nudge.sent', sent.id::text, jsonb_build_object('to', p_to_user_id, 'type', p_nudge_type));
  return jsonb_build_object('nudgeId', sent.id, 'sentAt', sent.sent_at, 'toName', to_name, 'deliverAt', sent.deliver_at,
    'duplicate', false);
end
$$;
comment on function private.send_nudge is 'Writes a message to another student, if every rule allows it.';

create function public.send_nudge(p_to_user_id uuid, p_nudge_type text, p_message text, p_metadata jsonb default '{}')
returns jsonb
language sql security invoker
set search_path = ''
as $$
  select private.send_nudge(p_to_user_id, p_nudge_type, p_message, p_metadata)
$$;
comment on function public.send_nudge is 'Sends a message to another student, or a reminder to oneself.';

create function public.list_nudges(p_limit int default 50, p_id uuid default null) returns jsonb
language sql stable security invoker
set search_path = ''
as $$
  with mine as (
    select n.*, case when n.user_id = (select auth.uid()) then n.to_user_id else n.user_id end as other_id,
      coalesce(n.deliver_at, n.sent_at) as arrived_at
    from public.nudge n
    where (n.to_user_id = (select auth.uid()) or n.user_id = (select auth.uid())) and (p_id is null or n.id = p_id)
      and not exists (
        select 1 from public.block b
        where b.user_id = (select auth.uid()) and b.blocked_user_id in (n.user_id, n.to_user_id)
      )
    order by coalesce(n.deliver_at, n.sent_at) desc
    limit least(greatest(coalesce(p_limit, 50), 1), 200)
  )
  select coalesce(jsonb_agg(jsonb_build_object(
      'id', m.id, 'direction', case when m.user_id = m.to_user_id then 'own'
        when m.user_id = (select auth.uid()) then 'sent' else 'received' end,
      'otherId', m.other_id, 'otherName', c.display_name, 'type', m.nudge_type, 'message', m.message,
      'status', case
        when m.status = 'sent' and exists (select 1 from public.nudge_seen s where s.nudge_id = m.id) then 'read'
        else m.status
      end,
      'metadata', m.metadata, 'sentAt', m.sent_at, 'deliverAt', m.deliver_at,
      'respondedAt', m.responded_at)
      order by m.arrived_at desc, m.id), '[]')
  from mine m
  join private.people_cards(array(select other_id from mine)) c on c.user_id = m.other_id
$$;
comment on function public.list_nudges is 'Messages to and from the caller, the newest first, without those blocked.';

-- An answer may change its mind; a message that was answered is never unread again.
create function public.answer_nudge(p_id uuid, p_status text) returns jsonb
language plpgsql security invoker
set search_path = ''
as $$
begin
  if p_status is null or p_status not in ('read', 'accepted', 'declined') then
    raise exception 'a message is read, accepted or declined' using errcode = 'PT400';
  end if;
  if not exists (select 1 from public.nudge n where n.id = p_id and n.to_user_id = (select auth.uid())) then
    raise exception 'there is no such message' using errcode = 'PT404';
  end if;
  if p_status = 'read' and (public.own_presence() ->> 'isHidden')::boolean then
    insert into public.nudge_seen (nudge_id) values (p_id) on conflict do nothing;
  else
    update public.nudge n
    set status = case when p_status = 'read' and n.status <> 'sent' then n.status else p_status end,
      responded_at = case when p_status = 'read' then n.responded_at else now() end
    where n.id = p_id and n.to_user_id = (select auth.uid());
  end if;
  return public.list_nudges(1, p_id) -> 0;
end
$$;
comment on function public.answer_nudge is 'Marks a message as read, accepted or declined.';

-- The inbox in one request: what there is, how much of it is new, and until when nothing may interrupt.
create function public.nudge_inbox(p_limit int default 50) returns jsonb
language sql stable security invoker
set search_path = ''
as $$
  with listed as materialized (select public.list_nudges(p_limit) as nudges)
  select jsonb_build_object('nudges', l.nudges,
    'unread', (
      select count(*) from jsonb_array_elements(l.nudges) n
      where n ->> 'direction' <> 'sent' and n ->> 'status' = 'sent'
    ),
    'quietUntil', private.quiet_until((select auth.uid()), now()))
  from listed l
$$;
comment on function public.nudge_inbox is 'Messages to and from the caller, and whether they may be shown at once. Nullable: quietUntil';

-- Whoever may call what is above; everybody else is turned away.
grant execute on function
  private.send_nudge, public.send_nudge, public.list_nudges, public.answer_nudge, public.nudge_inbox to authenticated;
revoke all on all routines in schema public, private from public;
