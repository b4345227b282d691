-- What a plan needs to stay true while days pass: on which weekdays it studies, where it begins and ends, and what was
-- moved. A student follows one plan at a time; the others are kept and can be taken up again.

alter table public.study_plan
  add column weekdays    int[] not null default '{}' check (weekdays <@ array[0, 1, 2, 3, 4, 5, 6]),
  add column starts_on   date not null default current_date,
  add column ends_on     date not null default current_date + 27,
  add column detail      jsonb not null default '{}' check (jsonb_typeof(detail) = 'object'),
  add column version     int not null default 1,
  add column archived_at timestamptz;
comment on column public.study_plan.weekdays is 'The days that are studied on; 0 is Sunday.';
comment on column public.study_plan.ends_on is 'The last day that may hold a task: the day before the deadline.';
comment on column public.study_plan.detail is 'How it fits, what comes first and why, what was moved or set aside.';
comment on column public.study_plan.version is 'Grows with every change, so that two tabs cannot overwrite each other.';

-- Plans from before there was one active plan: the newest stays.
update public.study_plan p set archived_at = now()
where exists (
  select 1 from public.study_plan newer
  where newer.user_id = p.user_id and (newer.created_at, newer.id) > (p.created_at, p.id)
);

create unique index study_plan_active on public.study_plan (user_id) where archived_at is null;
