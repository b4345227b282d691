-- What the tutor remembers beyond one conversation, what a long conversation is summed up as, and the tutor's styles.
-- Plain rows that the student can read, correct and delete.

create table public.agent_memory (
  id         uuid primary key default gen_random_uuid(),
  user_id    uuid not null default auth.uid() references auth.users on delete cascade,
  scope      text not null check (scope in ('short', 'long', 'preference', 'context')),
  key        text not null check (char_length(key) between 1 and 120),
  value      jsonb not null check (pg_column_size(value) <= 4096),
  -- Where it was said, and the words: with the message goes what it said. Null: written by hand.
  message_id uuid references public.message on delete cascade,
  quote      text check (char_length(quote) <= 1000),
  expires_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  -- Said anew, a fact takes the place of what was said before.
  unique (user_id, scope, key)
);
comment on table public.agent_memory is 'Facts about a student that the tutor keeps, each from the student''s own words.';
create index agent_memory_message on public.agent_memory (message_id);
create trigger agent_memory_rows after insert on public.agent_memory referencing new table as added
  for each statement execute function private.bound_rows(500, 'user_id');
create trigger agent_memory_touch before update on public.agent_memory
  for each row execute function private.touch_updated_at();

revoke all on public.agent_memory from public, anon, authenticated;
grant all on public.agent_memory to service_role;
alter table public.agent_memory enable row level security;
create policy "a student reads what is remembered" on public.agent_memory
  for select to authenticated using (user_id = (select auth.uid()));
create policy "a student adds what is remembered" on public.agent_memory
  for insert to authenticated with check (user_id = (select auth.uid()));
create policy "a student corrects what is remembered" on public.agent_memory
  for update to authenticated using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));
create policy "a student deletes what is remembered" on public.agent_memory
  for delete to authenticated using (user_id = (select auth.uid()));
grant select, insert, update, delete on public.agent_memory to authenticated;

-- Paused, nothing new is remembered and no answer reads what is there. A preference, so that it stands with the others.
create function private.memory_is_paused() returns boolean
language sql stable security invoker
set search_path = ''
as $$
  select exists (
    select from public.profile p where p.user_id = (select auth.uid()) and p.preferences -> 'memoryPaused' = 'true')
$$;
grant execute on function private.memory_is_paused to authenticated;

-- What was said before under the same key in other messages, by the id of the fact: it holds again where the later one is taken back or deleted.
create table public.earlier_fact (
  like public.agent_memory including defaults including constraints,
  primary key (user_id, scope, key, message_id),
  foreign key (user_id) references auth.users on delete cascade,
  foreign key (message_id) references public.message on delete cascade
);
comment on table public.earlier_fact is 'Facts that a later one stands before, under its id.';
create index earlier_fact_message on public.earlier_fact (message_id);
create trigger earlier_fact_rows after insert on public.earlier_fact referencing new table as added
  for each statement execute function private.bound_rows(2000, 'user_id');

revoke all on public.earlier_fact from public, anon, authenticated;
grant all on public.earlier_fact to service_role;
alter table public.earlier_fact enable row level security;
create policy "a student reads what was remembered" on public.earlier_fact
  for select to authenticated using (user_id = (select auth.uid()));
create policy "a student deletes what was remembered" on public.earlier_fact
  for delete to authenticated using (user_id = (select auth.uid()));
grant select, delete on public.earlier_fact to authenticated;

create function private.known_facts() returns setof public.agent_memory
language sql stable security invoker
set search_path = ''
as $$
  select * from public.agent_memory a where a.user_id = (select auth.uid())
  union all
  select * from public.earlier_fact e where e.user_id = (select auth.uid())
$$;
comment on function private.known_facts is 'Facts of the caller with what stood there before.';

-- What holds: under each key one fact, the last that was said on the ways that are shown, else on one that was left. What
-- was asked otherwise holds as it is asked now, and what was deleted no more; row security hides it while that can be taken
-- back.
create function private.standing_facts() returns setof public.agent_memory
language sql stable security invoker
set search_path = ''
as $$
  select * from (
    select distinct on (a.scope, a.key) a.*
    from private.known_facts() a left join public.message m on m.id = a.message_id
    where a.message_id is null or m.is_shown or m.is_chosen
    order by a.scope, a.key, (a.message_id is null or m.is_shown) desc, a.updated_at desc, m.seq desc
  ) f
  -- One that has run out brings nothing back that it stood before.
  where f.expires_at is null or f.expires_at > now()
$$;
comment on function private.standing_facts is 'The facts of the caller that hold, one under each key.';
grant execute on function private.known_facts, private.standing_facts to authenticated;

