-- Quizzes and what students answered. Items carry option ids and the passage that proves the answer; an attempt is
-- graded by the server against those ids, so a model never decides whether an answer was right.

create table public.quiz (
  id         uuid primary key default gen_random_uuid(),
  user_id    uuid not null default auth.uid() references auth.users on delete cascade,
  thread_id  uuid,
  topic      text not null check (char_length(topic) between 1 and 200),
  difficulty text not null default 'mixed' check (difficulty in ('easy', 'medium', 'hard', 'mixed')),
  items      jsonb not null check (jsonb_typeof(items) = 'array' and jsonb_array_length(items) between 1 and 50
             and pg_column_size(items) <= 1048576),
  metadata   jsonb not null default '{}' check (jsonb_typeof(metadata) = 'object' and pg_column_size(metadata) <= 32768),
  questions  int generated always as (jsonb_array_length(items)) stored,
  created_at timestamptz not null default now(),
  unique (id, user_id),
  foreign key (thread_id, user_id) references public.thread (id, user_id) on delete set null (thread_id)
);
comment on table public.quiz is 'A quiz made from a student''s notes.';
create index quiz_user on public.quiz (user_id, created_at desc);
create index quiz_thread on public.quiz (thread_id);
create trigger quiz_rows after insert on public.quiz referencing new table as added
  for each statement execute function private.bound_rows(5000, 'user_id');

create table public.quiz_attempt (
  id           uuid primary key default gen_random_uuid(),
  user_id      uuid not null default auth.uid() references auth.users on delete cascade,
  quiz_id      uuid not null,
  answers      jsonb not null default '[]' check (jsonb_typeof(answers) = 'array' and pg_column_size(answers) <= 1048576),
  score        double precision check (score between 0 and 1),
  correct      int check (correct >= 0),
  total        int check (total >= 0),
  started_at   timestamptz not null default now(),
  finished_at  timestamptz,
  item_ids     text[] not null default '{}' check (private.texts_fit(item_ids, 50, 100)),
  -- Both columns: an attempt can only be at a quiz of its own student.
  foreign key (quiz_id, user_id) references public.quiz (id, user_id) on delete cascade
);
comment on table public.quiz_attempt is 'One go at a quiz, graded by option id.';
comment on column public.quiz_attempt.item_ids is 'The questions of this attempt. Given when it begins, else all that were not reported.';
create index quiz_attempt_user on public.quiz_attempt (user_id, started_at desc);
create index quiz_attempt_quiz on public.quiz_attempt (quiz_id);
create trigger quiz_attempt_rows after insert on public.quiz_attempt referencing new table as added
  for each statement execute function private.bound_rows(20000, 'user_id');
-- Two tabs, or two devices, answer the same attempt.
create unique index quiz_attempt_running on public.quiz_attempt (quiz_id, user_id) where finished_at is null;

revoke all on public.quiz from public, anon, authenticated;
grant all on public.quiz to service_role;
alter table public.quiz enable row level security;
create policy "a student reads their quizzes" on public.quiz
  for select to authenticated using (user_id = (select auth.uid()));
create policy "a student removes their quizzes" on public.quiz
  for delete to authenticated using (user_id = (select auth.uid()));
revoke all on public.quiz_attempt from public, anon, authenticated;
grant all on public.quiz_attempt to service_role;
alter table public.quiz_attempt enable row level security;
create policy "a student reads their attempts" on public.quiz_attempt
  for select to authenticated using (user_id = (select auth.uid()));
create policy "a student adds their attempts" on public.quiz_attempt
  for insert to authenticated with check (user_id = (select auth.uid()));
create policy "a student changes their attempts" on public.quiz_attempt
  for update to authenticated using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));
create policy "a student removes their attempts" on public.quiz_attempt
  for delete to authenticated using (user_id = (select auth.uid()));
-- The questions hold their answers: they are written and told by the functions below alone.
grant select (id, user_id, thread_id, topic, difficulty, questions, metadata, created_at), delete
  on public.quiz to authenticated;
