import { createStore } from '@/components/client/store';

/** What a browser fires when the app could be installed; it may be kept, and used once. */
type InstallOffer = Event & { prompt: () => Promise<unknown> };

export const installStore = createStore<InstallOffer | null>(null);

const isOffer = (event: Event): event is InstallOffer => 'prompt' in event;

// It comes once, early, whatever page is open: kept here, it waits for who looks for it, and no bar opens by itself.
if (typeof window !== 'undefined') {
  window.addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault();
    if (isOffer(event)) installStore.set(event);
  });
  window.addEventListener('appinstalled', () => installStore.set(null));
}
