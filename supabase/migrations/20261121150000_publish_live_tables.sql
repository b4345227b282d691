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
  foreach live_table in array array['doc_source', 'agent_task', 'nudge', 'presence'] loop
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
