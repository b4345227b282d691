import { createClient } from '@supabase/supabase-js';
import { serverEnv } from '../env.ts';

/** A look is worth a moment of the student's time, not more. */
const PATIENCE_MS = 3_000;

/** Whether anybody shows themselves in a channel; `unknown` when it could not be looked into. */
type Sight = 'shown' | 'empty' | 'unknown';

type Look = {
  topic: string;
  /** Of whoever asks: the policies decide whether they may look. */
  accessToken: string;
  /** A tab that says it is closing counts as gone, whether or not its socket is. */
  exceptTab?: string;
};

const looking = new Map<string, Promise<Sight>>();

/**
 * Looks into a presence channel from the server. What a browser says about somebody else's channel is only a reason to
 * look: no student can set another one offline. Many who ask at once share one look.
 */
export function lookInto(look: Look): Promise<Sight> {
  const key = `${look.topic} ${look.exceptTab ?? ''}`;
  const known = looking.get(key);
  if (known) return known;
  const sight = lookOnce(look).finally(() => looking.delete(key));
  looking.set(key, sight);
  return sight;
}

async function lookOnce({ topic, accessToken, exceptTab }: Look): Promise<Sight> {
  const env = serverEnv();
  const client = createClient(env.supabaseUrl, env.supabasePublishableKey, {
    accessToken: async () => accessToken,
  });
  // A channel joined before the token is there is joined as nobody.
  await client.realtime.setAuth();
  const { promise, resolve } = Promise.withResolvers<Sight>();
  const timer = setTimeout(() => resolve('unknown'), PATIENCE_MS);
  const channel = client.channel(topic, { config: { private: true, presence: { enabled: true } } });
  channel
    .on('presence', { event: 'sync' }, () => {
      const tabs = Object.values(channel.presenceState())
        .flat()
        .map((meta) => Reflect.get(meta, 'tab'));
      resolve(tabs.some((tab) => exceptTab === undefined || tab !== exceptTab) ? 'shown' : 'empty');
    })
    .subscribe((status) => {
      if (status === 'CHANNEL_ERROR' || status === 'TIMED_OUT') resolve('unknown');
    });
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    void client.removeAllChannels();
    void client.realtime.disconnect();
  }
}
