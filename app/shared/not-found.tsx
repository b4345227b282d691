import { useText } from '#use-text';
import { Brand } from '@/components/ui/brand';
import { titled } from '@/lib/language/server-text';

export const generateMetadata = titled('Nothing here');

/** The same for a link that was revoked, has ended or never was. */
export default function SharedNotFound() {
  const t = useText();
  return (
    <main className="mx-auto max-w-[42.5rem] px-5 py-6 md:px-8 md:py-10">
      <Brand />
      <h1 className="mt-8 font-semibold text-xl">{t('This link shows nothing')}</h1>
      <p className="mt-2 max-w-measure text-ink-2 text-md">
        {t('It has ended, or whoever shared it took it back. Ask them for a new one.')}
      </p>
    </main>
  );
}
