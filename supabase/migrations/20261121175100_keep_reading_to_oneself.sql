-- That somebody has read a message says that they are there. Of a student who hides nobody is to learn that, so their
-- reading is kept where only they see it; the message itself, which its sender follows live, does not change.

create table public.nudge_seen (
  nudge_id uuid primary key references public.nudge on delete cascade,
  user_id  uuid not null default auth.uid() references auth.users on delete cascade
);
comment on table public.nudge_seen is 'Messages that a student read while hidden. Their sender never learns of it.';
create index nudge_seen_user on public.nudge_seen (user_id);

revoke all on public.nudge_seen from public, anon, authenticated;
grant select, insert on public.nudge_seen to authenticated;
grant all on public.nudge_seen to service_role;
alter table public.nudge_seen enable row level security;
create policy "a student reads what they have seen" on public.nudge_seen
  for select to authenticated using (user_id = (select auth.uid()));
create policy "a student notes what they have seen" on public.nudge_seen
  for insert to authenticated with check (
    user_id = (select auth.uid())
    and exists (select 1 from public.nudge n where n.id = nudge_id and n.to_user_id = (select auth.uid()))
  );

create or replace function public.list_nudges(p_limit int default 50, p_id uuid default null) returns jsonb
language sql stable security invoker
set search_path = ''
as $$
  with mine as (
    select n.*, case when n.user_id = (select auth.uid()) then n.to_user_id else n.user_id end as other_id,
      coalesce(n.deliver_at, n.sent_at) as arrived_at
    from public.nudge n
    where (n.to_user_id = (select auth.uid()) or n.user_id = (select auth.uid())) and (p_id is null or n.id = p_id)
      and not exists (
        select 1 from public.block b
        where b.user_id = (select auth.uid()) and b.blocked_user_id in (n.user_id, n.to_user_id)
      )
    order by coalesce(n.deliver_at, n.sent_at) desc
    limit least(greatest(coalesce(p_limit, 50), 1), 200)
  )
  select coalesce(jsonb_agg(jsonb_build_object(
      'id', m.id, 'direction', case when m.user_id = m.to_user_id then 'own'
        when m.user_id = (select auth.uid()) then 'sent' else 'received' end,
      'otherId', m.other_id, 'otherName', c.display_name, 'type', m.nudge_type, 'message', m.message,
      'status', case
        when m.status = 'sent' and exists (select 1 from public.nudge_seen s where s.nudge_id = m.id) then 'read'
        else m.status
      end,
      'metadata', m.metadata, 'sentAt', m.sent_at, 'deliverAt', m.deliver_at,
      'respondedAt', m.responded_at)
      order by m.arrived_at desc, m.id), '[]')
  from mine m
  join private.people_cards(array(select other_id from mine)) c on c.user_id = m.other_id
$$;

-- An answer may change its mind; a message that was answered is never unread again.
create or replace function public.answer_nudge(p_id uuid, p_status text) returns jsonb
language plpgsql security invoker
set search_path = ''
as $$
begin
  if p_status is null or p_status not in ('read', 'accepted', 'declined') then
    raise exception 'a message is read, accepted or declined' using errcode = 'PT400';
  end if;
  if not exists (select 1 from public.nudge n where n.id = p_id and n.to_user_id = (select auth.uid())) then
    raise exception 'there is no such message' using errcode = 'PT404';
  end if;
  if p_status = 'read' and (public.own_presence() ->> 'isHidden')::boolean then
    insert into public.nudge_seen (nudge_id) values (p_id) on conflict do nothing;
  else
    update public.nudge n
    set status = case when p_status = 'read' and n.status <> 'sent' then n.status else p_status end,
      responded_at = case when p_status = 'read' then n.responded_at else now() end
    where n.id = p_id and n.to_user_id = (select auth.uid());
  end if;
  return public.list_nudges(1, p_id) -> 0;
end
$$;