grant select, delete on public.quiz_attempt to authenticated;
-- Only what a student decides may be written at all.
grant insert (user_id, quiz_id, item_ids, answers), update (answers, finished_at) on public.quiz_attempt to authenticated;

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
create trigger quiz_item_report_rows after insert on public.quiz_item_report referencing new table as added
  for each statement execute function private.bound_rows(20000, 'user_id');

revoke all on public.quiz_item_report from public, anon, authenticated;
grant all on public.quiz_item_report to service_role;
alter table public.quiz_item_report enable row level security;
create policy "a student reads their reports" on public.quiz_item_report
  for select to authenticated using (user_id = (select auth.uid()));
create policy "a student adds their reports" on public.quiz_item_report
  for insert to authenticated with check (user_id = (select auth.uid()));
create policy "a student takes their reports back" on public.quiz_item_report
  for delete to authenticated using (user_id = (select auth.uid()));
grant select, insert, delete on public.quiz_item_report to authenticated;

-- Definer: the questions hold their answers, which a student may not select. Only functions that tell of a question as
-- much as is to be told call this.
create function private.quiz_items(p_user_id uuid, p_quiz_ids uuid[])
returns table (quiz_id uuid, item jsonb, place bigint)
language sql stable security definer
set search_path = ''
as $$
  select q.id, i.value, i.ordinality
  from public.quiz q cross join lateral jsonb_array_elements(q.items) with ordinality as i
  where q.id = any (p_quiz_ids) and q.user_id = p_user_id and private.acts_for(p_user_id)
$$;
grant execute on function private.quiz_items to authenticated, service_role;

-- An attempt is graded here, whoever writes it. What comes in says only which option was chosen; whether it was right,
-- the counts, the score and the end are worked out from the quiz's items, so no client can give itself a score and no
-- two clients can disagree.
--
-- item_ids  the questions this attempt asks, in their order: those of the quiz without the reported ones, or the part
--           of them that was asked for when it began
-- answers   [{itemId, optionId, confidence, correct, answeredAt, durationMs}]; optionId null means skipped. The first
--           answer to a question stays; later ones to the same question are ignored. What is not right or wrong alone has
--           its credit from 0 to 1 besides, and a typed one its text with the words that were there, missed and astray.
-- score     the credit of all answers / total, once the attempt is finished
create function private.items_to_ask(p_quiz_id uuid, p_items jsonb, p_wanted text[]) returns text[]
language sql stable security invoker
set search_path = ''
as $$
  select coalesce(array_agg(asked.id order by asked.place), '{}')
  from (
    select i.value ->> 'id' as id, min(i.ordinality) as place
    from jsonb_array_elements(p_items) with ordinality as i
    where jsonb_typeof(i.value -> 'id') = 'string'
      and (coalesce(cardinality(p_wanted), 0) = 0 or i.value ->> 'id' = any (p_wanted))
      and not exists (
        select 1 from public.quiz_item_report r where r.quiz_id = p_quiz_id and r.item_id = i.value ->> 'id'
      )
    group by 1
  ) asked
$$;

-- Whether a word is the wanted one: itself, its plural, another ending of it, or a slip of the finger. Figures are exact.
create function private.is_word(p_given text, p_wanted text) returns boolean
language sql immutable security invoker
set search_path = ''
as $$
  select p_given = p_wanted or p_given = p_wanted || 's' or p_given || 's' = p_wanted or (
    least(char_length(p_given), char_length(p_wanted)) >= 5 and left(p_given, 1) = left(p_wanted, 1)
    and p_given || p_wanted !~ '[0-9]' and (
      left(p_given, long.part) = left(p_wanted, long.part)
      or abs(char_length(p_given) - char_length(p_wanted)) <= 1 and exists (
        select 1 from generate_series(1, char_length(p_wanted)) as same(n)
        where left(p_given, n) = left(p_wanted, n) and (
          substr(p_given, n + 2) = substr(p_wanted, n + 2)
          or substr(p_given, n + 1) = substr(p_wanted, n + 2)
          or substr(p_given, n + 2) = substr(p_wanted, n + 1)
          or substr(p_given, n + 3) = substr(p_wanted, n + 3)
            and substr(p_given, n + 1, 1) = substr(p_wanted, n + 2, 1)
            and substr(p_given, n + 2, 1) = substr(p_wanted, n + 1, 1)))))
  from (select greatest(5, ceil(0.6 * greatest(char_length(p_given), char_length(p_wanted))))::int as part) as long
