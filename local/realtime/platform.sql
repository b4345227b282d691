-- What a hosted project has in its schema `realtime`, and how the local server learns of committed writes.
-- Applied with the rest of the platform, and again after this file changes: every statement may run twice.

create schema if not exists realtime;
grant usage on schema realtime to anon, authenticated, service_role;

create table if not exists realtime.messages (
  id uuid primary key default gen_random_uuid(),
  topic text not null,
  extension text not null,
  payload jsonb,
  event text,
  private boolean default false,
  inserted_at timestamp not null default now(),
  updated_at timestamp not null default now()
);
alter table realtime.messages add column if not exists binary_payload bytea;
-- The clock of the embedded database ticks in milliseconds: messages of one tick keep their order by this.
alter table realtime.messages add column if not exists seq bigint generated always as identity;
create index if not exists messages_replay on realtime.messages (topic, inserted_at desc)
  where extension = 'broadcast' and private;
alter table realtime.messages enable row level security;
grant select, insert, update on realtime.messages to anon, authenticated, service_role;

create or replace function realtime.topic() returns text language sql stable as $$
  select nullif(current_setting('realtime.topic', true), '')
$$;

create or replace function realtime.send(payload jsonb, event text, topic text, private boolean default true)
returns void language plpgsql as $$
declare
  message_id uuid := gen_random_uuid();
begin
  perform set_config('realtime.topic', topic, true);
  insert into realtime.messages (id, payload, event, topic, private, extension)
  values (message_id, case when payload ? 'id' then payload else jsonb_set(payload, '{id}', to_jsonb(message_id)) end,
    event, topic, private, 'broadcast');
exception when others then
  -- A message that cannot be sent must not undo the write that wanted to announce itself.
  raise warning 'WarnSendingBroadcastMessage: %', sqlerrm;
end
$$;

create or replace function realtime.send_binary(payload bytea, event text, topic text, private boolean default true)
returns void language plpgsql as $$
begin
  perform set_config('realtime.topic', topic, true);
  insert into realtime.messages (binary_payload, event, topic, private, extension)
  values (payload, event, topic, private, 'broadcast');
exception when others then
  raise warning 'WarnSendingBroadcastMessage: %', sqlerrm;
end
$$;

create or replace function realtime.broadcast_changes(
  topic_name text, event_name text, operation text, table_name text, table_schema text,
  new record, old record, level text default 'ROW'
) returns void language plpgsql as $$
begin
  if level = 'STATEMENT' then
    raise exception 'function can only be triggered for each row, not for each statement';
  end if;
  if operation not in ('INSERT', 'UPDATE', 'DELETE') then
    raise exception 'Unexpected operation type: %', operation;
  end if;
  perform realtime.send(
    jsonb_build_object('old_record', old, 'record', new, 'operation', operation, 'table', table_name,
      'schema', table_schema),
    event_name, topic_name);
exception when others then
  raise exception 'Failed to process the row: %', sqlerrm;
end
$$;

grant execute on function realtime.topic(), realtime.send(jsonb, text, text, boolean),
  realtime.send_binary(bytea, text, text, boolean),
  realtime.broadcast_changes(text, text, text, text, text, record, record, text)
  to anon, authenticated, service_role;

-- A hosted project reads the write-ahead log, which the embedded database does not offer. Here the writing transaction
-- itself notes what it changed: the note appears with its commit, and not at all after a rollback. Notices arrive in the
-- order of the commits, which numbers given out before them do not follow, so each names its transaction. Unlogged,
-- because after a crash nobody is connected who could have waited for it.
create unlogged table if not exists realtime.outbox (
  id bigint generated always as identity primary key,
  entity regclass not null,
  action text not null,
  record jsonb,
  old_record jsonb,
  written_at timestamptz not null default clock_timestamp()
);
alter table realtime.outbox add column if not exists xid xid8 not null default pg_current_xact_id();
create index if not exists outbox_xid on realtime.outbox (xid, id);
-- Where Realtime runs when several gateways share the database.
create unlogged table if not exists realtime.leader (
  is_one boolean primary key default true check (is_one),
  address text not null,
  pid int not null
);
-- The tables somebody listens to; `*` stands for all. Writes to others cost one look into this table.
create unlogged table if not exists realtime.watched (
  schema_name text not null,
  table_name text not null,
  primary key (schema_name, table_name)
);

-- Definer: the writer may be any student, and none may touch the outbox.
create or replace function realtime.capture_change() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if exists (
    select 1 from realtime.watched w
    where w.schema_name in (tg_table_schema, '*') and w.table_name in (tg_table_name, '*')
  ) then
    insert into realtime.outbox (entity, action, record, old_record)
    values (tg_relid, tg_op, to_jsonb(new), to_jsonb(old));
    perform pg_notify('realtime_outbox', pg_current_xact_id()::text);
  end if;
  return null;
exception when others then
  -- Whoever listens may miss a change; whoever writes must not lose their write.
  raise warning 'UnableToCaptureChange: %', sqlerrm;
  return null;
end
$$;

-- Definer, for the same reason.
create or replace function realtime.capture_message() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  insert into realtime.outbox (entity, action, record) values (tg_relid, 'MESSAGE', to_jsonb(new));
  perform pg_notify('realtime_outbox', pg_current_xact_id()::text);
  return null;
end
$$;
-- The probes of an authorisation carry neither event nor payload and never leave their transaction.
create or replace trigger realtime_capture after insert on realtime.messages for each row
  when (new.event is not null and (new.payload is not null or new.binary_payload is not null))
  execute function realtime.capture_message();

