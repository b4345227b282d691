-- A name stands in other students' lists, sentences and prompts. One that turns the text around it, breaks the line or
-- consists of nothing to be seen would change what they read there. Cleaned where the row is written, whoever writes it.

create function private.plain_name(p_name text) returns text
language sql immutable security invoker
set search_path = ''
as $$
  -- Signs that turn the direction of writing, or that cannot be seen; the joiner of emoji stays. Then any kind of space.
  select nullif(left(btrim(regexp_replace(regexp_replace(p_name,
    '[\u00ad\u061c\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]+', '', 'g'),
    '[[:cntrl:][:space:]\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+', ' ', 'g')), 80), '')
$$;
comment on function private.plain_name is 'A name as one line of what can be seen; null when nothing is left.';
revoke all on function private.plain_name from public;
grant execute on function private.plain_name to authenticated, service_role;

create function private.keep_name() returns trigger
language plpgsql security invoker
set search_path = ''
as $$
begin
  new.display_name := private.plain_name(new.display_name);
  return new;
end
$$;
revoke all on function private.keep_name from public;
create trigger profile_keep_name before insert or update of display_name on public.profile
  for each row execute function private.keep_name();

update public.profile set display_name = private.plain_name(display_name)
where display_name is distinct from private.plain_name(display_name);