$$;

-- What of an answer a text says: the words that are there, those it lacks, and those that belong to another answer. Each of
-- the latter takes one of the former away, so that writing everything earns nothing. A word of another answer is no slip.
create function private.graded_words(p_item jsonb, p_text text) returns jsonb
language sql immutable security invoker
set search_path = ''
as $$
  with given as (
    select distinct word from regexp_split_to_table(
      lower(regexp_replace(normalize(left(coalesce(p_text, ''), 500), nfkd), '[\u0300-\u036f]', '', 'g')),
      '[\s[:punct:]“”‘’«»„–—…·、。，]+') as word
    where word <> ''
  ), wanted as (
    select forms, place, exists (
      select 1 from given, jsonb_array_elements_text(forms) as form
      where given.word = form or (not coalesce(p_item -> 'foes' ? given.word, false) and private.is_word(given.word, form))
    ) as is_there
    from jsonb_array_elements(p_item -> 'words') with ordinality as w(forms, place)
  ), counted as (
    select coalesce(jsonb_agg(forms -> 0 order by place) filter (where is_there), '[]') as there,
      coalesce(jsonb_agg(forms -> 0 order by place) filter (where not is_there), '[]') as missed,
      (select coalesce(jsonb_agg(given.word order by given.word), '[]') from given where p_item -> 'foes' ? given.word) as astray
    from wanted
  )
  select jsonb_build_object('text', left(p_text, 500), 'there', there, 'missed', missed, 'astray', astray,
    'credit', greatest(0, jsonb_array_length(there) - jsonb_array_length(astray))::double precision
      / greatest(1, jsonb_array_length(there) + jsonb_array_length(missed)))
  from counted
$$;

-- The credit of an answer that is not one of four: what was typed, true or false with what is right instead, pairs, an order.
create function private.credit_of(p_item jsonb, p_chosen text, p_text text) returns jsonb
language plpgsql immutable security invoker
set search_path = ''
as $$
declare
  wanted text[] := string_to_array(p_item ->> 'answer', ',');
  given  text[] := string_to_array(p_chosen, ',');
  graded jsonb;
begin
  if p_item ->> 'format' = 'typed' then
    if coalesce(btrim(p_text), '') = '' then
      raise exception 'a typed answer has a text' using errcode = 'PT400';
    end if;
    return private.graded_words(p_item, p_text);
  elsif p_item ->> 'format' = 'truth' then
    if p_chosen not in ('true', 'false') then
      raise exception 'no such option in this question' using errcode = 'PT400';
    elsif p_chosen <> p_item ->> 'answer' or p_chosen = 'true' then
      return jsonb_build_object('credit', case when p_chosen = p_item ->> 'answer' then 1 else 0 end);
    end if;
    -- Half for seeing that it is wrong, half for what is right.
    graded := private.graded_words(p_item, p_text);
    return graded || jsonb_build_object('credit', 0.5 + (graded ->> 'credit')::double precision / 2);
  end if;
  if cardinality(given) <> cardinality(wanted)
    or (select count(distinct c ->> 'id') from jsonb_array_elements(p_item -> 'choices') as c where c ->> 'id' = any (given))
      <> cardinality(wanted) then
    raise exception 'every part has its place once' using errcode = 'PT400';
  end if;
  if p_item ->> 'format' = 'matching' then
    return jsonb_build_object('credit', (
      select count(*) from unnest(given, wanted) as pair(mine, theirs) where mine = theirs
    )::double precision / cardinality(wanted));
  end if;
  -- Of all pairs, those that stand the right way round; an order by chance, with half of them, earns nothing.
  return jsonb_build_object('credit', greatest(0, (
    select 2 * avg(case when array_position(given, wanted[a]) < array_position(given, wanted[b]) then 1 else 0 end) - 1
    from generate_subscripts(wanted, 1) as a join generate_subscripts(wanted, 1) as b on a < b
  ))::double precision);
