-- Who is here now, and when each student can usually study. Others see it only as far as the student lets them.

create table public.presence (
  user_id          uuid primary key default auth.uid() references auth.users on delete cascade,
  is_online        boolean not null default false,
  last_seen        timestamptz not null default now(),
  current_activity text not null default 'idle'
                   check (current_activity in ('idle', 'studying', 'in_session', 'available'))
);
comment on table public.presence is 'Whether a student is here and what they are doing.';
create index presence_online on public.presence (last_seen desc) where is_online;

create table public.availability_block (
  id         uuid primary key default gen_random_uuid(),
  user_id    uuid not null default auth.uid() references auth.users on delete cascade,
  dow        int not null check (dow between 0 and 6),
  start_min  int not null check (start_min between 0 and 1439),
  end_min    int not null check (end_min between 1 and 1440),
  timezone   text not null check (char_length(timezone) between 1 and 64),
  created_at timestamptz not null default now(),
  check (start_min < end_min)
);
comment on table public.availability_block is 'A weekly window. dow 0 is Sunday; minutes count from local midnight.';
create index availability_block_user on public.availability_block (user_id, dow);

revoke all on public.presence, public.availability_block from public, anon, authenticated;
grant select, insert, update, delete on public.presence, public.availability_block to authenticated;
grant all on public.presence, public.availability_block to service_role;

alter table public.presence enable row level security;
create policy "a student reads presence they may see" on public.presence
  for select to authenticated using (user_id = (select auth.uid()) or private.can_see(user_id));
create policy "a student adds presence they may see" on public.presence
  for insert to authenticated with check (user_id = (select auth.uid()));
create policy "a student changes presence they may see" on public.presence
  for update to authenticated using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));
create policy "a student removes presence they may see" on public.presence
  for delete to authenticated using (user_id = (select auth.uid()));

alter table public.availability_block enable row level security;
create policy "a student reads availability they may see" on public.availability_block
  for select to authenticated using (user_id = (select auth.uid()) or private.can_see(user_id));
create policy "a student adds availability they may see" on public.availability_block
  for insert to authenticated with check (user_id = (select auth.uid()));
create policy "a student changes availability they may see" on public.availability_block
  for update to authenticated using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));
create policy "a student removes availability they may see" on public.availability_block
  for delete to authenticated using (user_id = (select auth.uid()));
