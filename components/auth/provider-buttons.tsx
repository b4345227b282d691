import { buttonClass } from '@/components/ui/button';
import { PROVIDERS, signInProviders } from '@/lib/auth/providers';
import { readText } from '@/lib/language/server-text';
import { paths, withNext } from '@/lib/links';

/** Other ways in than a password; nothing where there is none. For a server page. */
export async function ProviderButtons({ next }: { next: string }) {
  const t = await readText();
  const providers = await signInProviders();
  if (providers.length === 0) return null;
  return (
    <section aria-label={t('Other ways to sign in')} className="mt-6 grid gap-2 border-rule border-t pt-5">
      {providers.map((name) => (
        // A plain link: the page it leads to is not of this app, and must not be fetched before it is pressed.
        <a
          key={name}
          href={withNext(paths.signInWith(name), next)}
          className={buttonClass({ size: 'lg', className: 'w-full' })}
        >
          {t('Continue with {value}', { value: PROVIDERS[name] })}
        </a>
      ))}
    </section>
  );
}