end
$$;

create function private.graded_answer(p_item jsonb, p_entry jsonb) returns jsonb
language plpgsql volatile security invoker
set search_path = ''
as $$
declare
  chosen text := left(p_entry ->> 'optionId', 100);
  credit jsonb := '{}';
begin
  if chosen is not null and coalesce(p_item ->> 'format', 'choice') <> 'choice' then
    credit := private.credit_of(p_item, chosen, p_entry ->> 'text');
  elsif chosen is not null and not (p_item -> 'choices' @> jsonb_build_array(jsonb_build_object('id', chosen))) then
    raise exception 'no such option in this question' using errcode = 'PT400';
  end if;
  return credit || jsonb_build_object('itemId', p_item ->> 'id', 'optionId', chosen,
    'confidence', case
      when chosen is not null and p_entry ->> 'confidence' in ('guessing', 'fairly', 'certain')
      then p_entry ->> 'confidence'
    end,
    'correct', coalesce((credit ->> 'credit')::double precision = 1, chosen = p_item ->> 'answer', false), 'answeredAt', clock_timestamp(),
    'durationMs', case
      when jsonb_typeof(p_entry -> 'durationMs') = 'number'
      then least(greatest((p_entry ->> 'durationMs')::numeric, 0), 86400000)::int
    end);
end
$$;

-- Definer: it grades by the answers, which a student may not read.
create function private.grade_quiz_attempt() returns trigger
language plpgsql security definer
set search_path = ''
as $$
declare
  items        jsonb;
  held         jsonb := '[]';
  entry        jsonb;
  item         jsonb;
  graded       jsonb;
  was_finished boolean := false;
begin
  -- A quiz that is not there for the writer has no items; row level security and the foreign key refuse the row.
  select q.items into items from public.quiz q
  where q.id = new.quiz_id and q.user_id = new.user_id and private.acts_for(new.user_id);

  if tg_op = 'INSERT' then
    new.started_at := pg_catalog.clock_timestamp();
    new.item_ids := private.items_to_ask(new.quiz_id, items, new.item_ids);
  else
    new.id := old.id;
    new.user_id := old.user_id;
    new.quiz_id := old.quiz_id;
    new.item_ids := old.item_ids;
    new.started_at := old.started_at;
    held := old.answers;
    was_finished := old.finished_at is not null;
  end if;

  if jsonb_typeof(new.answers) <> 'array' or jsonb_array_length(new.answers) > 200 then
    raise exception 'answers are a list' using errcode = 'PT400';
  end if;
  for entry in select value from jsonb_array_elements(new.answers) loop
    continue when held @> jsonb_build_array(jsonb_build_object('itemId', entry -> 'itemId'));
    select i.value into item from jsonb_array_elements(items) as i
    where i.value ->> 'id' = entry ->> 'itemId' and i.value ->> 'id' = any (new.item_ids)
    limit 1;
    if item is null then
      raise exception 'no such question in this attempt' using errcode = 'PT400';
    end if;
    graded := private.graded_answer(item, entry);
    if was_finished then
      raise exception 'this attempt is finished' using errcode = 'PT409';
    end if;
    held := held || jsonb_build_array(graded);
  end loop;

  new.total := cardinality(new.item_ids);
  if was_finished then
    new.finished_at := old.finished_at;
  elsif new.finished_at is not null or (new.total > 0 and jsonb_array_length(held) >= new.total) then
    new.finished_at := pg_catalog.clock_timestamp();
    -- What was not answered counts as skipped, so that every question of a finished attempt has its answer.
    held := held || coalesce((
      select jsonb_agg(jsonb_build_object('itemId', left_over.id, 'optionId', null, 'confidence', null, 'correct', false,
        'answeredAt', new.finished_at, 'durationMs', null) order by left_over.place)
      from unnest(new.item_ids) with ordinality as left_over(id, place)
      where not held @> jsonb_build_array(jsonb_build_object('itemId', left_over.id))
    ), '[]');
  end if;
  new.answers := held;
  new.correct := (select count(*) from jsonb_array_elements(held) as a where (a.value ->> 'correct')::boolean);
  new.score := case
    when new.finished_at is not null and new.total > 0 then (
      select sum(coalesce((a.value ->> 'credit')::double precision, (a.value ->> 'correct')::boolean::int))
      from jsonb_array_elements(held) as a) / new.total
  end;
  return new;
