'use client';

import { useText } from '#use-text';
import { useDocuments } from '@/components/library/use-documents';
import { Button } from '@/components/ui/button';

const MOST = 4;

/** "On which topic or document should the questions be?": what a document answers, in the languages of the app. */
const ASKS_WHICH =
  /(?:\b(?:which|what|name|welche[rsnm]?|worüber|quel(?:le)?s?|qué|cuál(?:es)?|sobre qué)\b[^.?!\n]{0,80}\b(?:documents?|files?|topics?|notes?|chapters?|subjects?|themas?|dokumente?|sujets?|documentos?|temas?|materia)\b)[^\n]*$/iu;

/** Whether an answer ends by asking what of the notes is meant. */
export const asksWhich = (text: string): boolean => {
  const last = text.trim().split('\n').at(-1) ?? '';
  return text.length < 400 && last.includes('?') && ASKS_WHICH.test(last);
};

/** The answers that lie nearest to such a question, each a press: the student's latest documents. */
export function DocumentAnswers({ onAnswer }: { onAnswer: (title: string) => void }) {
  const t = useText();
  const { documents = [] } = useDocuments();
  const ready = documents.filter(({ status }) => status === 'ready').slice(0, MOST);
  if (ready.length === 0) return null;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would be a form's.
    <div role="group" aria-label={t('Answer with a document')} className="mt-4 flex flex-wrap gap-2">
      {ready.map(({ id, title }) => (
        <Button key={id} className="max-w-full" onClick={() => onAnswer(title)}>
          <span className="truncate font-notes" dir="auto">
            {title}
          </span>
        </Button>
      ))}
    </div>
  );
}
