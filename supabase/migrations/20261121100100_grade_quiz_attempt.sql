-- An attempt is graded here, whoever writes it. What comes in says only which option was chosen; whether it was right,
-- the counts, the score and the end are worked out from the quiz's items, so no client can give itself a score and no
-- two clients can disagree.
--
-- item_ids  the questions this attempt asks, in their order: those of the quiz without the reported ones, or the part
--           of them that was asked for when it began
-- answers   [{itemId, optionId, confidence, correct, answeredAt, durationMs}]; optionId null means skipped. The first
--           answer to a question stays; later ones to the same question are ignored.
-- score     correct / total, once the attempt is finished

alter table public.quiz_attempt add column item_ids text[] not null default '{}';
comment on column public.quiz_attempt.item_ids is 'The questions of this attempt. Given when it begins, else all that were not reported.';

-- Two tabs, or two devices, answer the same attempt.
create unique index quiz_attempt_running on public.quiz_attempt (quiz_id, user_id) where finished_at is null;

create function private.grade_quiz_attempt() returns trigger
language plpgsql security invoker
set search_path = ''
as $$
declare
  items        jsonb;
  held         jsonb := '[]';
  entry        jsonb;
  item         jsonb;
  chosen       text;
  was_finished boolean := false;
begin
  -- A quiz that is not there for the writer has no items; row level security and the foreign key refuse the row.
  select q.items into items from public.quiz q where q.id = new.quiz_id and q.user_id = new.user_id;

  if tg_op = 'INSERT' then
    new.started_at := pg_catalog.clock_timestamp();
    new.item_ids := coalesce((
      select array_agg(asked.id order by asked.place)
      from (
        select i.value ->> 'id' as id, min(i.ordinality) as place
        from jsonb_array_elements(items) with ordinality as i
        where jsonb_typeof(i.value -> 'id') = 'string'
          and (coalesce(cardinality(new.item_ids), 0) = 0 or i.value ->> 'id' = any (new.item_ids))
          and not exists (
            select 1 from public.quiz_item_report r where r.quiz_id = new.quiz_id and r.item_id = i.value ->> 'id'
          )
        group by 1
      ) asked
    ), '{}');
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
    chosen := entry ->> 'optionId';
    if chosen is not null and not (item -> 'choices' @> jsonb_build_array(jsonb_build_object('id', chosen))) then
      raise exception 'no such option in this question' using errcode = 'PT400';
    end if;
    if was_finished then
      raise exception 'this attempt is finished' using errcode = 'PT409';
    end if;
    held := held || jsonb_build_array(jsonb_build_object(
      'itemId', item ->> 'id',
      'optionId', chosen,
      'confidence', case
        when chosen is not null and entry ->> 'confidence' in ('guessing', 'fairly', 'certain') then entry ->> 'confidence'
      end,
      'correct', coalesce(chosen = item ->> 'answer', false),
      'answeredAt', pg_catalog.clock_timestamp(),
      'durationMs', case
        when jsonb_typeof(entry -> 'durationMs') = 'number'
        then least(greatest((entry ->> 'durationMs')::numeric, 0), 86400000)::int
      end
    ));
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
    when new.finished_at is not null and new.total > 0 then new.correct::double precision / new.total
  end;
  return new;
end
$$;
comment on function private.grade_quiz_attempt() is 'Derives what an attempt is worth from the quiz''s own items.';
revoke all on function private.grade_quiz_attempt() from public;

create trigger quiz_attempt_grade before insert or update on public.quiz_attempt
  for each row execute function private.grade_quiz_attempt();

-- Only what a student decides may be written at all.
revoke insert, update on public.quiz_attempt from authenticated;
revoke update (answers, score, correct, total, finished_at) on public.quiz_attempt from authenticated;
grant insert (user_id, quiz_id, item_ids, answers) on public.quiz_attempt to authenticated;
grant update (answers, finished_at) on public.quiz_attempt to authenticated;