end
$$;
comment on function private.grade_quiz_attempt() is 'Derives what an attempt is worth from the quiz''s own items.';

create trigger quiz_attempt_grade before insert or update on public.quiz_attempt
  for each row execute function private.grade_quiz_attempt();

-- Taking a quiz, each action in one round trip: begin or resume, answer, finish. The row is locked while it changes,
-- so submits that arrive together, or twice, end with one and the same result.

-- Where an attempt stands, as every function here returns it. In `private` because it is a helper, no way in.
create function private.attempt_state(p_attempt public.quiz_attempt) returns jsonb
language sql immutable security invoker
set search_path = ''
as $$
  select jsonb_build_object('id', p_attempt.id, 'quizId', p_attempt.quiz_id, 'itemIds', p_attempt.item_ids,
    'answers', p_attempt.answers, 'correct', p_attempt.correct, 'total', p_attempt.total, 'score', p_attempt.score,
    'startedAt', p_attempt.started_at, 'finishedAt', p_attempt.finished_at)
$$;
comment on function private.attempt_state is 'An attempt as clients read it.';

create function public.start_attempt(p_quiz_id uuid, p_item_ids text[] default null) returns jsonb
language plpgsql security invoker
set search_path = ''
as $$
declare
  attempt public.quiz_attempt;
begin
  insert into public.quiz_attempt (quiz_id, item_ids)
  select q.id, coalesce(p_item_ids, '{}') from public.quiz q where q.id = p_quiz_id
  on conflict (quiz_id, user_id) where finished_at is null do nothing;

  select * into attempt from public.quiz_attempt a where a.quiz_id = p_quiz_id and a.finished_at is null;
  if not found then
    raise exception 'quiz not found' using errcode = 'PT404';
  end if;
  if cardinality(attempt.item_ids) = 0 then
    raise exception 'no question of this quiz is left to ask' using errcode = 'PT409';
  end if;
  return private.attempt_state(attempt);
end
$$;
comment on function public.start_attempt is 'The unfinished attempt at a quiz, or a new one.';

create function public.answer_question(
  p_attempt_id uuid, p_item_id text, p_option_id text, p_confidence text default null, p_duration_ms int default null,
  p_text text default null
) returns jsonb
language plpgsql security invoker
set search_path = ''
as $$
declare
  attempt public.quiz_attempt;
  item    jsonb;
  was_new boolean := false;
begin
  select * into attempt from public.quiz_attempt a
  where a.id = p_attempt_id and a.user_id = (select auth.uid())
  for update;
  if not found then
    raise exception 'attempt not found' using errcode = 'PT404';
  end if;
  select i.item into item from private.quiz_items(attempt.user_id, array[attempt.quiz_id]) i
  where i.item ->> 'id' = p_item_id and p_item_id = any (attempt.item_ids)
  limit 1;
  if item is null then
    raise exception 'no such question in this attempt' using errcode = 'PT400';
  end if;

  if not attempt.answers @> jsonb_build_array(jsonb_build_object('itemId', p_item_id)) then
    was_new := true;
    update public.quiz_attempt a
    set answers = a.answers || jsonb_build_array(jsonb_build_object('itemId', p_item_id, 'optionId', p_option_id,
      'confidence', p_confidence, 'durationMs', p_duration_ms, 'text', p_text))
    where a.id = attempt.id
    returning * into attempt;
  end if;

  return jsonb_build_object(
    'isNew', was_new,
    'item', item,
    'graded', (select a.value from jsonb_array_elements(attempt.answers) as a where a.value ->> 'itemId' = p_item_id limit 1),
    'attempt', private.attempt_state(attempt)
  );
