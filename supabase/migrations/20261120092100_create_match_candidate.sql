-- Who may study with whom: whom a student has blocked, and the scores that were worked out for them. They come before
-- presence and invitations because both ask here whether one student may see another.

create table public.block (
  user_id         uuid not null default auth.uid() references auth.users on delete cascade,
  blocked_user_id uuid not null references auth.users on delete cascade,
  created_at      timestamptz not null default now(),
  primary key (user_id, blocked_user_id),
  check (user_id <> blocked_user_id)
);
comment on table public.block is 'Whom a student does not want to meet. The other side never learns of it.';
create index block_blocked on public.block (blocked_user_id);

create table public.match_candidate (
  user_id           uuid not null default auth.uid() references auth.users on delete cascade,
  candidate_user_id uuid not null references auth.users on delete cascade,
  score             double precision not null check (score between 0 and 1),
  facets            jsonb not null default '[]' check (jsonb_typeof(facets) = 'array'),
  computed_at       timestamptz not null default now(),
  primary key (user_id, candidate_user_id),
  check (user_id <> candidate_user_id)
);
comment on table public.match_candidate is 'Precomputed scores of a student with others.';
create index match_candidate_score on public.match_candidate (user_id, score desc);
create index match_candidate_candidate on public.match_candidate (candidate_user_id);

revoke all on public.block, public.match_candidate from public, anon, authenticated;
grant select, insert, delete on public.block to authenticated;
grant select on public.match_candidate to authenticated;
grant all on public.block, public.match_candidate to service_role;

alter table public.block enable row level security;
create policy "a student reads whom they blocked" on public.block
  for select to authenticated using (user_id = (select auth.uid()));
create policy "a student adds whom they blocked" on public.block
  for insert to authenticated with check (user_id = (select auth.uid()));
create policy "a student removes whom they blocked" on public.block
  for delete to authenticated using (user_id = (select auth.uid()));

alter table public.match_candidate enable row level security;
create policy "a student reads their matches" on public.match_candidate
  for select to authenticated using (user_id = (select auth.uid()));

-- Definer: the answer depends on rows of both students (visibility, blocks), of which the asking one may read only
-- their own. It gives away nothing but yes or no.
create function private.can_see(p_other uuid) returns boolean
language sql stable security definer
set search_path = ''
as $$
  select p_other = (select auth.uid()) or (
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
  )
$$;
comment on function private.can_see is 'Whether the signed-in student may know that another one exists.';
revoke all on function private.can_see from public;
grant execute on function private.can_see to authenticated;
