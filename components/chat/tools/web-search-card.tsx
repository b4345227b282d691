import { useText } from '#use-text';
import { CARD } from './tool-card';
import type { ToolCardProps } from './tool-view';

/** Only an address of the web is a link: what a service sent may be anything. */
const isWeb = (url: string) => /^https?:\/\//.test(url);

const hostOf = (url: string) => (URL.canParse(url) ? new URL(url).hostname.replace(/^www\./, '') : url);

/** What was found, apart from what the student's notes say. */
export function WebSearchCard({ part }: ToolCardProps<'webSearch'>) {
  const t = useText();
  const { results } = part.output;
  const found = results.filter(({ url }) => isWeb(url));
  if (found.length === 0) return null;
  return (
    <section aria-label={t('From the web')} className={CARD}>
      <h2 className="font-semibold text-md">{t('From the web, not from your notes')}</h2>
      <ul className="mt-2 grid gap-2.5">
        {found.map(({ title, url, snippet }) => (
          <li key={url} className="min-w-0">
            <a
              href={url}
              target="_blank"
              rel="noreferrer nofollow"
              className="link inline-flex min-h-11 max-w-full items-center md:min-h-6"
            >
              <span className="truncate" dir="auto">
                {title || hostOf(url)}
              </span>
            </a>
            <p className="truncate text-ink-3 text-xs">{hostOf(url)}</p>
            <p dir="auto" className="line-clamp-2 text-ink-2 text-sm">
              {snippet}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
