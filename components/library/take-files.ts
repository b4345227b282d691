import { createStore } from '@/components/client/store';
import type { Translate } from '@/lib/language/text';
import type { UploadLimits } from './file-check';
import { uploadQueue } from './stores';
import { bringVault, isZip } from './vault-import';

/** What is to be said of the files that were given last, wherever that was. */
export const takenNotice = createStore<string | undefined>(undefined);

const foldersSentence = (folders: number, t: Translate) =>
  folders === 1
    ? t('That is a folder. Open it and drop the files that are inside.')
    : t('Those are {folders} folders. Open them and drop the files that are inside.', { folders });

/** Adds files that were chosen, dropped or pasted to the library. */
export function takeFiles(given: readonly File[], folders: number, limits: UploadLimits, t: Translate): void {
  const zip = given.find(isZip);
  if (zip) void bringVault(zip, t);
  const { repeated } = uploadQueue.add(
    given.filter((file) => !isZip(file)),
    limits,
    t,
  );
  if (folders > 0) takenNotice.set(foldersSentence(folders, t));
  else takenNotice.set(repeated > 0 ? t('The same file is already arriving. Nothing added.') : undefined);
}

/** Folders arrive as files of no type that cannot be read; they are told apart before anything is tried. */
export function splitDrop(transfer: DataTransfer): { files: File[]; folders: number } {
  const files: File[] = [];
  let folders = 0;
  for (const item of transfer.items) {
    if (item.kind !== 'file') continue;
    const file = item.getAsFile();
    if (item.webkitGetAsEntry()?.isDirectory) folders += 1;
    else if (file) files.push(file);
  }
  return { files, folders };
}
