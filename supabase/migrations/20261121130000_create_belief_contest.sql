-- A student may say that what Clerva believes about a topic is wrong. Everything answered on it before then is left out
-- of the profile, and the topic starts anew; taking the contest back brings the old answers in again.

create table public.belief_contest (
  user_id      uuid not null default auth.uid() references auth.users on delete cascade,
  -- The topic as it is compared: one case, single spaces.
  topic_key    text not null check (char_length(topic_key) between 1 and 200),
  topic        text not null check (char_length(topic) between 1 and 200),
  contested_at timestamptz not null default now(),
  primary key (user_id, topic_key)
);
comment on table public.belief_contest is 'A topic whose belief the student called wrong, and when.';

revoke all on public.belief_contest from public, anon, authenticated;
grant select, insert, update, delete on public.belief_contest to authenticated;
grant all on public.belief_contest to service_role;

alter table public.belief_contest enable row level security;
create policy "a student reads their contests" on public.belief_contest
  for select to authenticated using (user_id = (select auth.uid()));
create policy "a student contests a belief" on public.belief_contest
  for insert to authenticated with check (user_id = (select auth.uid()));
create policy "a student contests a belief again" on public.belief_contest
  for update to authenticated using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));
create policy "a student takes a contest back" on public.belief_contest
  for delete to authenticated using (user_id = (select auth.uid()));

-- The moment is the database's: answers carry its clock, and those before it are the ones left out.
create function public.contest_belief(p_topic text, p_topic_key text) returns void
language sql security invoker
set search_path = ''
as $$
  insert into public.belief_contest (topic, topic_key) values (p_topic, p_topic_key)
  on conflict (user_id, topic_key) do update set topic = excluded.topic, contested_at = now()
$$;
comment on function public.contest_belief is 'Leaves out what was answered on a topic until now.';
revoke all on function public.contest_belief from public, anon;
grant execute on function public.contest_belief to authenticated;
