-- Operations too long for one answer. The student starts and watches them; the job that does the work writes the rest.

create table public.agent_task (
  id          uuid primary key default gen_random_uuid(),
  user_id     uuid not null default auth.uid() references auth.users on delete cascade,
  thread_id   uuid,
  kind        text not null check (char_length(kind) between 1 and 60),
  status      text not null default 'queued' check (status in ('queued', 'running', 'done', 'error')),
  progress    int not null default 0 check (progress between 0 and 100),
  input       jsonb not null default '{}',
  output      jsonb,
  error_code  text,
  created_at  timestamptz not null default now(),
  updated_at  timestamptz not null default now(),
  finished_at timestamptz,
  -- Both columns: a task can only belong to a thread of its own student.
  foreign key (thread_id, user_id) references public.thread (id, user_id) on delete cascade
);
comment on table public.agent_task is 'A long-running operation and where it stands.';
create index agent_task_user on public.agent_task (user_id, created_at desc);
create index agent_task_thread on public.agent_task (thread_id);
create trigger agent_task_touch before update on public.agent_task
  for each row execute function private.touch_updated_at();

revoke all on public.agent_task from public, anon, authenticated;
grant select, delete on public.agent_task to authenticated;
grant insert (id, user_id, thread_id, kind, input) on public.agent_task to authenticated;
grant all on public.agent_task to service_role;

alter table public.agent_task enable row level security;
create policy "a student reads their tasks" on public.agent_task
  for select to authenticated using (user_id = (select auth.uid()));
create policy "a student adds their tasks" on public.agent_task
  for insert to authenticated with check (user_id = (select auth.uid()));
create policy "a student removes their tasks" on public.agent_task
  for delete to authenticated using (user_id = (select auth.uid()));
