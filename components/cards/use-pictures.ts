'use client';

import type { ClipboardEvent } from 'react';
import { useText } from '#use-text';
import { newRequestId, requestJson } from '@/components/client/request';
import { sendPicture } from '@/components/client/send-picture';
import { useAction } from '@/components/client/use-action';
import { useLive } from '@/components/live/live-provider';
import { api } from '@/lib/links';
import { idOfHash } from '@/lib/named-id';

/** The student's note that holds the pictures of their cards: the same one on every device. */
async function pictureNote(userId: string): Promise<string> {
  const name = new TextEncoder().encode(`card pictures of ${userId}`);
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', name));
  return idOfHash([...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(''));
}

/** Takes pictures that are pasted into a side of a card: each is kept, and stands in the text where the caret is. */
export function usePictures() {
  const t = useText();
  const { userId } = useLive();
  const { run, pending, problem } = useAction(async (field: HTMLTextAreaElement, files: readonly File[]) => {
    const docId = await pictureNote(userId);
    const content = `# ${t('Pictures on my cards')}\n\n${t('Pictures that are pasted into cards are kept here. Without this note they are gone.')}\n`;
    // A note that is there already stays as it is.
    const body = { content, base: 0, requestId: newRequestId(), keepsVersion: false };
    await requestJson(api.note(docId), { method: 'PUT', body });
    for (const file of files) {
      const address = await sendPicture(docId, file);
      field.setRangeText(`![${t('Picture')}](${address})`, field.selectionStart, field.selectionEnd, 'end');
      field.dispatchEvent(new Event('input', { bubbles: true }));
    }
  });
  const onPaste = (event: ClipboardEvent<HTMLTextAreaElement>) => {
    const files = [...event.clipboardData.files].filter(({ type }) => type.startsWith('image/'));
    // Word brings a picture of the text that it copied.
    if (files.length === 0 || event.clipboardData.getData('text/plain').trim() !== '') return;
    event.preventDefault();
    void run(event.currentTarget, files);
  };
  return { onPaste, adding: pending ? t('Adding the picture') : '', pictureProblem: problem };
}
