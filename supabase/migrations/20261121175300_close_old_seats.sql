-- In a closed room the seats of others stay readable for those who sat there, but of somebody who is blocked on either
-- side nothing is.
drop policy "members read who sits with them" on public.room_member;
create policy "members read who sits with them" on public.room_member
  for select to authenticated
  using (
    user_id = (select auth.uid())
    or (room_id in (select private.my_rooms()) and user_id not in (select private.blocked_either_way()))
  );
