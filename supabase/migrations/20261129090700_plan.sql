-- The weeks to the exam: on which weekdays a plan studies, where it begins and ends, and what was moved. A student follows
-- one plan at a time; the others are kept and can be taken up again.

-- A function of this file names tables of later ones; tests/db/catalog.test.ts checks the text of every function.
set check_function_bodies = off;

create table public.study_plan (
  id                uuid primary key default gen_random_uuid(),
  user_id           uuid not null default auth.uid() references auth.users on delete cascade,
  title             text not null check (char_length(title) between 1 and 200),
  goals             text[] not null default '{}' check (private.texts_fit(goals, 50, 200)),
  time_per_day_min  int not null check (time_per_day_min between 1 and 1440),
  days_per_week     int not null check (days_per_week between 1 and 7),
  deadline          date,
  week_blocks       jsonb not null default '[]' check (jsonb_typeof(week_blocks) = 'array' and pg_column_size(week_blocks) <= 1048576),
  created_at        timestamptz not null default now(),
  updated_at        timestamptz not null default now(),
  weekdays          int[] not null default '{}' check (weekdays <@ array[0, 1, 2, 3, 4, 5, 6] and cardinality(weekdays) <= 7),
  starts_on         date not null default current_date,
  ends_on           date not null default current_date + 27,
  detail            jsonb not null default '{}' check (jsonb_typeof(detail) = 'object' and pg_column_size(detail) <= 1048576),
  version           int not null default 1 check (version >= 1 and version <= 1000000000),
  archived_at       timestamptz
);
comment on table public.study_plan is 'A plan of weeks with tasks.';
comment on column public.study_plan.weekdays is 'The days that are studied on; 0 is Sunday.';
comment on column public.study_plan.ends_on is 'The last day that may hold a task: the day before the deadline.';
comment on column public.study_plan.detail is 'How it fits, what comes first and why, what was moved or set aside.';
comment on column public.study_plan.version is 'Grows with every change, so that two tabs cannot overwrite each other.';
create index study_plan_user on public.study_plan (user_id, created_at desc);
create unique index study_plan_active on public.study_plan (user_id) where archived_at is null;
create trigger study_plan_rows after insert on public.study_plan referencing new table as added
  for each statement execute function private.bound_rows(200, 'user_id');
create trigger study_plan_touch before update on public.study_plan
  for each row execute function private.touch_updated_at();

revoke all on public.study_plan from public, anon, authenticated;
grant all on public.study_plan to service_role;
alter table public.study_plan enable row level security;
create policy "a student reads their plans" on public.study_plan
  for select to authenticated using (user_id = (select auth.uid()));
create policy "a student adds their plans" on public.study_plan
  for insert to authenticated with check (user_id = (select auth.uid()));
create policy "a student changes their plans" on public.study_plan
  for update to authenticated using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));
create policy "a student removes their plans" on public.study_plan
  for delete to authenticated using (user_id = (select auth.uid()));
grant select, insert, update, delete on public.study_plan to authenticated;

-- The moments a plan changes, each one transaction. A plan arrives here whole, as the app has computed it; ticks alone are
-- made inside the row, because they come from several tabs and none may be lost.

-- With p_only_if_none a plan that is there already wins: two tabs that both found none make one together.
create function public.create_study_plan(p_plan jsonb, p_only_if_none boolean default false)
returns public.study_plan
language plpgsql security invoker
set search_path = ''
as $$
declare
  student uuid := (select auth.uid());
  wanted  public.study_plan := jsonb_populate_record(null::public.study_plan, p_plan);
  active  public.study_plan;
  made    public.study_plan;
