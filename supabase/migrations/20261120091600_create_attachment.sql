-- A file a student gives inside a message, rather than adds to the library.

create table public.attachment (
  id         uuid primary key default gen_random_uuid(),
  user_id    uuid not null default auth.uid() references auth.users on delete cascade,
  thread_id  uuid not null,
  message_id uuid references public.message on delete cascade,
  file_name  text not null check (char_length(file_name) between 1 and 255),
  file_path  text not null,
  mime_type  text not null check (char_length(mime_type) <= 150),
  size_bytes bigint not null check (size_bytes >= 0),
  created_at timestamptz not null default now(),
  -- A row may only name a file in its owner's folder: the server reads it with more rights than the student has.
  constraint attachment_file_path_own check (
    file_path like user_id::text || '/attachment/%' and file_path not like '%..%'
  ),
  foreign key (thread_id, user_id) references public.thread (id, user_id) on delete cascade
);
comment on table public.attachment is 'A file given inside a message.';
create index attachment_thread on public.attachment (thread_id);
create index attachment_message on public.attachment (message_id);
create index attachment_user on public.attachment (user_id);

revoke all on public.attachment from public, anon, authenticated;
grant select, insert, delete on public.attachment to authenticated;
grant all on public.attachment to service_role;

alter table public.attachment enable row level security;
create policy "a student reads their attachments" on public.attachment
  for select to authenticated using (user_id = (select auth.uid()));
create policy "a student adds their attachments" on public.attachment
  for insert to authenticated with check (user_id = (select auth.uid()));
create policy "a student removes their attachments" on public.attachment
  for delete to authenticated using (user_id = (select auth.uid()));
