-- A student may say that a question is not sound. It is then left out of later attempts and of what is concluded from
-- answers, and the report stays beside the quiz, so that how often rules let an unsound question through can be told.

create table public.quiz_item_report (
  user_id    uuid not null default auth.uid() references auth.users on delete cascade,
  quiz_id    uuid not null,
  item_id    text not null check (char_length(item_id) between 1 and 100),
  reason     text check (char_length(reason) between 1 and 500),
  created_at timestamptz not null default now(),
  primary key (quiz_id, item_id),
  -- Both columns: a report can only be about a quiz of its own student.
  foreign key (quiz_id, user_id) references public.quiz (id, user_id) on delete cascade
);
comment on table public.quiz_item_report is 'A question that its student called unsound.';
create index quiz_item_report_user on public.quiz_item_report (user_id, created_at desc);

revoke all on public.quiz_item_report from public, anon, authenticated;
grant select, insert, delete on public.quiz_item_report to authenticated;
grant all on public.quiz_item_report to service_role;

alter table public.quiz_item_report enable row level security;
create policy "a student reads their reports" on public.quiz_item_report
  for select to authenticated using (user_id = (select auth.uid()));
create policy "a student adds their reports" on public.quiz_item_report
  for insert to authenticated with check (user_id = (select auth.uid()));
create policy "a student takes their reports back" on public.quiz_item_report
  for delete to authenticated using (user_id = (select auth.uid()));

create function public.report_question(p_quiz_id uuid, p_item_id text, p_reason text default null) returns void
language plpgsql security invoker
set search_path = ''
as $$
begin
  perform 1 from public.quiz q
  where q.id = p_quiz_id and q.items @> jsonb_build_array(jsonb_build_object('id', p_item_id));
  if not found then
    raise exception 'question not found' using errcode = 'PT404';
  end if;
  insert into public.quiz_item_report (quiz_id, item_id, reason)
  values (p_quiz_id, p_item_id, nullif(left(btrim(p_reason), 500), ''))
  on conflict (quiz_id, item_id) do nothing;
end
$$;
comment on function public.report_question is 'Calls a question of one''s own quiz unsound; saying it twice is saying it once.';
revoke all on function public.report_question from public, anon;
grant execute on function public.report_question to authenticated;