begin
  perform private.in_turn('study_plan');
  select * into active from public.study_plan p where p.user_id = student and p.archived_at is null;
  if found then
    -- A second press, or a request that was sent again, makes no second plan.
    if p_only_if_none or (
      active.created_at > now() - interval '20 seconds' and active.version = 1
      and active.goals = wanted.goals and active.time_per_day_min = wanted.time_per_day_min
      and active.weekdays = wanted.weekdays and active.deadline is not distinct from wanted.deadline
      and active.week_blocks = wanted.week_blocks
    ) then
      return active;
    end if;
    update public.study_plan set archived_at = now(), version = version + 1 where id = active.id;
  end if;

  insert into public.study_plan (title, goals, time_per_day_min, days_per_week, weekdays, deadline, starts_on, ends_on,
    week_blocks, detail)
  values (wanted.title, wanted.goals, wanted.time_per_day_min, wanted.days_per_week, wanted.weekdays, wanted.deadline,
    wanted.starts_on, wanted.ends_on, wanted.week_blocks, wanted.detail)
  returning * into made;
  return made;
end
$$;
comment on function public.create_study_plan is 'Stores a plan and puts the one before it into the archive.';

-- PT409 when the plan changed since it was read: the caller reads it again and computes anew.
create function public.save_study_plan(p_plan_id uuid, p_version int, p_plan jsonb)
returns public.study_plan
language plpgsql security invoker
set search_path = ''
as $$
declare
  wanted public.study_plan := jsonb_populate_record(null::public.study_plan, p_plan);
  saved  public.study_plan;
begin
  update public.study_plan p
  set title = wanted.title, goals = wanted.goals, time_per_day_min = wanted.time_per_day_min,
    days_per_week = wanted.days_per_week, weekdays = wanted.weekdays, deadline = wanted.deadline,
    starts_on = wanted.starts_on, ends_on = wanted.ends_on, week_blocks = wanted.week_blocks, detail = wanted.detail,
    version = p.version + 1
  where p.id = p_plan_id and p.version = p_version
  returning p.* into saved;
  if found then
    return saved;
  end if;
  if exists (select 1 from public.study_plan p where p.id = p_plan_id) then
    raise exception 'the plan was changed meanwhile' using errcode = 'PT409';
  end if;
  raise exception 'plan not found' using errcode = 'PT404';
end
$$;
comment on function public.save_study_plan is 'Replaces what a plan says, if nobody else has since it was read.';

-- Says whether a task is done. Twice the same is once; two tabs that tick two tasks both keep their tick.
create function public.tick_plan_task(p_plan_id uuid, p_task_id text, p_completed boolean)
returns public.study_plan
language plpgsql security invoker
set search_path = ''
as $$
declare
  plan public.study_plan;
begin
  select * into plan from public.study_plan p where p.id = p_plan_id for update;
  if not found or not jsonb_path_exists(
    plan.week_blocks, '$[*].tasks[*] ? (@.id == $id)', jsonb_build_object('id', p_task_id)
  ) then
    raise exception 'task not found' using errcode = 'PT404';
  end if;
  update public.study_plan p
  set version = p.version + 1, week_blocks = (
    select jsonb_agg(
      jsonb_set(block, '{tasks}', (
        select coalesce(jsonb_agg(
          case when task ->> 'id' = p_task_id
            then jsonb_set(task, '{completed}', to_jsonb(p_completed)) else task end
          order by place
        ), '[]')
        from jsonb_array_elements(block -> 'tasks') with ordinality as t(task, place)
      ))
      order by week
    )
    from jsonb_array_elements(p.week_blocks) with ordinality as b(block, week)
  )
  where p.id = p_plan_id
  returning * into plan;
  return plan;
end
$$;
comment on function public.tick_plan_task is 'Marks one task as done or not done.';

-- Takes up a plan from the archive; the one that was followed goes there.
create function public.activate_study_plan(p_plan_id uuid)
returns public.study_plan
language plpgsql security invoker
set search_path = ''
as $$
declare
  student uuid := (select auth.uid());
  plan    public.study_plan;
