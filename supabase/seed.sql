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
    ('aiko@clerva.local', 'Bachelor, year 1', array['Psychology', 'Philosophy'], array['Discuss what I read'],
      'auditory', 'Europe/Berlin', 'everyone')
) as s (email, grade_level, subjects, goals, learning_style, timezone, visibility)
join auth.users u on u.email = s.email
-- Only a profile that nobody has touched: what a person changed stays theirs.
where p.user_id = u.id and p.grade_level is null and p.subjects = '{}';

insert into public.availability_block (id, user_id, dow, start_min, end_min, timezone)
select b.id, b.user_id, b.dow, b.start_min, b.end_min, b.timezone
from (
  values
    ('d1000000-0000-4000-8000-000000000001'::uuid, 'd0000000-0000-4000-8000-000000000001'::uuid, 1, 1080, 1200,
      'Europe/Lisbon'),
    ('d1000000-0000-4000-8000-000000000002'::uuid, 'd0000000-0000-4000-8000-000000000002'::uuid, 1, 1080, 1260,
      'Atlantic/Azores'),
    ('d1000000-0000-4000-8000-000000000003'::uuid, 'd0000000-0000-4000-8000-000000000003'::uuid, 3, 1020, 1140,
      'Europe/Lisbon'),
    ('d1000000-0000-4000-8000-000000000004'::uuid, 'd0000000-0000-4000-8000-000000000004'::uuid, 6, 600, 720,
      'Europe/Berlin')
) as b (id, user_id, dow, start_min, end_min, timezone)
where exists (select 1 from auth.users u where u.id = b.user_id)
on conflict (id) do nothing;
