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
  perform pg_advisory_xact_lock(hashtextextended('study_plan:' || student::text, 0));
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
  perform pg_advisory_xact_lock(hashtextextended('study_plan:' || student::text, 0));
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

revoke all on function public.create_study_plan, public.save_study_plan, public.tick_plan_task,
  public.activate_study_plan from public, anon;
grant execute on function public.create_study_plan, public.save_study_plan, public.tick_plan_task,
  public.activate_study_plan to authenticated;
