-- Rooms end by themselves, and blocking somebody ends sharing one at once.

create function public.tidy_rooms() returns jsonb
language plpgsql volatile security invoker
set search_path = ''
as $$
declare
  seats     int;
  closed    int;
  forgotten int;
begin
  -- A closed laptop says nothing; ten minutes of silence give its seat free, from the moment it was last heard of.
  select count(*) into seats from (
    select private.end_stay(m.room_id, m.user_id, m.seen_at)
    from public.room_member m
    join public.room r on r.id = m.room_id and r.status = 'open'
    where m.left_at is null and m.seen_at < clock_timestamp() - interval '10 minutes'
    order by m.room_id, m.user_id
  ) freed;
  -- One left empty may be come back to for ten minutes.
  select count(*) into closed from (
    select private.shut_room(r.id, least(r.ends_at, clock_timestamp()))
    from public.room r
    where r.status = 'open' and (
      r.ends_at <= clock_timestamp()
      or not exists (
        select 1 from public.room_member m
        where m.room_id = r.id and (m.left_at is null or m.left_at > clock_timestamp() - interval '10 minutes')
      )
    )
    order by r.id
  ) shut;
  -- Talk is for the session and its recap, not for a record of who said what.
  with gone as (
    delete from public.room r
    where r.status = 'closed' and r.closed_at < clock_timestamp() - interval '30 days'
    returning 1
  )
  select count(*) into forgotten from gone;
  return jsonb_build_object('seats', seats, 'rooms', closed, 'forgotten', forgotten);
end
$$;
comment on function public.tidy_rooms is 'Frees silent seats, closes rooms that are empty or over, and forgets old ones.';
revoke all on function public.tidy_rooms from public, anon, authenticated;
grant execute on function public.tidy_rooms to service_role;

-- Definer: the seat of the other is not the student's to take. A host who blocks somebody stays and the other loses the
-- seat; anybody else who blocks leaves. Neither side is told why.
create function private.part_in_rooms() returns trigger
language plpgsql security definer
set search_path = ''
as $$
declare
  shared record;
begin
  for shared in
    select r.id, r.user_id = new.user_id as is_host
    from public.room r
    join public.room_member a on a.room_id = r.id and a.user_id = new.user_id and a.left_at is null
    join public.room_member b on b.room_id = r.id and b.user_id = new.blocked_user_id and b.left_at is null
    where r.status = 'open'
    order by r.id
  loop
    perform private.end_stay(shared.id, case when shared.is_host then new.blocked_user_id else new.user_id end,
      clock_timestamp(), shared.is_host);
  end loop;
  return null;
end
$$;
revoke all on function private.part_in_rooms from public;
create trigger block_part_in_rooms after insert on public.block
  for each row execute function private.part_in_rooms();

-- Who sat in one room has met: a seat beside somebody is enough to block or report them.
create or replace function private.has_met(p_other uuid) returns boolean
language sql stable security invoker
set search_path = ''
as $$
  select p_other <> (select auth.uid()) and (
    private.can_see(p_other)
    or exists (
      select 1 from public.nudge n
      where (n.user_id = p_other and n.to_user_id = (select auth.uid()))
        or (n.user_id = (select auth.uid()) and n.to_user_id = p_other)
    )
    or exists (
      select 1 from public.block b where b.user_id = (select auth.uid()) and b.blocked_user_id = p_other
    )
    or exists (
      select 1 from public.room_member m
      where m.user_id = p_other and m.room_id in (select private.my_rooms())
    )
  )
$$;
