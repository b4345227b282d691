-- What pages follow while it changes: how far a document is read, what a background task does, nudges, and who is
-- here. Row-level security decides for every listener which rows it hears of.
--
-- `message` is not among them: its rows carry whole answers with their tool results, which may exceed what one change
-- can hold, and an answer that is being written is already followed over its own resumable stream.

do $$
declare
  live_table text;
begin
  if not exists (select 1 from pg_catalog.pg_publication where pubname = 'supabase_realtime') then
    create publication supabase_realtime;
  end if;
  foreach live_table in array array['doc_source', 'agent_task', 'nudge', 'presence', 'presence_notice'] loop
    -- A table may have been switched on by hand in the dashboard before.
    if not exists (
      select 1 from pg_catalog.pg_publication_tables
      where pubname = 'supabase_realtime' and schemaname = 'public' and tablename = live_table
    ) then
      execute format('alter publication supabase_realtime add table public.%I', live_table);
    end if;
  end loop;
end
$$;

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
grant execute on function private.topic_id to authenticated;

create policy "a student hears what is sent to them" on realtime.messages
  for select to authenticated
  using (extension = 'broadcast' and (select private.topic_id('user')) = (select auth.uid()));
create policy "a student looks at the presence of those they may see" on realtime.messages
  for select to authenticated
  using (
    extension in ('broadcast', 'presence')
    and (select private.presence_owner(realtime.topic())) is not null
  );
create policy "a student shows their own presence" on realtime.messages
  for insert to authenticated
  with check (
    extension in ('broadcast', 'presence')
    and (select private.presence_owner(realtime.topic())) = (select auth.uid())
  );

-- room:<channel id> is the private channel of a room. Only who sits there hears it and shows themselves; only the
-- database speaks in it, so that nobody can put words into another's mouth or turn the clock past its rules.
create policy "members hear their room" on realtime.messages
  for select to authenticated
  using (
    extension in ('broadcast', 'presence')
    and exists (
      select 1 from public.room r
      join public.room_member m on m.room_id = r.id
      where r.channel_id = (select private.topic_id('room')) and r.status = 'open'
        and m.user_id = (select auth.uid()) and m.left_at is null
    )
  );

create policy "members show themselves in their room" on realtime.messages
  for insert to authenticated
  with check (
    extension = 'presence'
    and exists (
      select 1 from public.room r
      join public.room_member m on m.room_id = r.id
      where r.channel_id = (select private.topic_id('room')) and r.status = 'open'
        and m.user_id = (select auth.uid()) and m.left_at is null
    )
  );

revoke all on all routines in schema public, private from public;
