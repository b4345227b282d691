-- What a student has used today of what is limited, and who did what. The server writes both; the student may read
-- their own rows and change nothing, or the limits and the record would be theirs to edit.

create table public.quota (
  user_id uuid not null default auth.uid() references auth.users on delete cascade,
  kind    text not null check (char_length(kind) between 1 and 60),
  day     date not null default (now() at time zone 'UTC')::date,
  used    bigint not null default 0 check (used >= 0),
  primary key (user_id, kind, day)
);
comment on table public.quota is 'Use per student, kind and day (UTC).';

create table public.audit_log (
  id         bigint generated always as identity primary key,
  user_id    uuid not null default auth.uid() references auth.users on delete cascade,
  action     text not null check (char_length(action) between 1 and 80),
  subject    text check (char_length(subject) <= 200),
  metadata   jsonb not null default '{}' check (jsonb_typeof(metadata) = 'object'),
  created_at timestamptz not null default now()
);
comment on table public.audit_log is 'Who did what, append only.';
create index audit_log_user on public.audit_log (user_id, created_at desc);

revoke all on public.quota, public.audit_log from public, anon, authenticated, service_role;
grant select on public.quota, public.audit_log to authenticated;
grant select, insert, update, delete on public.quota to service_role;
grant select, insert on public.audit_log to service_role;
grant usage, select on sequence public.audit_log_id_seq to service_role;

alter table public.quota enable row level security;
create policy "a student reads their use" on public.quota
  for select to authenticated using (user_id = (select auth.uid()));

alter table public.audit_log enable row level security;
create policy "a student reads what they did" on public.audit_log
  for select to authenticated using (user_id = (select auth.uid()));
