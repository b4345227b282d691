-- Conversations. A message keeps the parts the page shows, never a model's raw messages, so that a stored
-- conversation outlives any model or SDK.

create table public.thread (
  id         uuid primary key default gen_random_uuid(),
  user_id    uuid not null default auth.uid() references auth.users on delete cascade,
  title      text check (char_length(title) between 1 and 200),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (id, user_id)
);
comment on table public.thread is 'A conversation of a student with the tutor.';
create index thread_user on public.thread (user_id, updated_at desc);
create trigger thread_touch before update on public.thread
  for each row execute function private.touch_updated_at();

create table public.message (
  id         uuid primary key default gen_random_uuid(),
  seq        bigint generated always as identity,
  thread_id  uuid not null,
  user_id    uuid not null default auth.uid() references auth.users on delete cascade,
  role       text not null check (role in ('user', 'assistant')),
  parts      jsonb not null default '[]' check (jsonb_typeof(parts) = 'array'),
  status     text not null default 'done' check (status in ('streaming', 'done', 'stopped', 'error')),
  metadata   jsonb not null default '{}' check (jsonb_typeof(metadata) = 'object'),
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp(),
  -- Both columns: a message can only stand in a thread of its own student.
  foreign key (thread_id, user_id) references public.thread (id, user_id) on delete cascade
);
comment on table public.message is 'A message of a conversation, as the page shows it.';
comment on column public.message.seq is 'The order of messages; two of one turn may share an instant.';
create index message_thread on public.message (thread_id, seq desc);
create index message_user on public.message (user_id);
create trigger message_touch before update on public.message
  for each row execute function private.touch_updated_at();

revoke all on public.thread, public.message from public, anon, authenticated;
grant select, insert, delete on public.thread, public.message to authenticated;
grant update (title, updated_at) on public.thread to authenticated;
grant update (parts, status, metadata) on public.message to authenticated;
grant all on public.thread, public.message to service_role;
grant usage, select on sequence public.message_seq_seq to authenticated, service_role;

alter table public.thread enable row level security;
create policy "a student reads their threads" on public.thread
  for select to authenticated using (user_id = (select auth.uid()));
create policy "a student starts threads" on public.thread
  for insert to authenticated with check (user_id = (select auth.uid()));
create policy "a student renames their threads" on public.thread
  for update to authenticated using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));
create policy "a student removes their threads" on public.thread
  for delete to authenticated using (user_id = (select auth.uid()));

alter table public.message enable row level security;
create policy "a student reads their messages" on public.message
  for select to authenticated using (user_id = (select auth.uid()));
create policy "a student adds messages" on public.message
  for insert to authenticated with check (user_id = (select auth.uid()));
create policy "a student changes their messages" on public.message
  for update to authenticated using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));
create policy "a student removes their messages" on public.message
  for delete to authenticated using (user_id = (select auth.uid()));
