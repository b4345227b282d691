import { newRequestId, studentHeader } from '@/components/client/request';
import { readStored, writeStored } from '@/components/client/stored';

/** A file at the box as this device remembers it: the file itself, or as much of it as arrived, is on the server. */
export type KeptFile = {
  /** What it is called here. */
  uid: string;
  fileName: string;
  /** Unknown before the server has made room for it. */
  attachmentId?: string | undefined;
  /** Whether all of it was sent. */
  isSent: boolean;
  /** The tab that sends it, and when it last said so. */
  tab: string;
  atMs: number;
};

const KINDS: { [Name in keyof KeptFile]-?: readonly string[] } = {
  uid: ['string'],
  fileName: ['string'],
  attachmentId: ['string', 'undefined'],
  isSent: ['boolean'],
  tab: ['string'],
  atMs: ['number'],
};
const isKept = (value: unknown): value is KeptFile =>
  Object.entries(KINDS).every(([name, kinds]) => kinds.includes(typeof Object(value)[name]));

/** A tab that sends says so more often than one that is silent counts as gone. */
const SIGN_OF_LIFE_MILLISECONDS = 5_000;
const GONE_MILLISECONDS = 20_000;
const TAB = 'clerva-tab';

/** The same before and after a tab is loaded again. */
function thisTab(): string {
  const known = readStored(TAB, 'sessionStorage') ?? newRequestId();
  // Where storage is switched off nothing is kept, and nothing is found.
  return writeStored(TAB, known, 'sessionStorage') ? known : '';
}

/** Where this device keeps which files stand at the box of a conversation, for its student alone. */
export const filesKey = (threadId = 'new') =>
  `clerva-files ${studentHeader()['x-clerva-student'] ?? ''} ${threadId}`;

function keptIn(value: string | null): KeptFile[] {
  try {
    const kept: unknown = JSON.parse(value ?? '[]');
    return Array.isArray(kept) ? kept.filter(isKept) : [];
  } catch {
    // Written by something else: nothing is known of it.
    return [];
  }
}

/** Keeps what stands at this page's box, of all it ever knew; what other tabs keep at the same box stays. */
function keepFiles(
  key: string,
  own: readonly Omit<KeptFile, 'tab' | 'atMs'>[],
  known: ReadonlySet<string>,
): void {
  const others = keptIn(readStored(key)).filter(({ uid }) => !known.has(uid));
  const all = [...others, ...own.map((file) => ({ ...file, tab: thisTab(), atMs: Date.now() }))];
  writeStored(key, all.length === 0 ? null : JSON.stringify(all));
}

/** What stood at the box before this page was loaded; what another tab is still sending is its to show. */
const filesLeft = (key: string): KeptFile[] =>
  keptIn(readStored(key)).filter(
    ({ isSent, tab, atMs }) => isSent || tab === thisTab() || Date.now() - atMs > GONE_MILLISECONDS,
  );

type StandingFile = {
  key: number;
  uid: string;
  fileName: string;
  phase: { name: string; isCut?: boolean };
};

/** Remembers on this device which files stand at a box, so that they stand there again when the page was loaded anew. */
export function createKeeper(
  box: { get: () => readonly StandingFile[]; subscribe: (listener: () => void) => unknown },
  works: ReadonlyMap<number, { id?: string; isSent?: boolean }>,
  { takeUp, drop }: { takeUp: (file: KeptFile) => void; drop: (key: number) => void },
) {
  let place: string | undefined;
  let kept = '';
  let keptAtMs = 0;
  const known = new Set<string>();
  const keep = () => {
    if (place === undefined) return;
    const files = box.get().flatMap(({ key, uid, fileName, phase }) => {
      const { id, isSent = false } = works.get(key) ?? {};
      // What was refused is nothing to come back to.
      if (id === undefined && phase.name === 'failed' && !phase.isCut) return [];
      return [{ uid, fileName, isSent, ...(id === undefined ? {} : { attachmentId: id }) }];
    });
    const isSending = files.some(({ isSent }) => !isSent);
    const text = JSON.stringify([place, files]);
    if (text === kept && !(isSending && Date.now() - keptAtMs > SIGN_OF_LIFE_MILLISECONDS)) return;
    for (const { uid } of files) known.add(uid);
    keepFiles(place, files, known);
    [kept, keptAtMs] = [text, Date.now()];
  };
  box.subscribe(keep);
  return {
    /** Under which name they are kept from now on; the first time what was left there comes back. */
    keepAt: (key: string) => {
      if (key === place) return;
      const before = place;
      place = key;
      if (before === undefined) for (const file of filesLeft(key)) takeUp(file);
      else keepFiles(before, [], known);
      keep();
    },
    /** Another tab sent or removed files that stand here as well. */
    heed: ({ key, oldValue, newValue }: Pick<StorageEvent, 'key' | 'oldValue' | 'newValue'>) => {
      if (key !== place) return;
      const left = new Set(keptIn(newValue).map(({ uid }) => uid));
      const gone = new Set(keptIn(oldValue).flatMap(({ uid }) => (left.has(uid) ? [] : [uid])));
      for (const file of box.get()) if (gone.has(file.uid)) drop(file.key);
    },
    /** Leaves them to another box. */
    leaveTo: (key: string) => {
      if (place !== undefined) keepFiles(place, [], known);
      place = key;
      keep();
      place = undefined;
      for (const file of box.get()) drop(file.key);
    },
  };
}
