'use client';

import { usePathname, useSearchParams } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import { useText } from '#use-text';
import { TextButton } from '@/components/ui/button';
import { Strip } from '@/components/ui/strip';
import { isWithin, paths } from '@/lib/links';

/** After the page has what it needs itself. */
const REST_MS = 4_000;
/** How often what is kept is fetched anew while nothing says that it has changed. */
const FRESH_MS = 30 * 60_000;
const LOOK_MS = 60 * 60_000;

const START = [paths.today, paths.practice, paths.review, paths.library];
const isDocument = (pathname: string) => /^\/library\/[\da-f-]{36}$/.test(pathname);

const workers = () => ('serviceWorker' in navigator ? navigator.serviceWorker : undefined);

/** Has the worker keep pages as they are now. */
async function keep(pages: readonly string[]): Promise<void> {
  if (!navigator.onLine) return;
  const registration = await workers()?.ready;
  registration?.active?.postMessage({ do: 'keep', paths: pages });
}

/** Another version of the app that waits to take over, as soon as there is one. */
function useNewVersion(): ServiceWorker | undefined {
  const [waiting, setWaiting] = useState<ServiceWorker>();
  useEffect(() => {
    const container = workers();
    if (!container) return;
    let timer: ReturnType<typeof setInterval> | undefined;
    const begin = async () => {
      const registration = await container.register('/sw.js', { updateViaCache: 'none' });
      const look = () => {
        const { installing, waiting: ready } = registration;
        if (ready && container.controller) setWaiting(ready);
        installing?.addEventListener('statechange', look, { once: true });
      };
      registration.addEventListener('updatefound', look);
      look();
      timer = setInterval(() => void registration.update().catch(() => undefined), LOOK_MS);
    };
    // Where workers are not allowed, everything goes on as it does without one.
    void begin().catch(() => undefined);
    return () => clearInterval(timer);
  }, []);
  return waiting;
}

/** Keeps the pages that are needed without a connection as new as they can be. */
function useKept(): void {
  const pathname = usePathname();
  const page = Number(useSearchParams().get('p') ?? 1);
  const freshAt = useRef(Number.NEGATIVE_INFINITY);
  const before = useRef(pathname);
  useEffect(() => {
    const practised = isWithin(before.current, paths.practice) && before.current !== pathname;
    before.current = pathname;
    const timer = setTimeout(() => {
      const isStale = performance.now() - freshAt.current > FRESH_MS;
      if (isStale) freshAt.current = performance.now();
      // The page that is read, and the two that come next.
      const read = isDocument(pathname) ? [0, 1, 2].map((ahead) => `${pathname}?p=${page + ahead}`) : [];
      const pages = [...(isStale ? START : practised ? [paths.practice, paths.review] : []), ...read];
      if (pages.length > 0) void keep(read.length > 0 ? [...pages, pathname] : pages).catch(() => undefined);
    }, REST_MS);
    return () => clearTimeout(timer);
  }, [pathname, page]);
}

/** Removes what was kept before this was switched off. */
export function NoOffline() {
  useEffect(() => {
    workers()
      ?.getRegistrations()
      .then((all) => Promise.all(all.map((registration) => registration.unregister())))
      .catch(() => undefined);
    if ('caches' in window) void caches.keys().then((names) => names.map((name) => caches.delete(name)));
  }, []);
  return null;
}

/** The app without a connection; says when a newer version of it has come. */
export function Offline() {
  const t = useText();
  const waiting = useNewVersion();
  useKept();
  if (!waiting) return null;
  const reload = () => {
    workers()?.addEventListener('controllerchange', () => window.location.reload(), { once: true });
    waiting.postMessage({ do: 'take over' });
    // A worker that was served empty hears nothing.
    setTimeout(() => window.location.reload(), 2_000);
  };
  return (
    <Strip
      className="fixed inset-x-5 top-2 z-50"
      action={<TextButton onClick={reload}>{t('Reload')}</TextButton>}
    >
      {t('A new version is there.')}
    </Strip>
  );
}
