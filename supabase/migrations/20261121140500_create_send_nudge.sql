-- The one door through which a student reaches another. A row is written here or not at all, so that whoever hid,
-- whoever blocked and the daily limit are respected wherever the message comes from: a page, the agent or the Data API.

revoke insert on public.nudge from authenticated;
drop policy "a student nudges whom they may see" on public.nudge;

-- Definer: the row, the count of today and the record are not the student's to write past these rules. It acts for the
-- signed-in student alone.
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
    return jsonb_build_object('nudgeId', sent.id, 'sentAt', sent.sent_at, 'toName', to_name, 'duplicate', true);
  end if;

  -- Counted apart from the rows: taking messages back must not make room for more.
  insert into public.quota as q (user_id, kind, used)
  values (sender, case when is_own then 'reminder' else 'nudge' end, 1)
  on conflict (user_id, kind, day) do update set used = q.used + 1
  returning q.used into used_now;
  if used_now > per_day then
    raise exception 'today''s limit of messages is reached' using errcode = 'PT429';
  end if;

  insert into public.nudge (user_id, to_user_id, nudge_type, message, metadata, sent_at)
  values (sender, p_to_user_id, p_nudge_type, content, metadata, clock_timestamp())
  returning * into sent;
  insert into public.audit_log (user_id, action, subject, metadata)
  values (sender, 'nudge.sent', sent.id::text, jsonb_build_object('to', p_to_user_id, 'type', p_nudge_type));
  return jsonb_build_object('nudgeId', sent.id, 'sentAt', sent.sent_at, 'toName', to_name, 'duplicate', false);
end
$$;
comment on function private.send_nudge is 'Writes a message to another student, if every rule allows it.';
revoke all on function private.send_nudge from public;
grant execute on function private.send_nudge to authenticated;

create function public.send_nudge(p_to_user_id uuid, p_nudge_type text, p_message text, p_metadata jsonb default '{}')
returns jsonb
language sql security invoker
set search_path = ''
as $$
  select private.send_nudge(p_to_user_id, p_nudge_type, p_message, p_metadata)
$$;
comment on function public.send_nudge is 'Sends a message to another student, or a reminder to oneself.';
revoke all on function public.send_nudge from public, anon;
grant execute on function public.send_nudge to authenticated;

create function public.list_nudges(p_limit int default 50, p_id uuid default null) returns jsonb
language sql stable security invoker
set search_path = ''
as $$
  with mine as (
    select n.*, case when n.user_id = (select auth.uid()) then n.to_user_id else n.user_id end as other_id
    from public.nudge n
    where (n.to_user_id = (select auth.uid()) or n.user_id = (select auth.uid())) and (p_id is null or n.id = p_id)
      and not exists (
        select 1 from public.block b
        where b.user_id = (select auth.uid()) and b.blocked_user_id in (n.user_id, n.to_user_id)
      )
    order by n.sent_at desc
    limit least(greatest(coalesce(p_limit, 50), 1), 200)
  )
  select coalesce(jsonb_agg(jsonb_build_object(
      'id', m.id, 'direction', case when m.user_id = m.to_user_id then 'own'
        when m.user_id = (select auth.uid()) then 'sent' else 'received' end,
      'otherId', m.other_id, 'otherName', c.display_name, 'type', m.nudge_type, 'message', m.message,
      'status', m.status, 'metadata', m.metadata, 'sentAt', m.sent_at, 'respondedAt', m.responded_at)
      order by m.sent_at desc, m.id), '[]')
  from mine m
  join private.people_cards(array(select other_id from mine)) c on c.user_id = m.other_id
$$;
comment on function public.list_nudges is 'Messages to and from the caller, the newest first, without those blocked.';
revoke all on function public.list_nudges from public, anon;
grant execute on function public.list_nudges to authenticated;

-- An answer may change its mind; a message that was answered is never unread again.
create function public.answer_nudge(p_id uuid, p_status text) returns jsonb
language plpgsql security invoker
set search_path = ''
as $$
begin
  if p_status is null or p_status not in ('read', 'accepted', 'declined') then
    raise exception 'a message is read, accepted or declined' using errcode = 'PT400';
  end if;
  update public.nudge n
  set status = case when p_status = 'read' and n.status <> 'sent' then n.status else p_status end,
    responded_at = case when p_status = 'read' then n.responded_at else now() end
  where n.id = p_id and n.to_user_id = (select auth.uid());
  if not found then
    raise exception 'there is no such message' using errcode = 'PT404';
  end if;
  return public.list_nudges(1, p_id) -> 0;
end
$$;
comment on function public.answer_nudge is 'Marks a message as read, accepted or declined.';
revoke all on function public.answer_nudge from public, anon;
grant execute on function public.answer_nudge to authenticated;