begin
  perform private.in_turn('study_plan');
  perform 1 from public.study_plan p where p.id = p_plan_id;
  if not found then
    raise exception 'plan not found' using errcode = 'PT404';
  end if;
  update public.study_plan p set archived_at = now(), version = p.version + 1
  where p.user_id = student and p.archived_at is null and p.id <> p_plan_id;
  update public.study_plan p set archived_at = null, version = p.version + 1
  where p.id = p_plan_id
  returning * into plan;
  return plan;
end
$$;
comment on function public.activate_study_plan is 'Makes a plan the one that is followed.';

grant execute on function public.create_study_plan, public.save_study_plan, public.tick_plan_task,
  public.activate_study_plan to authenticated;

-- Everything a plan is made of, in one round trip: what the student has to study with, what was measured, and the tasks of
-- their own that a new plan takes over. Headings are summed up here: a document has thousands of pieces, a plan needs
-- where each heading begins and how much stands under it.
create function public.plan_material() returns jsonb
language sql stable security invoker
set search_path = ''
as $$
  with document as (
    select d.id, d.title, d.course, d.created_at
    from public.doc_source d
    where d.user_id = (select auth.uid()) and d.status = 'ready' and d.source_type <> 'attachment' and d.replaced_by is null
    order by d.created_at desc
    limit 60
  ), section as (
    select c.doc_id, c.heading_path[1:3] as path, min(c.ord) as first, min(c.page_start) as page,
      max(coalesce(c.page_end, c.page_start)) as last_page,
      sum(coalesce(c.token_count, char_length(c.content) / 4)) as tokens,
      row_number() over (partition by c.doc_id order by min(c.ord)) as place
    from public.doc_chunk c
    join document d on d.id = c.doc_id
    where c.user_id = (select auth.uid())
    group by c.doc_id, c.heading_path[1:3]
  )
  select jsonb_build_object(
    'timezone', (select p.timezone from public.profile p where p.user_id = (select auth.uid())),
    'documents', coalesce((
      select jsonb_agg(jsonb_build_object('id', d.id, 'title', d.title, 'course', d.course, 'sections', coalesce((
        select jsonb_agg(jsonb_build_object('headingPath', to_jsonb(s.path), 'page', s.page, 'lastPage', s.last_page,
          'tokens', s.tokens) order by s.first)
        from section s where s.doc_id = d.id and s.place <= 200
      ), '[]')) order by d.created_at desc)
      from document d
    ), '[]'),
    'decks', coalesce((
      select jsonb_agg(jsonb_build_object('id', d.id, 'name', d.name, 'cards', d.cards) order by d.name)
      from (
        select k.id, k.name, count(f.id) as cards
        from public.deck k
        left join public.flashcard f on f.deck_id = k.id and not f.proposed and not f.suspended
        where k.user_id = (select auth.uid())
        group by k.id, k.name
        order by k.name
        limit 200
      ) d
    ), '[]'),
    'quizzes', coalesce((
      select jsonb_agg(jsonb_build_object('id', q.id, 'topic', q.topic, 'questions', q.questions)
        order by q.created_at desc)
      from (
        select z.id, z.topic, z.questions, z.created_at from public.quiz z where z.user_id = (select auth.uid()) order by z.created_at desc limit 50
      ) q
    ), '[]'),
    'topics', coalesce((
      select l.analytics -> 'topicBreakdown' from public.learning_profile l where l.user_id = (select auth.uid())
    ), '[]'),
    'ownTasks', coalesce((
      select jsonb_agg(task)
      from public.study_plan p, jsonb_path_query(p.week_blocks, '$[*].tasks[*]') as task
      where p.user_id = (select auth.uid()) and p.archived_at is null
        and task ->> 'kind' = 'own' and task ->> 'completed' = 'false'
    ), '[]')
  )
$$;
comment on function public.plan_material is 'Documents by heading, decks, quizzes, measured topics and open own tasks.';
grant execute on function public.plan_material to authenticated;

revoke all on all routines in schema public, private from public;
