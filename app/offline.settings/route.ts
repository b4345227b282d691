import { BUILD, serverEnv } from '@/lib/env';

export const dynamic = 'force-dynamic';

/** What `public/sw.js` has to know of this server: a worker is made anew where it changes. */
export function GET(): Response {
  const settings = { build: BUILD, isOn: serverEnv().OFFLINE };
  return new Response(`self.clerva = ${JSON.stringify(settings)};\n`, {
    headers: { 'content-type': 'text/javascript; charset=utf-8' },
  });
}
