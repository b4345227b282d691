-- Words that a student marked in a document, with what they wrote beside them. A highlight is found by its words and by what
-- stands around them, so that it outlives every reading of the document; where it stood last is only where it is looked for first.

create table public.highlight (
  id         uuid primary key default gen_random_uuid(),
  user_id    uuid not null default auth.uid() references auth.users on delete cascade,
  doc_id     uuid not null,
  page       int not null check (page between 1 and 1000000),
  char_start int not null check (char_start between 0 and 1000000000),
  quote      text not null check (char_length(quote) between 1 and 2000),
  prefix     text not null default '' check (char_length(prefix) <= 64),
  suffix     text not null default '' check (char_length(suffix) <= 64),
  color      text not null default 'blue' check (color in ('blue', 'green', 'red', 'grey')),
  note       text not null default '' check (char_length(note) <= 4000),
  lost_run   int check (lost_run between 0 and 1000000000),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint highlight_doc_id_user_id_fkey foreign key (doc_id, user_id)
    references public.doc_source (id, user_id) on delete cascade
);
comment on table public.highlight is 'Words a student marked in a document, and their note beside them.';
comment on column public.highlight.char_start is 'Where the words began last, in UTF-16 units of the whole text.';
comment on column public.highlight.lost_run is 'The reading whose text does not hold the words; null while they are there.';

create index highlight_doc on public.highlight (doc_id, char_start);
create index highlight_user on public.highlight (user_id);
create trigger highlight_rows after insert on public.highlight referencing new table as added
  for each statement execute function private.bound_rows(20000, 'user_id');
create trigger highlight_touch before update on public.highlight
  for each row execute function private.touch_updated_at();

revoke all on public.highlight from public, anon, authenticated;
grant all on public.highlight to service_role;
alter table public.highlight enable row level security;
create policy "a student reads their highlights" on public.highlight
  for select to authenticated using (user_id = (select auth.uid()));
create policy "a student adds highlights" on public.highlight
  for insert to authenticated with check (user_id = (select auth.uid()));
create policy "a student changes their highlights" on public.highlight
  for update to authenticated using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));
create policy "a student removes their highlights" on public.highlight
  for delete to authenticated using (user_id = (select auth.uid()));
grant select, delete on public.highlight to authenticated;
grant insert (id, user_id, doc_id, page, char_start, quote, prefix, suffix, color, note) on public.highlight to authenticated;
grant update (page, char_start, color, note, lost_run) on public.highlight to authenticated;

-- Where highlights of a document stand by now, as {id, page, charStart, lostRun}.
--
-- Locks: the document before its highlights, as a deletion of it does; two that find them anew wait for each other there.
create function public.place_highlights(p_doc_id uuid, p_places jsonb) returns int
language plpgsql security invoker
set search_path = ''
as $$
declare
  placed int;
begin
  perform 1 from public.doc_source d where d.id = p_doc_id for no key update;
  update public.highlight h
  set page = coalesce(x.page, h.page), char_start = coalesce(x."charStart", h.char_start), lost_run = x."lostRun"
  from jsonb_to_recordset(p_places) as x(id uuid, page int, "charStart" int, "lostRun" int)
  where h.id = x.id and h.doc_id = p_doc_id;
  get diagnostics placed = row_count;
  return placed;
end
$$;
comment on function public.place_highlights is 'Says where the highlights of a document stand after it was read anew.';

grant execute on function public.place_highlights to authenticated;
revoke all on all routines in schema public, private from public;
