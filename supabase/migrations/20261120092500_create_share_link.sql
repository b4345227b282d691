-- Read-only snapshots that a student gives to somebody without an account. Only the hash of a link's secret is
-- kept: who reads the table cannot open the links.

create table public.share_link (
  id         uuid primary key default gen_random_uuid(),
  user_id    uuid not null default auth.uid() references auth.users on delete cascade,
  kind       text not null check (kind in ('thread', 'quiz', 'study_plan', 'deck')),
  subject_id uuid,
  token_hash text not null unique check (token_hash ~ '^[0-9a-f]{64}$'),
  snapshot   jsonb not null check (jsonb_typeof(snapshot) = 'object'),
  expires_at timestamptz,
  revoked_at timestamptz,
  created_at timestamptz not null default now()
);
comment on table public.share_link is 'A read-only copy behind a secret link.';
create index share_link_user on public.share_link (user_id, created_at desc);

revoke all on public.share_link from public, anon, authenticated;
grant select, insert, delete on public.share_link to authenticated;
grant update (expires_at, revoked_at) on public.share_link to authenticated;
grant all on public.share_link to service_role;

alter table public.share_link enable row level security;
create policy "a student reads their links" on public.share_link
  for select to authenticated using (user_id = (select auth.uid()));
create policy "a student adds their links" on public.share_link
  for insert to authenticated with check (user_id = (select auth.uid()));
create policy "a student changes their links" on public.share_link
  for update to authenticated using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));
create policy "a student removes their links" on public.share_link
  for delete to authenticated using (user_id = (select auth.uid()));
