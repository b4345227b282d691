-- What one student may learn of another: a name and what they study, never an address, goals, preferences or scores.
-- Every name of another student that leaves the database comes from people_cards.

create function private.is_here(p_presence public.presence) returns boolean
language sql stable security invoker
set search_path = ''
as $$
  select p_presence.is_online and p_presence.last_seen > now() - interval '5 minutes'
$$;
comment on function private.is_here is 'Whether a student is here now: five minutes of silence are the end of it.';
revoke all on function private.is_here from public;
grant execute on function private.is_here to authenticated, service_role;

-- Definer: the profile of another student is closed to whom it is shown here in part. Besides the students who let the
-- caller see them it names, and only names, those who made themselves known by writing to the caller, and those whom
-- the caller has blocked, or there would be nothing to undo a block by.
create function private.people_cards(p_ids uuid[])
returns table (
  user_id        uuid,
  visible        boolean,
  display_name   text,
  grade_level    text,
  subjects       text[],
  learning_style text,
  timezone       text
)
language sql stable security definer
set search_path = ''
as $$
  with other as (
    select p.*, private.can_see(p.user_id) as visible,
      exists (
        select 1 from public.block b where b.user_id = (select auth.uid()) and b.blocked_user_id = p.user_id
      ) as blocked_by_me,
      exists (
        select 1 from public.nudge n where n.user_id = p.user_id and n.to_user_id = (select auth.uid())
      ) and not exists (
        select 1 from public.block b where b.user_id = p.user_id and b.blocked_user_id = (select auth.uid())
      ) as wrote_to_me
    from public.profile p
    where (select auth.uid()) is not null and p.user_id = any (p_ids[1:500])
  )
  select o.user_id, o.visible, coalesce(o.display_name, 'A student'),
    case when o.visible then o.grade_level end,
    case when o.visible then o.subjects else '{}' end,
    case when o.visible then o.learning_style end,
    case when o.visible then o.timezone end
  from other o
  where o.visible or o.blocked_by_me or o.wrote_to_me
$$;
comment on function private.people_cards is 'The public side of students the caller may know of; others are left out.';
revoke all on function private.people_cards from public;
grant execute on function private.people_cards to authenticated;

create function public.public_profiles(p_ids uuid[])
returns table (
  user_id        uuid,
  display_name   text,
  grade_level    text,
  subjects       text[],
  learning_style text,
  timezone       text
)
language sql stable security invoker
set search_path = ''
as $$
  select c.user_id, c.display_name, c.grade_level, c.subjects, c.learning_style, c.timezone
  from private.people_cards(p_ids) c
  where c.visible
$$;
comment on function public.public_profiles is 'Students as others see them. Nullable: grade_level, learning_style';
revoke all on function public.public_profiles from public, anon;
grant execute on function public.public_profiles to authenticated;

-- A row names a student. Whoever hid or was blocked since it was written is not to be found in it either.
drop policy "a student reads their matches" on public.match_candidate;
create policy "a student reads their matches" on public.match_candidate
  for select to authenticated using (user_id = (select auth.uid()) and private.can_see(candidate_user_id));

-- Definer: matches and the record are not the student's to write. They go the moment somebody hides or is blocked,
-- without waiting for a job.
create function private.forget_matches() returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  if tg_table_name = 'block' then
    delete from public.match_candidate m
    where (m.user_id = new.user_id and m.candidate_user_id = new.blocked_user_id)
      or (m.user_id = new.blocked_user_id and m.candidate_user_id = new.user_id);
    insert into public.audit_log (user_id, action, subject)
    values (new.user_id, 'person.blocked', new.blocked_user_id::text);
  else
    delete from public.match_candidate m where m.user_id = new.user_id or m.candidate_user_id = new.user_id;
  end if;
  return null;
end
$$;
revoke all on function private.forget_matches from public;
create trigger profile_forget_matches after update of visibility on public.profile
  for each row when (new.visibility = 'private' and old.visibility <> 'private')
  execute function private.forget_matches();
create trigger block_forget_matches after insert on public.block
  for each row execute function private.forget_matches();
