// Libraries that add styles while a menu or a dialog is open take the page's nonce from here.
Object.assign(globalThis, { __webpack_nonce__: document.querySelector<HTMLElement>('script[nonce]')?.nonce });

/**
 * The page reports nothing by itself: failures of the app are reported by the server, without what a student wrote.
 * Where a public DSN is built in, Sentry is loaded after the page, with the same privacy settings as on the server.
 */
const dsn = process.env.NEXT_PUBLIC_SENTRY_DSN;

if (dsn) {
  Promise.all([import('@sentry/nextjs'), import('./lib/observability/scrub-event')])
    .then(([{ init }, { scrubEvent }]) =>
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
      }),
    )
    .catch(() => undefined);
}
