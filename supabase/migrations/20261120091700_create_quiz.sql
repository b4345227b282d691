-- Quizzes and what students answered. Items carry option ids and the passage that proves the answer; an attempt is
-- graded by the server against those ids, so a model never decides whether an answer was right.

create table public.quiz (
  id         uuid primary key default gen_random_uuid(),
  user_id    uuid not null default auth.uid() references auth.users on delete cascade,
  thread_id  uuid,
  topic      text not null check (char_length(topic) between 1 and 200),
  difficulty text not null default 'mixed' check (difficulty in ('easy', 'medium', 'hard', 'mixed')),
  items      jsonb not null check (jsonb_typeof(items) = 'array' and jsonb_array_length(items) between 1 and 50),
  metadata   jsonb not null default '{}' check (jsonb_typeof(metadata) = 'object'),
  created_at timestamptz not null default now(),
  unique (id, user_id),
  foreign key (thread_id, user_id) references public.thread (id, user_id) on delete set null (thread_id)
);
comment on table public.quiz is 'A quiz made from a student''s notes.';
create index quiz_user on public.quiz (user_id, created_at desc);
create index quiz_thread on public.quiz (thread_id);

create table public.quiz_attempt (
  id           uuid primary key default gen_random_uuid(),
  user_id      uuid not null default auth.uid() references auth.users on delete cascade,
  quiz_id      uuid not null,
  answers      jsonb not null default '[]' check (jsonb_typeof(answers) = 'array'),
  score        double precision check (score between 0 and 1),
  correct      int check (correct >= 0),
  total        int check (total >= 0),
  started_at   timestamptz not null default now(),
  finished_at  timestamptz,
  -- Both columns: an attempt can only be at a quiz of its own student.
  foreign key (quiz_id, user_id) references public.quiz (id, user_id) on delete cascade
);
comment on table public.quiz_attempt is 'One go at a quiz, graded by option id.';
create index quiz_attempt_user on public.quiz_attempt (user_id, started_at desc);
create index quiz_attempt_quiz on public.quiz_attempt (quiz_id);

revoke all on public.quiz, public.quiz_attempt from public, anon, authenticated;
grant select, insert, delete on public.quiz to authenticated;
grant select, insert, delete on public.quiz_attempt to authenticated;
grant update (answers, score, correct, total, finished_at) on public.quiz_attempt to authenticated;
grant all on public.quiz, public.quiz_attempt to service_role;

alter table public.quiz enable row level security;
create policy "a student reads their quizzes" on public.quiz
  for select to authenticated using (user_id = (select auth.uid()));
create policy "a student adds their quizzes" on public.quiz
  for insert to authenticated with check (user_id = (select auth.uid()));
create policy "a student removes their quizzes" on public.quiz
  for delete to authenticated using (user_id = (select auth.uid()));

alter table public.quiz_attempt enable row level security;
create policy "a student reads their attempts" on public.quiz_attempt
  for select to authenticated using (user_id = (select auth.uid()));
create policy "a student adds their attempts" on public.quiz_attempt
  for insert to authenticated with check (user_id = (select auth.uid()));
create policy "a student changes their attempts" on public.quiz_attempt
  for update to authenticated using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));
create policy "a student removes their attempts" on public.quiz_attempt
  for delete to authenticated using (user_id = (select auth.uid()));
