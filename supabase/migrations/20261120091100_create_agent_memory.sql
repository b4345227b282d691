-- What the tutor remembers beyond one conversation, and the tutor styles a student made.
-- Both are plain rows that the student can read, correct and delete.

create table public.agent_memory (
  id         uuid primary key default gen_random_uuid(),
  user_id    uuid not null default auth.uid() references auth.users on delete cascade,
  scope      text not null check (scope in ('short', 'long', 'preference', 'context')),
  key        text not null check (char_length(key) between 1 and 120),
  value      jsonb not null,
  expires_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (user_id, scope, key)
);
comment on table public.agent_memory is 'Facts about a student that the tutor keeps.';
create trigger agent_memory_touch before update on public.agent_memory
  for each row execute function private.touch_updated_at();

create table public.persona (
  id           uuid primary key default gen_random_uuid(),
  user_id      uuid not null default auth.uid() references auth.users on delete cascade,
  name         text not null check (char_length(name) between 1 and 60),
  instructions text not null check (char_length(instructions) between 1 and 4000),
  created_at   timestamptz not null default now(),
  updated_at   timestamptz not null default now(),
  unique (user_id, name)
);
comment on table public.persona is 'A tutor style of a student''s own.';
create trigger persona_touch before update on public.persona
  for each row execute function private.touch_updated_at();

revoke all on public.agent_memory, public.persona from public, anon, authenticated;
grant select, insert, update, delete on public.agent_memory, public.persona to authenticated;
grant all on public.agent_memory, public.persona to service_role;

alter table public.agent_memory enable row level security;
create policy "a student reads what is remembered" on public.agent_memory
  for select to authenticated using (user_id = (select auth.uid()));
create policy "a student adds what is remembered" on public.agent_memory
  for insert to authenticated with check (user_id = (select auth.uid()));
create policy "a student corrects what is remembered" on public.agent_memory
  for update to authenticated using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));
create policy "a student deletes what is remembered" on public.agent_memory
  for delete to authenticated using (user_id = (select auth.uid()));

alter table public.persona enable row level security;
create policy "a student reads their personas" on public.persona
  for select to authenticated using (user_id = (select auth.uid()));
create policy "a student adds personas" on public.persona
  for insert to authenticated with check (user_id = (select auth.uid()));
create policy "a student changes their personas" on public.persona
  for update to authenticated using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));
create policy "a student removes their personas" on public.persona
  for delete to authenticated using (user_id = (select auth.uid()));
