import { useText } from '#use-text';
import { Button } from '@/components/ui/button';
import { ProgressBar } from '@/components/ui/progress-bar';
import type { Made } from '@/lib/domain/make';
import type { ToolProgress } from '@/lib/domain/message';
import { progressWords } from './use-make';

type MakingProps = { kind: Made; progress: ToolProgress; onCancel: () => void };

/** How far it is, and the way to leave it. */
export function MakingLine({ kind, progress, onCancel }: MakingProps) {
  const t = useText();
  const words = progressWords(kind, progress, t);
  const { done = 0, of } = progress;
  return (
    <div className="flex items-center gap-3">
      <div className="grid min-w-0 flex-1 gap-2">
        <p role="status" className="text-ink-2 text-sm tabular">
          {words}
        </p>
        <ProgressBar label={words} {...(of === undefined ? {} : { percent: (100 * done) / of })} />
      </div>
      <Button size="sm" variant="quiet" onClick={onCancel}>
        {t('Cancel')}
      </Button>
    </div>
  );
}
