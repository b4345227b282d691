-- Private channels. Realtime asks these policies when somebody joins: a row of `realtime.messages` that may be read
-- means that the channel may be heard, one that may be written that it may be spoken in. `extension` tells broadcasts
-- from presence.
--
--   user:<id>      what the database tells one student: they alone hear it, and no client speaks there
--   presence:<id>  whether one student is here: they alone show themselves; whoever may see them may look
--
-- An answer holds for the whole join, until the client brings a newer token.

-- A topic is text that anybody may send: only one that is exactly a kind and an id names something.
create function private.topic_id(p_kind text) returns uuid
language sql stable security invoker
set search_path = ''
as $$
  select case
    when realtime.topic() ~ ('^' || p_kind || ':[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$')
    then split_part(realtime.topic(), ':', 2)::uuid
  end
$$;
comment on function private.topic_id is 'The id in the topic of the channel that is asked about, if it is of this kind.';
revoke all on function private.topic_id from public;
grant execute on function private.topic_id to authenticated;

create policy "a student hears what is sent to them" on realtime.messages
  for select to authenticated
  using (extension = 'broadcast' and (select private.topic_id('user')) = (select auth.uid()));

create policy "a student looks at the presence of those they may see" on realtime.messages
  for select to authenticated
  using (
    extension in ('broadcast', 'presence')
    and (select private.topic_id('presence')) is not null
    and (select private.can_see(private.topic_id('presence')))
  );

create policy "a student shows their own presence" on realtime.messages
  for insert to authenticated
  with check (
    extension in ('broadcast', 'presence')
    and (select private.topic_id('presence')) = (select auth.uid())
  );