create function public.list_facts() returns table (
  id uuid, scope text, key text, value jsonb, quote text, message_id uuid, thread_id uuid, expires_at timestamptz,
  updated_at timestamptz
)
language sql stable security invoker
set search_path = ''
as $$
  select f.id, f.scope, f.key, f.value, f.quote, f.message_id, m.thread_id, f.expires_at, f.updated_at
  from private.standing_facts() f left join public.message m on m.id = f.message_id
  order by f.updated_at desc, f.id
$$;
comment on function public.list_facts is 'What is remembered of the caller, the newest first. Nullable: quote, message_id, thread_id, expires_at.';
grant execute on function public.list_facts to authenticated;

-- The running summary of a conversation that outgrew its share of a turn. Every sentence keeps the ids of the messages it
-- came from, so that nothing is ever made of a summary alone.
create table public.thread_summary (
  thread_id  uuid primary key,
  user_id    uuid not null default auth.uid() references auth.users on delete cascade,
  -- [{"text": …, "messageIds": […]}], the oldest first.
  sentences  jsonb not null default '[]' check (jsonb_typeof(sentences) = 'array' and pg_column_size(sentences) <= 65536),
  -- Messages up to this place of the conversation are in it.
  covers_seq bigint not null default 0 check (covers_seq >= 0),
  -- The student's messages up to this place were read for what they say of themselves.
  remembered_seq bigint not null default 0 check (remembered_seq >= 0),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  foreign key (thread_id, user_id) references public.thread (id, user_id) on delete cascade
);
comment on table public.thread_summary is 'What a long conversation was about so far, sentence by sentence with its messages.';
create index thread_summary_user on public.thread_summary (user_id);
create trigger thread_summary_touch before update on public.thread_summary
  for each row execute function private.touch_updated_at();

revoke all on public.thread_summary from public, anon, authenticated;
grant all on public.thread_summary to service_role;
alter table public.thread_summary enable row level security;
create policy "a student reads their summaries" on public.thread_summary
  for select to authenticated using (user_id = (select auth.uid()));
create policy "a student removes their summaries" on public.thread_summary
  for delete to authenticated using (user_id = (select auth.uid()));
grant select, delete on public.thread_summary to authenticated;

-- A sentence falls away with any of its messages: what was deleted may not live on in other words.
create function private.standing_sentences(p_summary public.thread_summary) returns jsonb
language sql stable security invoker
set search_path = ''
as $$
  select coalesce(jsonb_agg(s.sentence order by s.place), '[]')
  from jsonb_array_elements(p_summary.sentences) with ordinality as s(sentence, place)
  where not exists (
    select from jsonb_array_elements_text(s.sentence -> 'messageIds') as cited(id)
    where not exists (
      select from public.message m where m.thread_id = p_summary.thread_id and m.id::text = cited.id and m.is_shown))
$$;

-- How far a summary covers the way that is shown: where another way was taken since, to where the two part.
create function private.covered_seq(p_summary public.thread_summary) returns bigint
language sql stable security invoker
set search_path = ''
as $$
  with recursive up as (
    select m.* from public.message m where m.thread_id = p_summary.thread_id and m.seq = p_summary.covers_seq
    union all
    select m.* from up join public.message m on m.thread_id = up.thread_id and m.id = up.parent_id where not up.is_shown
  )
  -- The last that was covered may have been deleted; what stands before it is covered all the same.
  select case when count(*) = 0 then p_summary.covers_seq else coalesce(max(seq) filter (where is_shown), 0) end from up
$$;
grant execute on function private.standing_sentences, private.covered_seq to authenticated, service_role;

-- With what was said since, finished messages alone: those that no summary covers, and those of the student that were not read
-- for facts; of each kind so many. Null where the conversation is gone.
create function public.thread_progress(p_user_id uuid, p_thread_id uuid, p_most int default 200) returns jsonb
language sql stable security invoker
set search_path = ''
as $$
  select jsonb_build_object('sentences', coalesce(private.standing_sentences(s), '[]'),
    'covers', r.covers, 'remembered', r.remembered,
    'isPaused', coalesce((
      select p.preferences -> 'memoryPaused' = 'true' from public.profile p where p.user_id = p_user_id), false),
    'messages', (
      select coalesce(jsonb_agg(jsonb_build_object('id', m.id, 'seq', m.seq, 'role', m.role, 'parts', m.parts) order by m.seq), '[]')
      from (
        select n.*, row_number() over (order by n.seq) as place,
          row_number() over (partition by n.role = 'user' and n.seq > r.remembered order by n.seq) as unread_place
        from public.message n
        where n.thread_id = t.id and n.is_shown and n.status <> 'streaming'
          and (n.seq > r.covers or (n.role = 'user' and n.seq > r.remembered))
      ) m
      where (m.seq > r.covers and m.place <= p_most)
        or (m.role = 'user' and m.seq > r.remembered and m.unread_place <= p_most)))
  from public.thread t left join public.thread_summary s on s.thread_id = t.id,
    lateral (select coalesce(private.covered_seq(s), 0) as covers, coalesce(s.remembered_seq, 0) as remembered) r
  where t.id = p_thread_id and t.user_id = p_user_id and t.deleted_at is null