end
$$;
comment on function public.answer_question is 'Answers a question once (null skips it) and says how it was graded.';

create function public.finish_attempt(p_attempt_id uuid) returns jsonb
language plpgsql security invoker
set search_path = ''
as $$
declare
  attempt      public.quiz_attempt;
  was_finished boolean;
begin
  select * into attempt from public.quiz_attempt a
  where a.id = p_attempt_id and a.user_id = (select auth.uid())
  for update;
  if not found then
    raise exception 'attempt not found' using errcode = 'PT404';
  end if;
  was_finished := attempt.finished_at is not null;
  if not was_finished then
    update public.quiz_attempt a set finished_at = now() where a.id = p_attempt_id returning * into attempt;
  end if;
  return jsonb_build_object('isNew', not was_finished, 'attempt', private.attempt_state(attempt));
end
$$;
comment on function public.finish_attempt is 'Ends an attempt; what was not answered counts as skipped.';

-- Stores a quiz that was made from the student's notes.
--
-- Definer: what a quiz asks and holds for right is not the student's to write.
create function private.create_quiz(p_quiz jsonb) returns uuid
language sql security definer
set search_path = ''
as $$
  insert into public.quiz (user_id, thread_id, topic, difficulty, items, metadata)
  select (select auth.uid()), q.thread_id, q.topic, coalesce(q.difficulty, 'mixed'), q.items, coalesce(q.metadata, '{}')
  from jsonb_populate_record(null::public.quiz, p_quiz) q
  returning id
$$;
grant execute on function private.create_quiz to authenticated;

create function public.create_quiz(p_quiz jsonb) returns uuid
language sql security invoker
set search_path = ''
as $$ select private.create_quiz(p_quiz) $$;
comment on function public.create_quiz is 'Stores a quiz and gives its id.';
grant execute on function public.create_quiz to authenticated;

-- What the pages about quizzes read, each in one round trip.

-- A question without what tells its answer.
create function private.question_only(p_item jsonb) returns jsonb
language sql immutable security invoker
set search_path = ''
as $$
  select p_item - '{answer,explanation,source,words,foes,right,sources}'::text[]
    -- Of what is typed, matched or ordered, the concept may be the answer.
    - case when p_item ? 'format' then '{concept}'::text[] else '{}' end || case when jsonb_typeof(p_item -> 'choices') = 'array' then
    jsonb_build_object('choices', (
      select coalesce(jsonb_agg(case jsonb_typeof(c) when 'object' then c - 'why' else c end order by place), '[]')
      from jsonb_array_elements(p_item -> 'choices') with ordinality as choice(c, place)
    )) else '{}' end
$$;
grant execute on function private.question_only to authenticated;

-- The questions of these quizzes that were answered in any attempt, with their answers.
create function public.answered_items(p_quiz_ids uuid[]) returns table (quiz_id uuid, item jsonb)
language sql stable security invoker
set search_path = ''
as $$
  select i.quiz_id, i.item from private.quiz_items((select auth.uid()), p_quiz_ids) i
  where exists (
    select 1 from public.quiz_attempt a
    where a.quiz_id = i.quiz_id and a.answers @> jsonb_build_array(jsonb_build_object('itemId', i.item -> 'id'))
  )
$$;
comment on function public.answered_items is 'Questions with their answers, once they were answered.';
grant execute on function public.answered_items to authenticated;

