'use client';

import { useState } from 'react';
import { useText } from '#use-text';
import { type Chosen, DocumentPicker, EVERYTHING, type Scope } from '@/components/chooser/document-picker';
import { useDocuments } from '@/components/library/use-documents';
import { Button } from '@/components/ui/button';
import { LoadingLines } from '@/components/ui/loading-lines';

export type ScopeChoiceProps = { scope: Scope | undefined; onChoose: (scope: Scope | undefined) => void };

/** The documents and courses that a question can keep to. */
export function ScopePicker({ scope, onChoose }: ScopeChoiceProps) {
  const t = useText();
  const { documents } = useDocuments();
  const [chosen, setChosen] = useState<Chosen>(scope ?? EVERYTHING);
  const [first] = useState(chosen.docIds);
  if (documents === undefined) return <LoadingLines label={t('Reading your library')} />;
  const ready = documents.filter(({ status }) => status === 'ready');
  const take = () => {
    const { course, docIds } = chosen;
    const [only] = ready.filter(({ id }) => docIds.includes(id));
    const title =
      course ??
      (docIds.length === 1
        ? only?.title
        : t('{count, plural, one {# document} other {# documents}}', { count: docIds.length }));
    onChoose(
      title === undefined || (course === null && docIds.length === 0) ? undefined : { ...chosen, title },
    );
  };
  return (
    <div className="grid gap-4">
      <DocumentPicker documents={ready} chosen={chosen} first={first} onChoose={setChosen} />
      <Button variant="primary" className="w-fit" onClick={take}>
        {t('Look there')}
      </Button>
    </div>
  );
}
