-- A profile that knows what it was made from: the fingerprint of its evidence, and when that was read. Two runs may
-- work on the same student; the one that read later is the one that stays.

alter table public.learning_profile
  add column evidence_mark    text,
  add column evidence_read_at timestamptz;
comment on column public.learning_profile.evidence_mark is 'learning_evidence_mark() of what it was made from.';

create function public.read_learning_profile(p_user_id uuid) returns jsonb
language sql stable security invoker
set search_path = ''
as $$
  select jsonb_build_object(
    'currentMark', public.learning_evidence_mark(p_user_id),
    'profile', (
      select jsonb_build_object('strengths', to_jsonb(p.strengths), 'weaknesses', to_jsonb(p.weaknesses),
        'recommendedFocus', to_jsonb(p.recommended_focus), 'analytics', p.analytics, 'mark', p.evidence_mark)
      from public.learning_profile p where p.user_id = p_user_id
    )
  )
$$;
comment on function public.read_learning_profile is 'The stored profile, and the fingerprint of the evidence there is now.';
revoke all on function public.read_learning_profile from public, anon;
grant execute on function public.read_learning_profile to authenticated, service_role;

create function public.save_learning_profile(
  p_user_id uuid, p_strengths text[], p_weaknesses text[], p_recommended_focus text[], p_analytics jsonb,
  p_mark text, p_read_at timestamptz
) returns boolean
language plpgsql security invoker
set search_path = ''
as $$
begin
  insert into public.learning_profile as p
    (user_id, strengths, weaknesses, recommended_focus, analytics, evidence_mark, evidence_read_at)
  values (p_user_id, p_strengths, p_weaknesses, p_recommended_focus, p_analytics, p_mark, p_read_at)
  on conflict (user_id) do update
  set strengths = excluded.strengths, weaknesses = excluded.weaknesses,
    recommended_focus = excluded.recommended_focus, analytics = excluded.analytics,
    evidence_mark = excluded.evidence_mark, evidence_read_at = excluded.evidence_read_at
  where p.evidence_read_at is null or p.evidence_read_at <= excluded.evidence_read_at;
  return found;
end
$$;
comment on function public.save_learning_profile is 'Keeps a profile unless a newer one is there.';
revoke all on function public.save_learning_profile from public, anon;
grant execute on function public.save_learning_profile to authenticated, service_role;
