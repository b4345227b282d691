-- Invitations and reminders between students. user_id is the sender. Only someone who lets the sender see them can be
-- nudged, and the receiver alone decides what becomes of it.

create table public.nudge (
  id           uuid primary key default gen_random_uuid(),
  user_id      uuid not null default auth.uid() references auth.users on delete cascade,
  to_user_id   uuid not null references auth.users on delete cascade,
  nudge_type   text not null check (nudge_type in ('study_invite', 'reminder', 'match_suggestion', 'plan_update')),
  message      text not null check (char_length(message) between 1 and 500),
  status       text not null default 'sent' check (status in ('sent', 'read', 'accepted', 'declined')),
  metadata     jsonb not null default '{}' check (jsonb_typeof(metadata) = 'object'),
  sent_at      timestamptz not null default now(),
  responded_at timestamptz
);
comment on table public.nudge is 'An invitation or reminder from one student to another, or to themselves.';
create index nudge_received on public.nudge (to_user_id, sent_at desc);
create index nudge_sent on public.nudge (user_id, sent_at desc);

revoke all on public.nudge from public, anon, authenticated;
grant select, delete on public.nudge to authenticated;
grant insert (id, user_id, to_user_id, nudge_type, message, metadata) on public.nudge to authenticated;
grant update (status, responded_at) on public.nudge to authenticated;
grant all on public.nudge to service_role;

alter table public.nudge enable row level security;
create policy "sender and receiver read a nudge" on public.nudge
  for select to authenticated using (user_id = (select auth.uid()) or to_user_id = (select auth.uid()));
create policy "a student nudges whom they may see" on public.nudge
  for insert to authenticated with check (user_id = (select auth.uid()) and private.can_see(to_user_id));
create policy "the receiver answers a nudge" on public.nudge
  for update to authenticated using (to_user_id = (select auth.uid())) with check (to_user_id = (select auth.uid()));
create policy "the sender takes a nudge back" on public.nudge
  for delete to authenticated using (user_id = (select auth.uid()));
