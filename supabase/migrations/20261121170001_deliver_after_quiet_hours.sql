-- The one door asks for the receiver's quiet hours; whoever reads asks whether the hour has come. The functions are those
-- of before with these two questions added.

-- Definer: the row, the count of today and the record are not the student's to write past these rules. It acts for the
-- signed-in student alone.
create or replace function private.send_nudge(p_to_user_id uuid, p_nudge_type text, p_message text, p_metadata jsonb)
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
  if sender is null then
    raise exception 'sign in to continue' using errcode = 'PT401';
  end if;
  if content = '' or char_length(content) > 500 then
    raise exception 'a message has 1 to 500 characters' using errcode = 'PT400';
  end if;
  if p_nudge_type is null or p_nudge_type not in ('study_invite', 'reminder', 'match_suggestion', 'plan_update') then
    raise exception 'there is no such kind of message' using errcode = 'PT400';
  end if;
  if jsonb_typeof(metadata) <> 'object' or char_length(metadata::text) > 4000 then
    raise exception 'the metadata is no object, or too large' using errcode = 'PT400';
  end if;
  if is_own and p_nudge_type <> 'reminder' then
    raise exception 'only a reminder can be sent to oneself' using errcode = 'PT422';
  end if;
  -- Nobody by this id, somebody hidden, and somebody who blocked the sender are one answer.
  if p_to_user_id is null or not private.can_see(p_to_user_id) then
    raise exception 'there is nobody here by this id' using errcode = 'PT404';
  end if;

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

  -- One's own reminder is one's own to time.
  arrives := case when not is_own then private.quiet_until(p_to_user_id, clock_timestamp()) end;
  insert into public.nudge (user_id, to_user_id, nudge_type, message, metadata, sent_at, deliver_at)
  values (sender, p_to_user_id, p_nudge_type, content, metadata, clock_timestamp(), arrives)
  returning * into sent;
  insert into public.audit_log (user_id, action, subject, metadata)
  values (sender, 'nudge.sent', sent.id::text, jsonb_build_object('to', p_to_user_id, 'type', p_nudge_type));
  return jsonb_build_object('nudgeId', sent.id, 'sentAt', sent.sent_at, 'toName', to_name, 'deliverAt', sent.deliver_at,
    'duplicate', false);
end
$$;

create or replace function public.list_nudges(p_limit int default 50, p_id uuid default null) returns jsonb
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
      'status', m.status, 'metadata', m.metadata, 'sentAt', m.sent_at, 'deliverAt', m.deliver_at,
      'respondedAt', m.responded_at)
      order by m.arrived_at desc, m.id), '[]')
  from mine m
  join private.people_cards(array(select other_id from mine)) c on c.user_id = m.other_id
$$;

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
revoke all on function public.nudge_inbox from public, anon;
grant execute on function public.nudge_inbox to authenticated;

-- Who wrote in quiet hours is not known by it before the message is.
-- Definer: the profile of another student is closed to whom it is shown here in part. Besides the students who let the
-- caller see them it names, and only names, those who made themselves known by writing to the caller, and those whom
-- the caller has blocked, or there would be nothing to undo a block by.
create or replace function private.people_cards(p_ids uuid[])
returns table (
  user_id        uuid,
  visible        boolean,
  display_name   text,
  grade_level    text,
  subjects       text[],
  learning_style text,
  timezone       text
)
language sql stable security definer
set search_path = ''
as $$
  with other as (
    select p.*, private.can_see(p.user_id) as visible,
      exists (
        select 1 from public.block b where b.user_id = (select auth.uid()) and b.blocked_user_id = p.user_id
      ) as blocked_by_me,
      exists (
        select 1 from public.nudge n where n.user_id = p.user_id and n.to_user_id = (select auth.uid())
          and (n.deliver_at is null or n.deliver_at <= now())
      ) and not exists (
        select 1 from public.block b where b.user_id = p.user_id and b.blocked_user_id = (select auth.uid())
      ) as wrote_to_me
    from public.profile p
    where (select auth.uid()) is not null and p.user_id = any (p_ids[1:500])
  )
  select o.user_id, o.visible, coalesce(o.display_name, 'A student'),
    case when o.visible then o.grade_level end,
    case when o.visible then o.subjects else '{}' end,
    case when o.visible then o.learning_style end,
    case when o.visible then o.timezone end
  from other o
  where o.visible or o.blocked_by_me or o.wrote_to_me
$$;
