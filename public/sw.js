/**
 * Keeps what a student needs without a connection: the code of the app, Today, Practice with its due cards, the library, and
 * documents that were opened lately. Nothing of it is handed out once another student, or nobody, is signed in.
 */
// Which version of the app this is. Another one makes another worker, since browsers compare what is imported too.
importScripts('/offline.settings');

const { build, isOn, words } = self.clerva;
const CODE = `clerva-code-${build}`;
const KEPT = `clerva-kept-${build}`;
const MOST_PAGES = 200;
const STUDENT = '/student';

const isCode = (path) => path.startsWith('/_next/static/') || path === '/icon.svg';
/** What is kept whatever is opened, and what is kept because it was: a page of a document, by its number. */
const isStart = (path) => ['/', '/practice', '/practice/review', '/library'].includes(path);
const isDocument = (path) => /^\/library\/[\da-f-]{36}(?:\?p=\d+)?$/.test(path);
const pathOf = (url) => {
  const { pathname, search } = new URL(url, self.location.origin);
  return pathname + search;
};

/** Counts how often all was forgotten: what was on its way then is not kept. */
let era = 0;

const kept = () => caches.open(KEPT);

/** Whose all of it is. */
async function studentKept() {
  return (await (await kept()).match(STUDENT))?.text();
}

/** Only one student's things are here at a time. */
async function belongTo(student) {
  if ((await studentKept()) === student) return;
  await forget();
  await (await kept()).put(STUDENT, new Response(student));
}

/** Nothing stays of whoever was signed in. */
async function forget() {
  era += 1;
  const names = await caches.keys();
  await Promise.all(
    names.filter((name) => name.startsWith('clerva-kept-')).map((name) => caches.delete(name)),
  );
}

/** For whom the app made a page; a page for nobody in particular has no such line. */
const studentOf = (page) => /<meta name="clerva-student" content="([\da-f-]{36})"/.exec(page)?.[1];

/** The code that a page names, so that it is there before it is asked for. */
async function keepCode(page) {
  const code = await caches.open(CODE);
  const named = new Set(page.match(/\/_next\/static\/[\w./~%-]+\.(?:js|css|woff2)/g));
  await Promise.allSettled(
    [...named].map(async (path) => {
      if (!(await code.match(path))) await code.add(path);
    }),
  );
}

/** The least recently opened go first. */
async function bound() {
  const cache = await kept();
  const pages = (await cache.keys()).filter(({ url }) => isDocument(pathOf(url)));
  await Promise.all(pages.slice(0, Math.max(0, pages.length - MOST_PAGES)).map((old) => cache.delete(old)));
}

/** Puts an answer at the end of what is kept, under its path alone. */
async function put(path, response) {
  const cache = await kept();
  await cache.delete(path);
  await cache.put(path, response);
}

/** Looks at a page on its way to the screen: whose it is, and whether it is one to keep. */
async function learn(path, response) {
  const begun = era;
  if (!response.ok || !response.headers.get('content-type')?.includes('text/html')) {
    if (response.status === 404) await (await kept()).delete(path);
    return;
  }
  const copy = response.clone();
  const page = await response.text();
  const student = studentOf(page);
  if (student === undefined) {
    if (path.startsWith('/sign-in')) await forget();
    return;
  }
  if (begun !== era) return;
  await belongTo(student);
  if (!isStart(path) && !isDocument(path)) return;
  await put(path, copy);
  await keepCode(page);
  await bound();
}

/** Fetches pages again so that they are as new as the connection lets them be. */
async function refresh(paths) {
  for (const path of paths) {
    if (!isStart(path) && !isDocument(path)) continue;
    const response = await fetch(path, { credentials: 'same-origin' });
    // Nobody is signed in any more.
    if (new URL(response.url).pathname === '/sign-in') return forget();
    if (!response.redirected) await learn(path, response);
  }
}

