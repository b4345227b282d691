'use client';

import { useEffect, useEffectEvent, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { mutate } from 'swr';
import { newRequestId } from '@/components/client/request';
import { useDocuments } from '@/components/library/use-documents';
import { useLive } from '@/components/live/live-provider';
import { useRows } from '@/components/live/use-rows';
import { linkName, type Note } from '@/lib/domain/note';
import { api, paths } from '@/lib/links';
import { dropDraft, keepDraft, sendDrafts } from './drafts';
import type { Editing } from './editor';
import type { FindTarget } from './note-preview';
import { fetchNote, sendNote } from './requests';
import { NoteSaver } from './saver';

/** Without the live connection another tab's text is looked for so often. */
const LOOK_MS = 15_000;

/** The text of one note and its saving: what this tab wrote, and what others wrote meanwhile. */
export function useNote(documentId: string, note: Note | null) {
  const { userId } = useLive();
  const [tab] = useState(newRequestId);
  const [text, setText] = useState(note?.content ?? '');
  const editing = useRef<Editing>(undefined);
  const isNew = useRef(note === null);
  // A note is opened with what the server knew of it; from then on the saver knows more.
  const [saver] = useState(
    () =>
      new NoteSaver({
        base: { revision: note?.revision ?? 0, content: note?.content ?? '' },
        send: async (save) => {
          const saved = await sendNote(documentId, save);
          if (isNew.current && saved.isSaved) {
            isNew.current = false;
            // The address of a note that exists; the page stays as it is.
            window.history.replaceState(null, '', paths.note(documentId));
          }
          return saved;
        },
        keep: (unsaved) => {
          if (unsaved) keepDraft(userId, tab, { documentId, ...unsaved, savedAtMs: Date.now() });
          else dropDraft(userId, tab, documentId);
        },
        onText: (next) => {
          setText(next);
          editing.current?.show(next);
        },
      }),
  );
  const state = useSyncExternalStore(saver.subscribe, saver.state, saver.state);
  useOthers(documentId, saver, isNew);
  useLeaving(saver);

  return {
    text,
    state,
    saver,
    editing,
    write: (next: string) => {
      setText(next);
      saver.change(next);
    },
  };
}

/** Looks at what the note says elsewhere: when it is told, when the tab is turned to, and from time to time. */
function useOthers(documentId: string, saver: NoteSaver, isNew: { readonly current: boolean }) {
  const { status, userId } = useLive();
  const look = useEffectEvent(async () => {
    if (isNew.current || document.visibilityState === 'hidden') return;
    const found = await fetchNote(documentId).catch(() => undefined);
    if (found) await saver.learn(found);
  });
  useRows({ table: 'doc_source', filter: `id=eq.${documentId}` }, () => void look());
  useEffect(() => {
    // What an earlier visit could not send comes first, or it would be taken for somebody else's.
    void sendDrafts(userId, sendNote, documentId).then(
      async (sent) => {
        if (sent > 0) await look();
      },
      () => undefined,
    );
    const turned = () => void look();
    document.addEventListener('visibilitychange', turned);
    window.addEventListener('focus', turned);
    const timer = status === 'live' ? undefined : setInterval(turned, LOOK_MS);
    return () => {
      document.removeEventListener('visibilitychange', turned);
      window.removeEventListener('focus', turned);
      clearInterval(timer);
    };
  }, [documentId, userId, status]);
}

/** Saves on the way out, and again as soon as there is a connection. */
function useLeaving(saver: NoteSaver) {
  useEffect(() => {
    const save = () => void saver.flush();
    window.addEventListener('online', save);
    window.addEventListener('pagehide', save);
    return () => {
      window.removeEventListener('online', save);
      window.removeEventListener('pagehide', save);
      void saver.flush().then(() => mutate(api.documents));
    };
  }, [saver]);
}

/** Where the links of a note lead, and what there is to link to. */
export function useLinkTargets(documentId: string) {
  const { documents } = useDocuments();
  const known = useRef<readonly string[]>([]);
  const find = useMemo((): FindTarget => {
    const byName = new Map(
      documents?.map(({ id, title, sourceType }) => [
        linkName(title).toLocaleLowerCase(),
        { href: sourceType === 'note' ? paths.note(id) : paths.document(id) },
      ]),
    );
    // Until the list is there nothing is called broken.
    return (name) =>
      byName.get(name.toLocaleLowerCase()) ?? (documents ? undefined : { href: paths.library });
  }, [documents]);
  useEffect(() => {
    known.current = documents?.filter(({ id }) => id !== documentId).map(({ title }) => title) ?? [];
  }, [documents, documentId]);
  return { find, titles: () => known.current };
}