-- Every table of the publication has the trigger, and no other table.
create or replace function realtime.attach_capture() returns void language plpgsql as $$
declare
  target record;
begin
  for target in
    select coalesce(p.entity, t.entity) as entity, p.entity is not null as published
    from (
      select c.oid::regclass as entity
      from pg_catalog.pg_publication_tables p
      join pg_catalog.pg_namespace n on n.nspname = p.schemaname
      join pg_catalog.pg_class c on c.relnamespace = n.oid and c.relname = p.tablename
      where p.pubname = 'supabase_realtime' and p.schemaname <> 'realtime'
    ) p
    full join (
      select tgrelid::regclass as entity from pg_catalog.pg_trigger
      where tgname = 'realtime_capture' and tgparentid = 0 and tgrelid <> 'realtime.messages'::regclass
    ) t on t.entity = p.entity
    where p.entity is null or t.entity is null
  loop
    if target.published then
      execute format('create trigger realtime_capture after insert or update or delete on %s
        for each row execute function realtime.capture_change()', target.entity);
    else
      execute format('drop trigger if exists realtime_capture on %s', target.entity);
    end if;
  end loop;
end
$$;

create or replace function realtime.publication_changed() returns event_trigger language plpgsql as $$
begin
  perform realtime.attach_capture();
end
$$;
do $$
begin
  drop event trigger if exists realtime_publication_changed;
  create event trigger realtime_publication_changed on ddl_command_end
    when tag in ('CREATE PUBLICATION', 'ALTER PUBLICATION', 'DROP PUBLICATION', 'CREATE TABLE', 'CREATE TABLE AS')
    execute function realtime.publication_changed();
exception when insufficient_privilege then
  -- Only a superuser may. Without it the next start attaches what a migration published, which is before anybody listens.
  null;
end
$$;

-- What somebody may do in a private channel, found by trying it. The caller rolls the transaction back.
create or replace function realtime.permissions(p_topic text, p_role text, p_claims text, p_headers text)
returns table (broadcast_read boolean, broadcast_write boolean, presence_read boolean, presence_write boolean, failure text)
language plpgsql as $$
declare
  broadcast_id uuid;
  presence_id uuid;
begin
  insert into realtime.messages (topic, extension) values (p_topic, 'broadcast') returning id into broadcast_id;
  insert into realtime.messages (topic, extension) values (p_topic, 'presence') returning id into presence_id;
  perform realtime.act_as(p_role, p_claims), set_config('realtime.topic', p_topic, true),
    set_config('request.headers', p_headers, true);
  broadcast_read := false;
  presence_read := false;
  begin
    select coalesce(bool_or(m.id = broadcast_id), false), coalesce(bool_or(m.id = presence_id), false)
    into broadcast_read, presence_read
    from realtime.messages m where m.id in (broadcast_id, presence_id);
  exception
    when insufficient_privilege then null;
    when others then failure := sqlerrm;
  end;
  begin
    insert into realtime.messages (topic, extension) values (p_topic, 'broadcast');
    broadcast_write := true;
  exception
    when insufficient_privilege then broadcast_write := false;
    when others then broadcast_write := false; failure := sqlerrm;
  end;
  begin
    insert into realtime.messages (topic, extension) values (p_topic, 'presence');
    presence_write := true;
  exception
    when insufficient_privilege then presence_write := false;
    when others then presence_write := false; failure := sqlerrm;
  end;
  return next;
end
$$;

create or replace function realtime.act_as(p_role text, p_claims text) returns void language sql as $$
  select set_config('request.jwt.claims', p_claims, true),
    set_config('request.jwt.claim.sub', coalesce(p_claims::jsonb ->> 'sub', ''), true),
    set_config('request.jwt.claim.role', p_role, true),
    set_config('role', p_role, true)
$$;

-- Which changed rows each of many subscribers may read: `p_query` is one prepared look-up by primary key, run as
-- each of them in turn. Keys come as text: a large number must not pass through a client that rounds it. The caller ends the transaction, and with it the borrowed role.
create or replace function realtime.visible_changes(p_name text, p_query text, p_checks jsonb)
returns table (check_index int, change_ids bigint[], failure text)
language plpgsql as $$
declare
  item record;
begin
  if not exists (select 1 from pg_catalog.pg_prepared_statements s where s.name = p_name) then
    execute format('prepare %I (jsonb) as %s', p_name, p_query);
  end if;
  perform set_config('plan_cache_mode', 'force_generic_plan', true);
  for item in select value, ordinality from jsonb_array_elements(p_checks) with ordinality loop
    check_index := item.ordinality - 1;
    change_ids := null;
    failure := null;
    perform set_config('request.jwt.claims', item.value ->> 'claims', true),
      set_config('request.jwt.claim.sub', item.value ->> 'sub', true),
      set_config('request.jwt.claim.role', item.value ->> 'role', true),
      set_config('role', item.value ->> 'role', true);
    begin
      execute format('execute %I (%L)', p_name, item.value ->> 'keys') into change_ids;
    exception when others then
      -- One subscriber's policy that fails hides the row from that subscriber alone.
      failure := sqlerrm;
    end;
    return next;
  end loop;
end
$$;

-- None of these is for the API roles.
revoke execute on function realtime.capture_change(), realtime.capture_message(), realtime.attach_capture(),
  realtime.publication_changed(), realtime.permissions(text, text, text, text), realtime.act_as(text, text),
  realtime.visible_changes(text, text, jsonb) from public;