const escaped = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** What a page that is not here is answered with: what is, in the language it is in. */
async function missing() {
  const cache = await kept();
  // A document is kept page by page under one title: it is named once, by its own address where that is here.
  const places = new Map();
  for (const path of (await cache.keys()).map(({ url }) => pathOf(url))) {
    if (!isStart(path) && !isDocument(path)) continue;
    const [place] = path.split('?');
    const chosen = places.get(place) === place ? place : path;
    places.delete(place);
    places.set(place, chosen);
  }
  const pages = await Promise.all(
    [...places.values()].map(async (path) => ({ path, page: await (await cache.match(path)).text() })),
  );
  const lang = /<html[^>]* lang="(\w+)"/.exec(pages.at(-1)?.page)?.[1] ?? 'en';
  const said = words[lang] ?? words.en;
  const links = pages.map(({ path, page }) => {
    const title = /<title>([^<]*?)(?: · Clerva)?<\/title>/.exec(page)?.[1] ?? path;
    return `<li><a href="${escaped(path)}">${title === 'Clerva' ? said.today : title}</a></li>`;
  });
  const here = links.length > 0 ? `<p>${said.here}</p><ul>${links.reverse().join('')}</ul>` : '';
  const body = `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${said.title} · Clerva</title><style>:root{color-scheme:light dark}body{font:16px/1.6 system-ui,sans-serif;max-width:40rem;margin:12vh auto;padding:0 20px}li{margin:10px 0}</style></head><body><main><h1>${said.title}</h1><p>${said.absent}</p>${here}<p><a href="">${said.again}</a></p></main></body></html>`;
  return new Response(body, { status: 503, headers: { 'content-type': 'text/html; charset=utf-8' } });
}

async function codeOf(request) {
  const code = await caches.open(CODE);
  const known = await code.match(request.url);
  if (known) return known;
  const response = await fetch(request);
  if (response.ok) await code.put(request.url, response.clone());
  return response;
}

async function pageOf(event, path) {
  try {
    const response = await fetch(event.request);
    event.waitUntil(learn(path, response.clone()));
    return response;
  } catch {
    return (await (await kept()).match(path)) ?? missing();
  }
}

self.addEventListener('fetch', (event) => {
  if (!isOn) return;
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  const path = pathOf(request.url);
  if (origin !== self.location.origin) return;
  if (request.method === 'POST' && pathname === '/auth/sign-out') {
    return event.waitUntil(Promise.allSettled([forget(), tellNobody()]));
  }
  if (request.method !== 'GET') return;
  if (isCode(pathname)) event.respondWith(codeOf(request));
  else if (request.mode === 'navigate') event.respondWith(pageOf(event, path));
});

self.addEventListener('activate', (event) => {
  const begin = async () => {
    if (!isOn) {
      await Promise.all(
        (await caches.keys()).map((name) => name.startsWith('clerva-') && caches.delete(name)),
      );
      await self.registration.unregister();
      return;
    }
    await self.clients.claim();
    const names = (await caches.keys()).filter((name) => name.startsWith('clerva-'));
    const old = names.filter((name) => name !== CODE && name !== KEPT);
    const paths = [];
    for (const name of old) {
      if (name.startsWith('clerva-kept-'))
        paths.push(...(await (await caches.open(name)).keys()).map(({ url }) => pathOf(url)));
      await caches.delete(name);
    }
    await refresh(paths).catch(() => undefined);
  };
  event.waitUntil(begin());
});

/** What is told while no page of the app is open. Without words of its own it still says that there is something. */
self.addEventListener('push', (event) => {
  let told = {};
  try {
    told = event.data?.json() ?? {};
  } catch {
    // Not ours: the browser asks for something to be shown all the same.
  }
  const { title = 'Clerva', body = '', url = '/', tag = 'clerva' } = told;
  event.waitUntil(self.registration.showNotification(title, { body, tag, icon: '/icon.svg', data: { url } }));
});

/** Brings the page it is about to the front, in a tab that is open where there is one. */
self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  const url = new URL(event.notification.data?.url ?? '/', self.location.origin);
  const show = async () => {
    if (url.origin !== self.location.origin) return;
    const [open] = await self.clients.matchAll({ type: 'window' });
    const shown = await open?.navigate(url.href).catch(() => null);
    await (shown ? shown.focus() : self.clients.openWindow(url.href));
  };
  event.waitUntil(show());
});

/** Whoever signs out here is told nothing here any more; the address is no more, and is forgotten when it is tried. */
async function tellNobody() {
  await (await self.registration.pushManager?.getSubscription())?.unsubscribe();
}

self.addEventListener('message', (event) => {
  if (event.data.do === 'take over') self.skipWaiting();
  if (event.data.do === 'keep') event.waitUntil(refresh(event.data.paths).catch(() => undefined));
});

// Switched off, it leaves at once, and everything it kept with it.
self.addEventListener('install', () => {
  if (!isOn) self.skipWaiting();
});
