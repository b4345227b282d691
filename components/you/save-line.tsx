import { useText } from '#use-text';
import { Button } from '@/components/ui/button';
import { ProblemText } from '@/components/ui/problem-text';
import { type Message, text } from '@/lib/language/text';

export type SaveState = 'clean' | 'changed' | 'saving' | 'saved';

const WORDS: Readonly<Record<SaveState, Message | null>> = {
  clean: null,
  changed: text('Not saved yet'),
  saving: text('Saving'),
  saved: text('Saved'),
};

type SaveLineProps = { state: SaveState; problem: string | undefined; children?: string };

/** The button of a form and, beside it, what became of the last press. */
export function SaveLine({ state, problem, children }: SaveLineProps) {
  const t = useText();
  return (
    <div>
      <div className="flex flex-wrap items-center gap-3">
        <Button type="submit" busy={state === 'saving'}>
          {children ?? t('Save')}
        </Button>
        <span role="status" className="text-ink-2 text-xs">
          {problem === undefined && WORDS[state] ? t(WORDS[state]) : ''}
        </span>
      </div>
      <ProblemText problem={problem} className="mt-1.5" />
    </div>
  );
}
