-- One row per student: what the tutor may assume about them, and who may see that they exist.
-- The row is made with the account, so that no other code has to ask whether it is there.

create table public.profile (
  user_id        uuid primary key default auth.uid() references auth.users on delete cascade,
  display_name   text check (char_length(display_name) between 1 and 80),
  grade_level    text check (char_length(grade_level) <= 80),
  subjects       text[] not null default '{}' check (cardinality(subjects) <= 50),
  goals          text[] not null default '{}' check (cardinality(goals) <= 50),
  preferences    jsonb not null default '{}' check (jsonb_typeof(preferences) = 'object'),
  learning_style text check (learning_style in ('visual', 'auditory', 'kinesthetic', 'reading')),
  timezone       text not null default 'UTC' check (char_length(timezone) between 1 and 64),
  visibility     text not null default 'private' check (visibility in ('private', 'matches', 'everyone')),
  created_at     timestamptz not null default now(),
  updated_at     timestamptz not null default now()
);
comment on table public.profile is 'A student: what the tutor knows of them and who may see them.';

create trigger profile_touch before update on public.profile
  for each row execute function private.touch_updated_at();

revoke all on public.profile from public, anon, authenticated;
grant select, insert, delete on public.profile to authenticated;
grant update (display_name, grade_level, subjects, goals, preferences, learning_style, timezone, visibility)
  on public.profile to authenticated;
grant all on public.profile to service_role;

alter table public.profile enable row level security;
create policy "a student reads their profile" on public.profile
  for select to authenticated using (user_id = (select auth.uid()));
create policy "a student makes their profile" on public.profile
  for insert to authenticated with check (user_id = (select auth.uid()));
create policy "a student changes their profile" on public.profile
  for update to authenticated using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));
create policy "a student removes their profile" on public.profile
  for delete to authenticated using (user_id = (select auth.uid()));

-- Definer: the sign-up runs as the auth service, which has no rights in `public`.
-- A name the sign-up form sent is cut to fit rather than refused: it must never stop a student from signing up.
create function private.create_profile() returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  insert into public.profile (user_id, display_name)
  values (
    new.id,
    nullif(left(btrim(coalesce(
      new.raw_user_meta_data ->> 'display_name', new.raw_user_meta_data ->> 'full_name')), 80), '')
  )
  on conflict (user_id) do nothing;
  return new;
end
$$;
revoke all on function private.create_profile() from public;

create trigger create_profile_after_sign_up after insert on auth.users
  for each row execute function private.create_profile();
