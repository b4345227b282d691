-- The weeks to the exam, and what the tutor has worked out about a student's strengths.

create table public.study_plan (
  id                uuid primary key default gen_random_uuid(),
  user_id           uuid not null default auth.uid() references auth.users on delete cascade,
  title             text not null check (char_length(title) between 1 and 200),
  goals             text[] not null default '{}' check (cardinality(goals) <= 50),
  time_per_day_min  int not null check (time_per_day_min between 1 and 1440),
  days_per_week     int not null check (days_per_week between 1 and 7),
  deadline          date,
  week_blocks       jsonb not null default '[]' check (jsonb_typeof(week_blocks) = 'array'),
  created_at        timestamptz not null default now(),
  updated_at        timestamptz not null default now()
);
comment on table public.study_plan is 'A plan of weeks with tasks.';
create index study_plan_user on public.study_plan (user_id, created_at desc);
create trigger study_plan_touch before update on public.study_plan
  for each row execute function private.touch_updated_at();

create table public.learning_profile (
  user_id           uuid primary key default auth.uid() references auth.users on delete cascade,
  strengths         text[] not null default '{}',
  weaknesses        text[] not null default '{}',
  recommended_focus text[] not null default '{}',
  analytics         jsonb not null default '{}' check (jsonb_typeof(analytics) = 'object'),
  created_at        timestamptz not null default now(),
  updated_at        timestamptz not null default now()
);
comment on table public.learning_profile is 'What a student is good at and what to work on.';
create trigger learning_profile_touch before update on public.learning_profile
  for each row execute function private.touch_updated_at();

revoke all on public.study_plan, public.learning_profile from public, anon, authenticated;
grant select, insert, update, delete on public.study_plan, public.learning_profile to authenticated;
grant all on public.study_plan, public.learning_profile to service_role;

alter table public.study_plan enable row level security;
create policy "a student reads their plans" on public.study_plan
  for select to authenticated using (user_id = (select auth.uid()));
create policy "a student adds their plans" on public.study_plan
  for insert to authenticated with check (user_id = (select auth.uid()));
create policy "a student changes their plans" on public.study_plan
  for update to authenticated using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));
create policy "a student removes their plans" on public.study_plan
  for delete to authenticated using (user_id = (select auth.uid()));

alter table public.learning_profile enable row level security;
create policy "a student reads their learning profile" on public.learning_profile
  for select to authenticated using (user_id = (select auth.uid()));
create policy "a student adds their learning profile" on public.learning_profile
  for insert to authenticated with check (user_id = (select auth.uid()));
create policy "a student changes their learning profile" on public.learning_profile
  for update to authenticated using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));
create policy "a student removes their learning profile" on public.learning_profile
  for delete to authenticated using (user_id = (select auth.uid()));
