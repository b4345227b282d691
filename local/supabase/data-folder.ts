import { randomUUID } from 'node:crypto';
import { access, link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { createSigningKeys, type SigningKeys, signingKeysSchema } from './tokens.ts';

/** A reason to stop that a person can act upon; shown without a stack. */
export class StartError extends Error {
  override readonly name = 'StartError';
}

export type DataFolder = {
  postgres: string;
  storage: string;
  keys: SigningKeys;
  /** From now on the database counts as whole; before, nothing of a user can be in it. */
  markCreated: () => Promise<void>;
  release: () => Promise<void>;
};

/**
 * Takes a folder for this process alone. Two processes on one set of Postgres files destroy it without a word, so
 * the lock comes before anything is opened.
 */
export async function claimDataFolder(folder: string): Promise<DataFolder> {
  const root = path.resolve(folder);
  await mkdir(root, { recursive: true });
  const release = await lock(path.join(root, 'gateway.lock'), root);
  try {
    const keys = await loadKeys(path.join(root, 'signing-keys.json'));
    const postgres = path.join(root, 'postgres');
    const mark = path.join(root, 'postgres.created');
    await setUnfinishedAside(postgres, mark);
    return {
      postgres,
      storage: path.join(root, 'storage'),
      keys,
      markCreated: () => writeFile(mark, ''),
      release,
    };
  } catch (error) {
    await release();
    throw error;
  }
}

async function lock(file: string, root: string): Promise<() => Promise<void>> {
  const mine = JSON.stringify({ pid: process.pid, started: await startOf(process.pid), id: randomUUID() });
  // Written aside and linked: the lock file appears whole or not at all.
  const draft = `${file}.${randomUUID()}`;
  await writeFile(draft, mine);
  try {
    for (let attempt = 0; attempt < 3; attempt += 1) {
      const taken = await link(draft, file).then(
        () => true,
        (error: NodeJS.ErrnoException) => {
          if (error.code === 'EEXIST') return false;
          throw error;
        },
      );
      if (taken) return () => unlock(file, mine);
      const holder = await readFile(file, 'utf8').catch(() => '');
      if (holder !== '' && (await isAlive(holder))) {
        throw new StartError(
          `The data folder ${root} is in use by process ${pidOf(holder)}. Stop it first, or choose another folder.`,
        );
      }
      await removeStale(file, holder);
    }
    throw new StartError(
      `The data folder ${root} could not be locked: another process is taking it as well.`,
    );
  } finally {
    await rm(draft, { force: true });
  }
}

/** The holder was killed. Of several that find this out together, one moves its file away; nobody moves a new one. */
async function removeStale(file: string, holder: string) {
  const aside = `${file}.${randomUUID()}`;
  const moved = await rename(file, aside).then(
    () => true,
    () => false,
  );
  if (!moved) return;
  const content = await readFile(aside, 'utf8');
  if (content !== holder) await link(aside, file).catch(() => undefined);
  await rm(aside, { force: true });
}

async function unlock(file: string, mine: string) {
  const content = await readFile(file, 'utf8').catch(() => '');
  if (content === mine) await rm(file, { force: true });
}

/** A first start that was interrupted leaves half a cluster, which would never open again. */
async function setUnfinishedAside(postgres: string, mark: string) {
  const exists = (file: string) =>
    access(file).then(
      () => true,
      () => false,
    );
  if ((await exists(mark)) || !(await exists(postgres))) return;
  await rm(`${postgres}.unfinished`, { recursive: true, force: true });
  await rename(postgres, `${postgres}.unfinished`);
}

const holderSchema = z.object({ pid: z.number(), started: z.string().nullable().catch(null) });

function parseHolder(text: string) {
  try {
    return holderSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

const pidOf = (holder: string) => parseHolder(holder)?.pid ?? 'unknown';

async function isAlive(text: string) {
  const holder = parseHolder(text);
  if (holder === null) return false;
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    // EPERM: it lives, and belongs to somebody else.
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false;
  }
  // The number may have been given to a new process since; where the system tells, its start has to agree.
  const started = await startOf(holder.pid);
  return started === null || holder.started === null || started === holder.started;
}

/** Clock ticks from boot to the start of a process, on Linux; elsewhere unknown. */
async function startOf(pid: number): Promise<string | null> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
  return text?.slice(text.lastIndexOf(')') + 2).split(' ')[19] ?? null;
}

async function loadKeys(file: string): Promise<SigningKeys> {
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text !== null) {
    const kept = signingKeysSchema.safeParse(JSON.parse(text));
    if (kept.success) return kept.data;
    throw new StartError(
      `${file} does not hold signing keys. Remove it to make new ones; everybody signs in again.`,
    );
  }
  const keys = await createSigningKeys();
  const draft = `${file}.${randomUUID()}`;
  await writeFile(draft, JSON.stringify(keys), { mode: 0o600 });
  await rename(draft, file);
  return keys;
}
