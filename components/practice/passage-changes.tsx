'use client';

import { Check, Pencil, X } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { useText } from '#use-text';
import { CardEditor, type Editable } from '@/components/cards/card-editor';
import { CardText } from '@/components/cards/card-text';
import { usePassageChanges } from '@/components/cards/passage-changes';
import { fetchCards } from '@/components/cards/requests';
import { refreshCards } from '@/components/cards/stores';
import { requestDelete } from '@/components/client/request';
import { useAction } from '@/components/client/use-action';
import { setReported } from '@/components/quiz/requests';
import { Button } from '@/components/ui/button';
import { ProblemText } from '@/components/ui/problem-text';
import type { PassageChange } from '@/lib/domain/version';
import { api, paths } from '@/lib/links';

/** What was made from passages that read otherwise in the version in force, each with both texts and what to do about it. */
export function PassageChanges({ made }: { made: Parameters<typeof usePassageChanges>[0] }) {
  const t = useText();
  const { changes, settle } = usePassageChanges(made);
  if (changes.length === 0) return null;
  return (
    <section id="changed" aria-labelledby="changed-title">
      <h2 id="changed-title" className="pb-1 font-semibold">
        {t.rich('The passage changed<span>{count}</span>', {
          count: changes.length,
          span: (words) => <span className="ml-2 font-normal text-ink-3 text-xs tabular">{words}</span>,
        })}
      </h2>
      <p className="pb-2 text-ink-2 text-sm">
        {t('You replaced what these were made from, and the new version reads otherwise.')}
      </p>
      <ul>
        {changes.map((change) => (
          <Change key={change.id} change={change} settle={settle} />
        ))}
      </ul>
    </section>
  );
}

type ChangeProps = { change: PassageChange; settle: ReturnType<typeof usePassageChanges>['settle'] };

function Change({ change, settle }: ChangeProps) {
  const t = useText();
  const [editing, setEditing] = useState<Editable>();
  const { run, pending, problem } = useAction((work: () => Promise<unknown>) => work());
  const { cardId, quizId, itemId, documentId, newText, newPage } = change;
  const drop = () =>
    settle(change, async () => {
      if (cardId !== null) await requestDelete(api.flashcard(cardId));
      else if (quizId !== null && itemId !== null) await setReported(quizId, itemId, true);
      refreshCards();
    });
  const edit = async () => {
    const [card] = await fetchCards(`${api.flashcards}?ids=${cardId}`);
    if (card) setEditing(card);
    else await settle(change);
  };
  return (
    <li className="border-rule border-t py-3 last:border-b">
      <CardText text={change.about} className="font-medium font-notes" />
      <div className="mt-2 grid gap-x-6 gap-y-2 md:grid-cols-2">
        <Text name={t('It said')}>{change.oldText}</Text>
        <Text name={t('It says now')}>{newText ?? t('Nothing like it stands in the new version.')}</Text>
      </div>
      <div className="mt-2 flex flex-wrap items-center gap-1 max-md:-ml-3">
        <Button size="sm" variant="quiet" busy={pending} onClick={() => void run(() => settle(change))}>
          <Check aria-hidden="true" className="size-4" /> {t('Keep')}
        </Button>
        {cardId !== null && (
          <Button size="sm" variant="quiet" disabled={pending} onClick={() => void run(edit)}>
            <Pencil aria-hidden="true" className="size-4" /> {t('Edit')}
          </Button>
        )}
        <Button size="sm" variant="quiet" disabled={pending} onClick={() => void run(drop)}>
          <X aria-hidden="true" className="size-4" /> {cardId === null ? t('Drop the question') : t('Drop')}
        </Button>
        <Link
          href={newPage === null ? paths.document(documentId) : paths.passage(documentId, newPage)}
          className="link ml-2 min-h-8 content-center text-xs"
        >
          {t('Open {title}', { title: change.title })}
        </Link>
      </div>
      <ProblemText problem={problem} />
      <CardEditor
        card={editing}
        onClose={() => setEditing(undefined)}
        onSaved={() => {
          refreshCards();
          void run(() => settle(change));
        }}
      />
    </li>
  );
}

const Text = ({ name, children }: { name: string; children: string }) => (
  <div className="min-w-0">
    <p className="text-ink-3 text-xs">{name}</p>
    <blockquote className="wrap-anywhere font-notes text-ink-2 text-md" dir="auto">
      {children}
    </blockquote>
  </div>
);
