// Libraries that add styles while a menu or a dialog is open take the page's nonce from here.
const nonce = document.querySelector<HTMLElement>('script[nonce]')?.nonce ?? '';
Object.assign(globalThis, { __webpack_nonce__: nonce });
if (process.env.NODE_ENV === 'development') {
  // What the development server draws over a page takes none by itself.
  const create = document.createElement.bind(document);
  Object.assign(document, {
    createElement: (...given: Parameters<typeof create>) => {
      const made = create(...given);
      if (made instanceof HTMLStyleElement) made.nonce = nonce;
      return made;
    },
  });
}

/**
 * Where a key is built in, which kind of page is opened is counted: its route without ids, under a number that ends with the
 * tab. No text, no cookie, and nothing at all of who asks not to be tracked.
 */
const analyticsKey = process.env.NEXT_PUBLIC_POSTHOG_KEY;
const analyticsHost = process.env.NEXT_PUBLIC_POSTHOG_HOST || 'https://eu.i.posthog.com';
const asksNotTo = navigator.doNotTrack === '1' || Reflect.get(navigator, 'globalPrivacyControl') === true;
const tab = Math.random().toString(36).slice(2);

async function countPage(url: string): Promise<void> {
  if (!analyticsKey || asksNotTo) return;
  const { routeName } = await import('./lib/observability/redact');
  const route = routeName(new URL(url, location.origin).pathname);
  const properties = {
    $current_url: `${location.origin}${route}`,
    $process_person_profile: false,
    $ip: null,
  };
  await fetch(`${analyticsHost}/i/v0/e/`, {
    method: 'POST',
    keepalive: true,
    credentials: 'omit',
    referrerPolicy: 'no-referrer',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ api_key: analyticsKey, event: '$pageview', distinct_id: tab, properties }),
  }).catch(() => undefined);
}

void countPage(location.pathname);
export const onRouterTransitionStart = (url: string): void => void countPage(url);

/**
 * The page reports nothing by itself: failures of the app are reported by the server, without what a student wrote.
 * Where a public DSN is built in, Sentry is loaded after the page, with the same privacy settings as on the server.
 */
if (process.env.NEXT_PUBLIC_SENTRY_DSN) {
  const dsn = process.env.NEXT_PUBLIC_SENTRY_DSN;
  Promise.all([import('@sentry/nextjs'), import('./lib/observability/scrub-event')])
    .then(([{ captureException, init }, { scrubEvent }]) => {
      init({
        dsn,
        beforeSend: scrubEvent,
        beforeSendTransaction: scrubEvent,
        beforeBreadcrumb: () => null,
        tracesSampleRate: 0,
        dataCollection: {
          userInfo: false,
          cookies: false,
          httpHeaders: false,
          httpBodies: [],
          urlQueryParams: false,
          genAI: { inputs: false, outputs: false },
        },
      });
      window.addEventListener('clerva-fault', (event) => captureException(Reflect.get(event, 'detail')));
    })
    .catch(() => undefined);
}
