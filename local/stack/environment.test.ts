import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { planStack, publishEnvironment } from './environment.ts';
import { takenPorts } from './ports.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'clerva-stack-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const environment = (values: Record<string, string>) => values as NodeJS.ProcessEnv;

describe('planStack', () => {
  it('runs every server locally when nothing is set', () => {
    const { local, variables } = planStack('dev', environment({}), folder);
    expect(local).toEqual({ supabase: true, inngest: true, openai: true });
    expect(variables).toMatchObject({
      INNGEST_DEV: 'http://127.0.0.1:8288',
      CLERVA_LOCAL: '1',
      RETRIEVAL_DENSE_WEIGHT: '0',
    });
  });

  it('leaves a service alone when its variables are set', () => {
    const hosted = environment({
      NEXT_PUBLIC_SUPABASE_URL: 'https://x.supabase.co',
      OPENAI_API_KEY: 'sk-1',
      INNGEST_SIGNING_KEY: 'signkey-1',
    });
    const { local, variables } = planStack('start', hosted, folder);
    expect(local).toEqual({ supabase: false, inngest: false, openai: false });
    expect(variables.CLERVA_LOCAL).toBeUndefined();
    expect(variables.OPENAI_BASE_URL).toBeUndefined();
    expect(variables.RETRIEVAL_DENSE_WEIGHT).toBeUndefined();
  });

  it('signs job calls in production mode with keys that stay the same', () => {
    const first = planStack('start', environment({}), folder).variables;
    const second = planStack('start', environment({}), folder).variables;
    expect(first.INNGEST_DEV).toBeUndefined();
    expect(first.INNGEST_SIGNING_KEY).toMatch(/^signkey-local-[0-9a-f]{64}$/);
    expect(second.INNGEST_SIGNING_KEY).toBe(first.INNGEST_SIGNING_KEY);
  });

  it('never overrides a value that is set', () => {
    const { variables } = planStack('dev', environment({ OPENAI_CHAT_MODEL: 'mine' }), folder);
    expect(variables.OPENAI_CHAT_MODEL).toBe('mine');
  });

  it('names the variable of a port that is not a port', () => {
    expect(() => planStack('dev', environment({ LOCAL_INNGEST_PORT: 'no' }), folder)).toThrow(
      /LOCAL_INNGEST_PORT/,
    );
  });

  it('publishes the keys in force under the names of .env.example', () => {
    const { variables } = planStack('dev', environment({}), folder);
    publishEnvironment(folder, environment(variables));
    const written = readFileSync(join(folder, 'stack.env'), 'utf8');
    const documented = readFileSync(join(import.meta.dirname, '..', '..', '.env.example'), 'utf8');
    const names = written.split('\n').flatMap((line) => line.match(/^[A-Z_]+/) ?? []);
    expect(names).toContain('NEXT_PUBLIC_SUPABASE_URL');
    for (const name of names) expect(documented).toContain(`${name}=`);
  });
});

describe('takenPorts', () => {
  it('names the port, what it is for and the variable that moves it', async () => {
    const holder = createServer();
    await new Promise<void>((done) => holder.listen(0, '127.0.0.1', done));
    const address = holder.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const sentences = await takenPorts([{ name: 'Supabase', port, variable: 'LOCAL_SUPABASE_PORT' }]);
    holder.close();
    expect(sentences).toEqual([
      `Port ${port} (Supabase) is taken. Stop the program that uses it, or set LOCAL_SUPABASE_PORT to another port.`,
    ]);
  });
});
