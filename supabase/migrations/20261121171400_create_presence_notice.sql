-- What pages follow to learn that somebody came, went or does something else. `presence` itself changes with every sign
-- of life, twice a minute and student, and each change of a followed table is checked for each listener: here a row changes
-- only when there is something to see. Row-level security decides for every listener, at every change, as always.

create table public.presence_notice (
  user_id    uuid primary key default auth.uid() references auth.users on delete cascade,
  changed_at timestamptz not null default now()
);
comment on table public.presence_notice is 'When what others see of a student being here changed last.';

revoke all on public.presence_notice from public, anon, authenticated;
grant select on public.presence_notice to authenticated;
grant all on public.presence_notice to service_role;
alter table public.presence_notice enable row level security;
create policy "a student reads notices of those they may see" on public.presence_notice
  for select to authenticated using (user_id = (select auth.uid()) or private.can_see(user_id));

-- Definer: the notice is not the student's to write.
create function private.notice_presence() returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  if tg_op = 'INSERT' and not new.is_online then
    return null;
  end if;
  if tg_op = 'UPDATE' and new.is_online = old.is_online and new.current_activity = old.current_activity
    and new.free_until is not distinct from old.free_until
    -- Back from a silence that nobody has noted yet.
    and not (new.is_online and old.last_seen < new.last_seen - interval '5 minutes')
  then
    return null;
  end if;
  insert into public.presence_notice (user_id, changed_at) values (new.user_id, clock_timestamp())
  on conflict (user_id) do update set changed_at = excluded.changed_at;
  return null;
end
$$;
revoke all on function private.notice_presence from public;
create trigger presence_notice after insert or update on public.presence
  for each row execute function private.notice_presence();

do $$
begin
  if not exists (
    select 1 from pg_catalog.pg_publication_tables
    where pubname = 'supabase_realtime' and schemaname = 'public' and tablename = 'presence_notice'
  ) then
    alter publication supabase_realtime add table public.presence_notice;
  end if;
end
$$;
