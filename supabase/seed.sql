-- People to look around with: one demo student to sign in as and three fictional ones to meet. Runs on any Supabase
-- project of one's own (`supabase db reset` does it) and may run again: it changes nothing that is there.
-- Never run it where strangers can sign in, because the demo password is written here.

with person (id, email, display_name) as (
  values
    ('d0000000-0000-4000-8000-000000000001'::uuid, 'demo@clerva.local', 'Maya'),
    ('d0000000-0000-4000-8000-000000000002'::uuid, 'ines@clerva.local', 'Inês'),
    ('d0000000-0000-4000-8000-000000000003'::uuid, 'tomas@clerva.local', 'Tomás'),
    ('d0000000-0000-4000-8000-000000000004'::uuid, 'aiko@clerva.local', 'Aiko')
), account as (
  -- The empty strings are what the auth service writes itself; null in their place breaks its queries.
  insert into auth.users (id, aud, role, email, encrypted_password, email_confirmed_at, raw_app_meta_data,
    raw_user_meta_data, confirmation_token, recovery_token, email_change_token_new, email_change, created_at,
    updated_at)
  select p.id, 'authenticated', 'authenticated', p.email,
    extensions.crypt('clerva-demo-student', extensions.gen_salt('bf')), now(),
    '{"provider":"email","providers":["email"]}', jsonb_build_object('display_name', p.display_name),
    '', '', '', '', now(), now()
  from person p
  where not exists (select 1 from auth.users u where u.id = p.id or u.email = p.email)
  returning id, email
)
insert into auth.identities (id, provider, provider_id, user_id, identity_data, created_at, updated_at)
select gen_random_uuid(), 'email', a.id::text, a.id,
  jsonb_build_object('sub', a.id::text, 'email', a.email, 'email_verified', true), now(), now()
from account a;

update public.profile p
set grade_level = s.grade_level, subjects = s.subjects, goals = s.goals, learning_style = s.learning_style,
  timezone = s.timezone, visibility = s.visibility
from (
  values
    ('demo@clerva.local', 'Bachelor, year 1', array['Psychology', 'Statistics'], array['Pass the June exams'],
      'reading', 'Europe/Lisbon', 'matches'),
    ('ines@clerva.local', 'Bachelor, year 1', array['Psychology', 'Biology'], array['Learn a little every day'],
      'visual', 'Atlantic/Azores', 'everyone'),
    ('tomas@clerva.local', 'Bachelor, year 2', array['Statistics', 'Computer Science'],
      array['Finish the data project'], 'reading', 'Europe/Lisbon', 'everyone'),
    ('aiko@clerva.local', 'Bachelor, year 1', array['Intro to Psychology', 'Philosophy'],
      array['Discuss what I read'], 'auditory', 'Asia/Tokyo', 'everyone')
) as s (email, grade_level, subjects, goals, learning_style, timezone, visibility)
join auth.users u on u.email = s.email
-- Only a profile that nobody has touched: what a person changed stays theirs.
where p.user_id = u.id and p.grade_level is null and p.subjects = '{}';

-- Only a week that nobody has painted.
insert into public.availability_block (user_id, dow, start_min, end_min, timezone)
select u.id, w.dow, w.start_min, w.end_min, w.timezone
from (
  select 'demo@clerva.local' as email, dow, 1080 as start_min, 1290 as end_min, 'Europe/Lisbon' as timezone
  from generate_series(1, 5) as dow
  union all
  select 'ines@clerva.local', dow, 1020, 1230, 'Atlantic/Azores' from generate_series(1, 5) as dow
  union all
  values
    ('demo@clerva.local', 6, 600, 720, 'Europe/Lisbon'),
    ('ines@clerva.local', 6, 540, 720, 'Atlantic/Azores'),
    ('tomas@clerva.local', 3, 1020, 1170, 'Europe/Lisbon'),
    ('tomas@clerva.local', 4, 1200, 1320, 'Europe/Lisbon'),
    ('aiko@clerva.local', 6, 1020, 1260, 'Asia/Tokyo'),
    ('aiko@clerva.local', 0, 1020, 1260, 'Asia/Tokyo')
) as w (email, dow, start_min, end_min, timezone)
join auth.users u on u.email = w.email
where not exists (select 1 from public.availability_block b where b.user_id = u.id);

-- Here now, for five minutes.
insert into public.presence (user_id, is_online, last_seen, current_activity)
select u.id, true, now(), s.activity
from (
  values ('ines@clerva.local', 'available'), ('tomas@clerva.local', 'studying'), ('aiko@clerva.local', 'idle')
) as s (email, activity)
join auth.users u on u.email = s.email
on conflict (user_id) do update set is_online = true, last_seen = now();

-- What the fictional ones have shown they know, so that there is something to explain to each other. The demo student's
-- results are their own.
insert into public.learning_profile (user_id, strengths, weaknesses, analytics)
select u.id, array_agg(t.topic) filter (where t.average >= 0.7), coalesce(array_agg(t.topic) filter (where t.average < 0.6), '{}'),
  jsonb_build_object(
    'totalAttempts', count(*), 'averageScore', sum(t.average * t.answers) / sum(t.answers),
    'topicBreakdown', jsonb_agg(jsonb_build_object('topic', t.topic, 'average', t.average, 'answers', t.answers,
      'certainty', t.answers / (t.answers + 5.0), 'low', greatest(0, t.average - 0.15),
      'high', least(1, t.average + 0.15), 'retention', null, 'lastSeenAt', now(), 'contestedAt', null)),
    'calibration', '{"certainWrong":0,"certainTotal":0,"guessingRight":0,"guessingTotal":0,"items":[]}'::jsonb,
    'history', '[]'::jsonb, 'computedAt', now())
from (
  values
    ('ines@clerva.local', 'Encoding', 0.45, 12), ('ines@clerva.local', 'Storage', 0.5, 10),
    ('ines@clerva.local', 'Retrieval', 0.9, 14), ('ines@clerva.local', 'Mitosis', 0.85, 16),
    ('tomas@clerva.local', 'Comparison sorts', 0.92, 18), ('tomas@clerva.local', 'Encoding', 0.3, 6),
    ('aiko@clerva.local', 'Storage', 0.88, 12), ('aiko@clerva.local', 'Forgetting', 0.8, 8)
) as t (email, topic, average, answers)
join auth.users u on u.email = t.email
group by u.id
on conflict (user_id) do nothing;
