'use client';

import { useText } from '#use-text';
import { ButtonLink } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { paths } from '@/lib/links';

type EmptyConversationProps = {
  suggestions: string[];
  hasNotes: boolean;
  onAsk: (question: string) => void;
};

/** Before the first question: the way to notes, or three questions made from them. */
export function EmptyConversation({ suggestions, hasNotes, onAsk }: EmptyConversationProps) {
  const t = useText();
  if (!hasNotes) {
    return (
      <EmptyState
        title={t('Bring one file you have to learn')}
        className="mt-4"
        actions={
          <ButtonLink variant="primary" href={paths.library}>
            {t('Add notes')}
          </ButtonLink>
        }
      >
        {t(
          'A chapter, slides, a script. You can ask it something as soon as it is read, and every answer shows its place.',
        )}
      </EmptyState>
    );
  }
  return (
    <div className="pt-6 md:pt-16">
      <h2 className="font-semibold text-xl">{t('What do you want to understand?')}</h2>
      <p className="mt-2 max-w-measure text-ink-2 text-md">
        {t('I answer from your notes and show the exact words behind each statement.')}
      </p>
      {suggestions.length > 0 && (
        <ul aria-label={t('Questions from your notes')} className="mt-6 border-rule border-t">
          {suggestions.map((suggestion) => (
            <li key={suggestion} className="border-rule border-b">
              <button
                type="button"
                onClick={() => onAsk(suggestion)}
                className="min-h-12 w-full rounded-1 py-3 text-left text-md hover:text-pen"
              >
                {suggestion}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
