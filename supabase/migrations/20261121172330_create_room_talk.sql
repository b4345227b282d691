-- What is said in a room.

-- Definer: the order of messages is not the student's to write.
create function private.send_room_message(p_room_id uuid, p_client_id uuid, p_body text) returns jsonb
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  me         uuid := (select auth.uid());
  content    text := btrim(coalesce(p_body, ''), E' \t\n\r');
  found_room public.room;
  sent       public.room_message;
  message    jsonb;
begin
  if content = '' or char_length(content) > 1000 then
    raise exception 'a message has 1 to 1,000 characters' using errcode = 'PT400';
  end if;
  -- The lock gives numbers in the order of arrival, without a gap.
  select r.* into found_room from public.room r where r.id = p_room_id and r.status = 'open' and exists (
    select 1 from public.room_member m where m.room_id = r.id and m.user_id = me and m.left_at is null
  ) for update;
  if found_room.id is null then
    raise exception 'there is no such room' using errcode = 'PT404';
  end if;
  select * into sent from public.room_message t
  where t.room_id = p_room_id and t.user_id = me and t.client_id = p_client_id;
  if not found then
    if (
      select count(*) from public.room_message t
      where t.room_id = p_room_id and t.user_id = me and t.created_at > clock_timestamp() - interval '20 seconds'
    ) >= 20 or found_room.last_seq >= 2000 then
      raise exception 'too many messages' using errcode = 'PT429';
    end if;
    update public.room r set last_seq = r.last_seq + 1 where r.id = p_room_id returning r.* into found_room;
    insert into public.room_message (room_id, seq, user_id, client_id, body)
    values (p_room_id, found_room.last_seq, me, p_client_id, content)
    returning * into sent;
  end if;
  message := jsonb_build_object('seq', sent.seq, 'clientId', sent.client_id, 'userId', sent.user_id, 'body', sent.body,
    'createdAt', sent.created_at);
  perform private.tell_room(found_room.channel_id, 'message', message);
  return message;
end
$$;
comment on function private.send_room_message is 'Says something in a room, once however often it is sent.';
revoke all on function private.send_room_message from public;
grant execute on function private.send_room_message to authenticated;

create function public.send_room_message(p_room_id uuid, p_client_id uuid, p_body text) returns jsonb
language sql volatile security invoker
set search_path = ''
as $$
  select private.send_room_message(p_room_id, p_client_id, p_body)
$$;
comment on function public.send_room_message is 'Says something in a room the caller sits in.';
revoke all on function public.send_room_message from public, anon;
grant execute on function public.send_room_message to authenticated;