$$;
comment on function public.thread_progress is 'How far a conversation is remembered and summed up on the way that is shown, and what came since.';
grant execute on function public.thread_progress to service_role;

-- Conversations come before what hangs on them, as where one is deleted.
-- Definer: also those that are hidden from their student while their deletion can be taken back.
create function private.hold_threads_of_facts(p_user_id uuid, p_message_ids uuid[] default '{}', p_thread_id uuid default null)
returns void
language sql volatile security definer
set search_path = ''
as $$
  select 1 from public.thread t
  where private.acts_for(p_user_id) and (t.id = p_thread_id or t.id in (
    select m.thread_id from public.message m where m.id in (
      select a.message_id from public.agent_memory a where a.user_id = p_user_id
      union all
      select e.message_id from public.earlier_fact e where e.user_id = p_user_id
      union all
      select unnest(p_message_ids))
  ))
  order by t.id for key share
$$;
grant execute on function private.hold_threads_of_facts to authenticated, service_role;

-- What the job found in a student's own messages of a conversation, and how far it read them. Said anew, a fact takes the place of what was said before, of which the
-- last few stay behind it; what has run out goes.
create function public.keep_facts(p_user_id uuid, p_facts jsonb, p_thread_id uuid default null, p_remembered bigint default 0)
returns void
language sql security invoker
set search_path = ''
as $$
  -- Two that keep for one student lock the same rows, each in an order of its own.
  select pg_advisory_xact_lock(hashtextextended('memory:' || p_user_id::text, 0));
  select private.hold_threads_of_facts(p_user_id, array(
    select f."messageId" from jsonb_to_recordset(p_facts) as f("messageId" uuid)), p_thread_id);
  delete from public.earlier_fact e using public.agent_memory a
  where a.user_id = p_user_id and a.expires_at < now() and e.user_id = a.user_id and e.scope = a.scope and e.key = a.key;
  delete from public.agent_memory a where a.user_id = p_user_id and a.expires_at < now();
  insert into public.earlier_fact
  select a.* from public.agent_memory a
  join jsonb_to_recordset(p_facts) as f(scope text, key text, "messageId" uuid) on f.scope = a.scope and f.key = a.key
  where a.user_id = p_user_id and a.message_id <> f."messageId"
  on conflict do nothing;
  delete from public.earlier_fact e where (e.user_id, e.scope, e.key, e.message_id) in (
    select r.user_id, r.scope, r.key, r.message_id from (
      select o.*, row_number() over (partition by o.scope, o.key order by o.updated_at desc, o.message_id) as place
      from public.earlier_fact o where o.user_id = p_user_id
    ) r
    where r.place > 3);
  delete from public.earlier_fact e
  using jsonb_to_recordset(p_facts) as f(scope text, key text, "messageId" uuid)
  where e.user_id = p_user_id and e.scope = f.scope and e.key = f.key and e.message_id = f."messageId";
  insert into public.agent_memory (user_id, scope, key, value, quote, message_id, expires_at)
  select p_user_id, f.scope, f.key, to_jsonb(f.value), f.quote, f."messageId", f."expiresAt"
  from jsonb_to_recordset(p_facts) as f(scope text, key text, value text, quote text, "messageId" uuid,
    "expiresAt" timestamptz)
  on conflict (user_id, scope, key) do update
  set value = excluded.value, quote = excluded.quote, message_id = excluded.message_id, expires_at = excluded.expires_at;
  insert into public.thread_summary (thread_id, user_id, remembered_seq)
  select p_thread_id, p_user_id, p_remembered where p_thread_id is not null
  on conflict (thread_id) do update set remembered_seq = excluded.remembered_seq;
$$;
comment on function public.keep_facts is 'Keeps what a student said of themselves, the newest under each key.';
grant execute on function public.keep_facts to service_role;

-- Corrected by hand, a fact stands on what the student wrote, no longer on what was said before.
create function public.change_fact(p_id uuid, p_key text, p_value text) returns void
language plpgsql security invoker
set search_path = ''
as $$
declare
  fact public.agent_memory;
