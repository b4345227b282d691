-- Flashcards with their spaced-repetition state, and the raw history of reviews, kept so that the schedule can be
-- fitted to the student later.

create table public.flashcard (
  id             uuid primary key default gen_random_uuid(),
  user_id        uuid not null default auth.uid() references auth.users on delete cascade,
  source_doc_id  uuid,
  front          text not null check (char_length(front) between 1 and 2000),
  back           text not null check (char_length(back) between 1 and 4000),
  metadata       jsonb not null default '{}' check (jsonb_typeof(metadata) = 'object'),
  due            timestamptz not null default now(),
  stability      double precision not null default 0 check (stability >= 0),
  difficulty     double precision not null default 0 check (difficulty >= 0),
  elapsed_days   int not null default 0,
  scheduled_days int not null default 0,
  learning_steps int not null default 0,
  reps           int not null default 0,
  lapses         int not null default 0,
  state          int not null default 0 check (state between 0 and 3),
  last_review    timestamptz,
  suspended      boolean not null default false,
  created_at     timestamptz not null default now(),
  updated_at     timestamptz not null default now(),
  unique (id, user_id),
  -- Both columns: a card can only come from a document of its own student.
  foreign key (source_doc_id, user_id) references public.doc_source (id, user_id) on delete set null (source_doc_id)
);
comment on table public.flashcard is 'A card and when it is due. State: 0 new, 1 learning, 2 review, 3 relearning.';
create index flashcard_due on public.flashcard (user_id, due) where not suspended;
create index flashcard_source on public.flashcard (source_doc_id);
create trigger flashcard_touch before update on public.flashcard
  for each row execute function private.touch_updated_at();

create table public.review_log (
  id             uuid primary key default gen_random_uuid(),
  user_id        uuid not null default auth.uid() references auth.users on delete cascade,
  card_id        uuid not null,
  rating         int not null check (rating between 1 and 4),
  state          int not null check (state between 0 and 3),
  due            timestamptz not null,
  stability      double precision not null,
  difficulty     double precision not null,
  scheduled_days int not null,
  duration_ms    int check (duration_ms >= 0),
  reviewed_at    timestamptz not null default now(),
  foreign key (card_id, user_id) references public.flashcard (id, user_id) on delete cascade
);
comment on table public.review_log is 'Every review as it happened, with the card''s state before it.';
create index review_log_user on public.review_log (user_id, reviewed_at desc);
create index review_log_card on public.review_log (card_id, reviewed_at);

-- History is added to, never rewritten.
revoke all on public.flashcard, public.review_log from public, anon, authenticated;
grant select, insert, update, delete on public.flashcard to authenticated;
grant select, insert on public.review_log to authenticated;
grant all on public.flashcard, public.review_log to service_role;

alter table public.flashcard enable row level security;
create policy "a student reads their cards" on public.flashcard
  for select to authenticated using (user_id = (select auth.uid()));
create policy "a student adds their cards" on public.flashcard
  for insert to authenticated with check (user_id = (select auth.uid()));
create policy "a student changes their cards" on public.flashcard
  for update to authenticated using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));
create policy "a student removes their cards" on public.flashcard
  for delete to authenticated using (user_id = (select auth.uid()));

alter table public.review_log enable row level security;
create policy "a student reads their reviews" on public.review_log
  for select to authenticated using (user_id = (select auth.uid()));
create policy "a student adds their reviews" on public.review_log
  for insert to authenticated with check (user_id = (select auth.uid()));
