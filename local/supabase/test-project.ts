import { createClient } from '@supabase/supabase-js';
import { afterAll, beforeAll } from 'vitest';
import { migrationFolder, type TemporaryFolder } from '../../tests/setup/database.ts';
import { type Gateway, startGateway } from './gateway.ts';

/** A small project of its own, so that these tests do not depend on the product's tables. */
export const NOTE_PROJECT = {
  '20260101000000_create_note.sql': `
    create table public.note (
      id bigint generated always as identity primary key,
      user_id uuid not null default auth.uid() references auth.users on delete cascade,
      body text not null check (body <> 'refused'),
      plan text not null default 'free',
      created_at timestamptz not null default now()
    );
    alter table public.note enable row level security;
    revoke all on public.note from anon, authenticated;
    grant select, insert, delete on public.note to authenticated;
    grant update (body) on public.note to authenticated;
    create policy note_select on public.note for select to authenticated using (user_id = (select auth.uid()));
    create policy note_insert on public.note for insert to authenticated with check (user_id = (select auth.uid()));
    create policy note_update on public.note for update to authenticated
      using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));
    create policy note_delete on public.note for delete to authenticated using (user_id = (select auth.uid()));

    create function public.my_notes() returns setof public.note language sql stable security invoker
      set search_path = '' as 'select * from public.note';`,
  '20260101000100_create_documents_bucket.sql': `
    insert into storage.buckets (id, name, public, file_size_limit, allowed_mime_types)
      values ('documents', 'documents', false, 1048576, array['application/pdf', 'text/plain']);
    create policy documents_select on storage.objects for select to authenticated
      using (bucket_id = 'documents' and (storage.foldername(name))[1] = (select auth.uid())::text);
    create policy documents_insert on storage.objects for insert to authenticated
      with check (bucket_id = 'documents' and (storage.foldername(name))[1] = (select auth.uid())::text);
    create policy documents_update on storage.objects for update to authenticated
      using (bucket_id = 'documents' and (storage.foldername(name))[1] = (select auth.uid())::text)
      with check (bucket_id = 'documents' and (storage.foldername(name))[1] = (select auth.uid())::text);
    create policy documents_delete on storage.objects for delete to authenticated
      using (bucket_id = 'documents' and (storage.foldername(name))[1] = (select auth.uid())::text);`,
};

/** A gateway with that project for the tests of a file, filled in before the first. */
export function noteProject(options: { storageDir?: string } = {}) {
  const gateway = {} as Gateway;
  let folder: TemporaryFolder;
  beforeAll(async () => {
    folder = await migrationFolder(NOTE_PROJECT);
    Object.assign(gateway, await startGateway({ port: 0, migrationsDir: folder.path, ...options }));
  });
  afterAll(async () => {
    await gateway.close();
    await folder.remove();
  });
  return gateway;
}

export const PASSWORD = 'a good long password';

/** A client without a session, which counts the requests it makes. */
export function clientOf(gateway: Pick<Gateway, 'url' | 'publishableKey'>, key = gateway.publishableKey) {
  const requests: string[] = [];
  const client = createClient(gateway.url, key, {
    auth: { persistSession: false, autoRefreshToken: false, storageKey: crypto.randomUUID() },
    global: {
      fetch: (input, init) => {
        requests.push(
          `${init?.method ?? 'GET'} ${new URL(input instanceof Request ? input.url : input).pathname}`,
        );
        return fetch(input, init);
      },
    },
  });
  return Object.assign(client, { requests });
}

export async function signedUpClient(gateway: Gateway, email = `${crypto.randomUUID()}@example.com`) {
  const client = clientOf(gateway);
  const { data, error } = await client.auth.signUp({ email, password: PASSWORD });
  if (error || !data.user || !data.session) throw error ?? new Error('The sign-up gave no session.');
  return { client, id: data.user.id, email, token: data.session.access_token };
}