begin
  perform private.in_turn('memory');
  perform private.hold_threads_of_facts((select auth.uid()));
  select * into fact from private.standing_facts() f where f.id = p_id;
  if not found then
    raise exception 'no such fact' using errcode = 'PT404';
  end if;
  if p_key <> fact.key and exists (select from private.standing_facts() f where f.scope = fact.scope and f.key = p_key) then
    raise exception 'there is a fact of that name' using errcode = '23505';
  end if;
  delete from public.earlier_fact e
  where e.user_id = fact.user_id and e.scope = fact.scope and e.key in (fact.key, p_key);
  delete from public.agent_memory a
  where a.user_id = fact.user_id and a.scope = fact.scope and a.key in (fact.key, p_key) and a.id <> fact.id;
  insert into public.agent_memory (id, scope, key, value, expires_at)
  values (fact.id, fact.scope, coalesce(p_key, fact.key), coalesce(to_jsonb(p_value), fact.value), fact.expires_at)
  on conflict (id) do update
  set key = excluded.key, value = excluded.value, expires_at = excluded.expires_at, quote = null, message_id = null;
end
$$;
comment on function public.change_fact is 'Corrects a fact in the student''s own words.';

-- With everything that was ever said under its key.
create function public.forget_facts(p_id uuid default null) returns int
language sql security invoker
set search_path = ''
as $$
  select private.in_turn('memory');
  select private.hold_threads_of_facts((select auth.uid()));
  with named as (
    select k.scope, k.key from private.known_facts() k where p_id is null or k.id = p_id
  ), now_gone as (
    delete from public.agent_memory a where a.user_id = (select auth.uid()) and (a.scope, a.key) in (select scope, key from named)
  ), earlier_gone as (
    delete from public.earlier_fact e where e.user_id = (select auth.uid()) and (e.scope, e.key) in (select scope, key from named)
  )
  select count(distinct (n.scope, n.key))::int from named n
$$;
comment on function public.forget_facts is 'Forgets a fact of the caller, or all of them; gives how many.';
grant execute on function public.change_fact, public.forget_facts to authenticated;

create table public.persona (
  id           uuid primary key default gen_random_uuid(),
  -- Null: for everybody.
  user_id      uuid default auth.uid() references auth.users on delete cascade,
  slug         text not null default ('style-' || left(gen_random_uuid()::text, 8)),
  title        text not null default 'Tutor' check (char_length(title) between 1 and 60),
  instructions text not null check (char_length(instructions) between 1 and 4000),
  -- How it speaks, in a few words.
  style        text not null default '' check (char_length(style) <= 200),
  -- Whether problems get hints before their answer.
  hints        boolean not null default true,
  created_at   timestamptz not null default now(),
  updated_at   timestamptz not null default now(),
  unique nulls not distinct (user_id, slug),
  constraint persona_slug_fits check (slug ~ '^[a-z0-9][a-z0-9-]{0,59}$'),
  -- Nobody's own stands in the place of one that everybody knows.
  constraint persona_slug_free check (user_id is null or slug not in ('mentor', 'coach', 'examiner'))
);
comment on table public.persona is 'A style of the tutor: for everybody, or of a student''s own.';
create trigger persona_rows after insert on public.persona referencing new table as added
  for each statement execute function private.bound_rows(50, 'user_id');
create trigger persona_touch before update on public.persona
  for each row execute function private.touch_updated_at();

revoke all on public.persona from public, anon, authenticated;
grant all on public.persona to service_role;
alter table public.persona enable row level security;
create policy "a student reads personas of everybody and their own" on public.persona
  for select to authenticated using (user_id is null or user_id = (select auth.uid()));
create policy "a student adds personas" on public.persona
  for insert to authenticated with check (user_id = (select auth.uid()));
create policy "a student changes their personas" on public.persona
  for update to authenticated using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));
create policy "a student removes their personas" on public.persona
  for delete to authenticated using (user_id = (select auth.uid()));
grant select, insert, update, delete on public.persona to authenticated;

insert into public.persona (user_id, slug, title, style, hints, instructions) values
  (null, 'mentor', 'Mentor', 'Patient; asks before it tells', true,
    'You guide rather than lecture. Answer look-ups directly. On problems and exercises lead the student to the answer themselves, a hint at a time, and praise only what was right and why.'),
  (null, 'coach', 'Coach', 'Brisk and encouraging; always names a next step', true,
    'You keep the student moving. Be brief and concrete, break work into small steps, and end with the one thing to do next. When motivation is low, make the next step smaller.'),
  (null, 'examiner', 'Examiner', 'Exact and sober; tests rather than teaches', false,
    'You speak like a fair oral examiner. Use precise terms, ask one follow-up question that checks understanding, and say plainly what an answer lacks against what the notes say.');

revoke all on all routines in schema public, private from public;
