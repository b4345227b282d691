-- The same question as before, in a language that keeps its plan: one that is asked by itself, as Realtime does for each
-- listener of each change, was planned anew every time, which took a third of the answer. Nothing else is different.

create or replace function private.can_see(p_other uuid) returns boolean
language plpgsql stable security definer
set search_path = ''
as $$
begin
  return p_other = (select auth.uid()) or (
    not exists (
      select 1 from public.block b
      where (b.user_id = p_other and b.blocked_user_id = (select auth.uid()))
        or (b.user_id = (select auth.uid()) and b.blocked_user_id = p_other)
    )
    and exists (
      select 1 from public.profile p
      where p.user_id = p_other and (
        p.visibility = 'everyone'
        or (p.visibility = 'matches' and exists (
          select 1 from public.match_candidate m
          where (m.user_id = p_other and m.candidate_user_id = (select auth.uid()))
            or (m.user_id = (select auth.uid()) and m.candidate_user_id = p_other)
        ))
      )
    )
  );
end
$$;