create function public.read_quiz(p_quiz_id uuid) returns jsonb
language sql stable security invoker
set search_path = ''
as $$
  select jsonb_build_object(
    'id', q.id, 'topic', q.topic, 'difficulty', q.difficulty, 'items', coalesce(told.items, '[]'), 'metadata', q.metadata,
    'createdAt', q.created_at, 'threadId', q.thread_id,
    'reported', coalesce((
      select jsonb_agg(r.item_id order by r.created_at) from public.quiz_item_report r where r.quiz_id = q.id
    ), '[]'),
    'attempt', case when (shown.attempt).id is not null then private.attempt_state(shown.attempt) end,
    'finishedAttempts', (
      select count(*) from public.quiz_attempt a where a.quiz_id = q.id and a.finished_at is not null
    )
  )
  from public.quiz q
  -- The attempt that is open, else the one that ended last.
  left join lateral (
    select a as attempt from public.quiz_attempt a where a.quiz_id = q.id
    order by a.finished_at desc nulls first limit 1
  ) shown on true
  -- A question tells its answer once that attempt has answered it.
  left join lateral (
    select jsonb_agg(case
      when (shown.attempt).answers @> jsonb_build_array(jsonb_build_object('itemId', i.item -> 'id')) then i.item
      else private.question_only(i.item) end order by i.place) as items
    from private.quiz_items(q.user_id, array[q.id]) i
  ) told on true
  where q.id = p_quiz_id
$$;
comment on function public.read_quiz is 'A quiz with its reports and the attempt to show; answers only of what was answered.';

create function public.quiz_overview(p_limit int default 50, p_unfinished_only boolean default false)
returns table (
  id uuid, topic text, difficulty text, questions int, asked int, created_at timestamptz,
  running_attempt_id uuid, running_answered int, running_total int,
  finished_attempts int, last_score float, last_correct int, last_total int, last_finished_at timestamptz
)
language sql stable security invoker
set search_path = ''
as $$
  select q.id, q.topic, q.difficulty, q.questions,
    case when jsonb_typeof(q.metadata -> 'asked') = 'number' then (q.metadata ->> 'asked')::numeric::int
      else q.questions end,
    q.created_at,
    running.id, jsonb_array_length(running.answers), running.total,
    (select count(*)::int from public.quiz_attempt a where a.quiz_id = q.id and a.finished_at is not null),
    latest.score, latest.correct, latest.total, latest.finished_at
  from public.quiz q
  left join lateral (
    select a.* from public.quiz_attempt a where a.quiz_id = q.id and a.finished_at is null limit 1
  ) running on true
  left join lateral (
    select a.* from public.quiz_attempt a where a.quiz_id = q.id and a.finished_at is not null
    order by a.finished_at desc limit 1
  ) latest on true
  where not p_unfinished_only or running.id is not null
  -- With a limit, the ones that wait to be finished come first.
  order by running.id is null, coalesce(running.started_at, q.created_at) desc, q.id
  limit least(greatest(coalesce(p_limit, 50), 1), 200)
$$;
comment on function public.quiz_overview is
  'The student''s quizzes, unfinished ones first. Nullable: running_attempt_id, running_answered, running_total, last_score, last_correct, last_total, last_finished_at.';

create function public.report_question(p_quiz_id uuid, p_item_id text, p_reason text default null) returns void
language plpgsql security invoker
set search_path = ''
as $$
begin
  perform 1 from private.quiz_items((select auth.uid()), array[p_quiz_id]) i where i.item ->> 'id' = p_item_id;
  if not found then
    raise exception 'question not found' using errcode = 'PT404';
  end if;
  insert into public.quiz_item_report (quiz_id, item_id, reason)
  values (p_quiz_id, p_item_id, nullif(left(btrim(p_reason), 500), ''))
  on conflict (quiz_id, item_id) do nothing;
end
$$;
comment on function public.report_question is 'Calls a question of one''s own quiz unsound; saying it twice is saying it once.';

-- Whoever may call what is above; everybody else is turned away.
grant execute on function
  private.items_to_ask, private.is_word, private.graded_words, private.credit_of, private.graded_answer, private.attempt_state, public.start_attempt, public.answer_question,
  public.finish_attempt, public.read_quiz, public.quiz_overview, public.report_question to authenticated;
revoke all on all routines in schema public, private from public;
