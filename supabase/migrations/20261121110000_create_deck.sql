-- Decks: what a student reviews together, and the day they are examined on it.

create table public.deck (
  id                uuid primary key default gen_random_uuid(),
  user_id           uuid not null default auth.uid() references auth.users on delete cascade,
  name              text not null check (char_length(name) between 1 and 120 and name = btrim(name)),
  exam_date         date,
  desired_retention double precision not null default 0.9 check (desired_retention between 0.7 and 0.97),
  created_at        timestamptz not null default now(),
  updated_at        timestamptz not null default now(),
  unique (id, user_id),
  unique (user_id, name)
);
comment on table public.deck is 'Cards that are reviewed together. An exam date pulls their schedule in.';
create trigger deck_touch before update on public.deck
  for each row execute function private.touch_updated_at();

revoke all on public.deck from public, anon, authenticated;
grant select, insert, update, delete on public.deck to authenticated;
grant all on public.deck to service_role;

alter table public.deck enable row level security;
create policy "a student reads their decks" on public.deck
  for select to authenticated using (user_id = (select auth.uid()));
create policy "a student adds their decks" on public.deck
  for insert to authenticated with check (user_id = (select auth.uid()));
create policy "a student changes their decks" on public.deck
  for update to authenticated using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));
create policy "a student removes their decks" on public.deck
  for delete to authenticated using (user_id = (select auth.uid()));
