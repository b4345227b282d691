-- Blocking and reporting. Both need somebody one has met: a student one may see, or has exchanged a message with. Were
-- any id accepted, the answer would tell whether an account exists.

create function private.has_met(p_other uuid) returns boolean
language sql stable security invoker
set search_path = ''
as $$
  select p_other <> (select auth.uid()) and (
    private.can_see(p_other)
    or exists (
      select 1 from public.nudge n
      where (n.user_id = p_other and n.to_user_id = (select auth.uid()))
        or (n.user_id = (select auth.uid()) and n.to_user_id = p_other)
    )
    or exists (
      select 1 from public.block b where b.user_id = (select auth.uid()) and b.blocked_user_id = p_other
    )
  )
$$;
comment on function private.has_met is 'Whether the caller may see a student or has exchanged a message with them.';
revoke all on function private.has_met from public;
grant execute on function private.has_met to authenticated;

drop policy "a student adds whom they blocked" on public.block;
create policy "a student adds whom they blocked" on public.block
  for insert to authenticated with check (user_id = (select auth.uid()) and private.has_met(blocked_user_id));

create table public.report (
  id               uuid primary key default gen_random_uuid(),
  user_id          uuid not null default auth.uid() references auth.users on delete cascade,
  reported_user_id uuid not null references auth.users on delete cascade,
  reason           text not null check (reason in ('spam', 'harassment', 'inappropriate', 'safety', 'other')),
  note             text check (char_length(note) between 1 and 1000),
  reported_on      date not null default (now() at time zone 'UTC')::date,
  created_at       timestamptz not null default now(),
  -- A second report of the day says nothing new and would only fill the list of who reads them.
  unique (user_id, reported_user_id, reported_on),
  check (user_id <> reported_user_id)
);
comment on table public.report is 'What a student wants somebody responsible to look at. The other side never learns of it.';
create index report_reported on public.report (reported_user_id, created_at desc);

revoke all on public.report from public, anon, authenticated;
grant select on public.report to authenticated;
grant insert (user_id, reported_user_id, reason, note) on public.report to authenticated;
grant all on public.report to service_role;
alter table public.report enable row level security;
create policy "a student reads what they reported" on public.report
  for select to authenticated using (user_id = (select auth.uid()));
create policy "a student reports whom they met" on public.report
  for insert to authenticated with check (user_id = (select auth.uid()) and private.has_met(reported_user_id));

-- Definer: the record is not the student's to write.
create function private.note_report() returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  insert into public.audit_log (user_id, action, subject, metadata)
  values (new.user_id, 'person.reported', new.reported_user_id::text, jsonb_build_object('reason', new.reason));
  return null;
end
$$;
revoke all on function private.note_report from public;
create trigger report_note after insert on public.report for each row execute function private.note_report();

create function public.blocked_people() returns jsonb
language sql stable security invoker
set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object('userId', b.blocked_user_id, 'displayName', c.display_name,
    'blockedAt', b.created_at) order by b.created_at desc), '[]')
  from (select * from public.block where user_id = (select auth.uid()) order by created_at desc limit 200) b
  join private.people_cards(array(
    select blocked_user_id from public.block where user_id = (select auth.uid()) order by created_at desc limit 200
  )) c on c.user_id = b.blocked_user_id
$$;
comment on function public.blocked_people is 'Whom the caller blocked, to undo it.';
revoke all on function public.blocked_people from public, anon;
grant execute on function public.blocked_people to authenticated;
