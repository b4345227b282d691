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
revoke all on function private.attempt_state from public;
grant execute on function private.attempt_state to authenticated;

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
revoke all on function public.start_attempt from public, anon;
grant execute on function public.start_attempt to authenticated;

create function public.answer_question(
  p_attempt_id uuid, p_item_id text, p_option_id text, p_confidence text default null, p_duration_ms int default null
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
  select i.value into item
  from public.quiz q cross join lateral jsonb_array_elements(q.items) as i
  where q.id = attempt.quiz_id and i.value ->> 'id' = p_item_id and p_item_id = any (attempt.item_ids)
  limit 1;
  if item is null then
    raise exception 'no such question in this attempt' using errcode = 'PT400';
  end if;

  if not attempt.answers @> jsonb_build_array(jsonb_build_object('itemId', p_item_id)) then
    was_new := true;
    update public.quiz_attempt a
    set answers = a.answers || jsonb_build_array(jsonb_build_object('itemId', p_item_id, 'optionId', p_option_id,
      'confidence', p_confidence, 'durationMs', p_duration_ms))
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
revoke all on function public.answer_question from public, anon;
grant execute on function public.answer_question to authenticated;

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
revoke all on function public.finish_attempt from public, anon;
grant execute on function public.finish_attempt to authenticated;
