import { useText } from '#use-text';
import { LoadingLines } from '@/components/ui/loading-lines';

export default function Loading() {
  const t = useText();
  return (
    <div className="h-full md:rounded-4 md:border md:border-rule md:bg-page">
      <LoadingLines
        label={t('Opening the conversation')}
        className="mx-auto max-w-[42.5rem] px-5 pt-20 md:px-8"
      />
    </div>
  );
}
