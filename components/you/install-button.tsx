'use client';

import { useSyncExternalStore } from 'react';
import { useText } from '#use-text';
import { installStore } from '@/components/shell/install';
import { Button } from '@/components/ui/button';

/** Puts the app among those of this device; there only while the browser would. */
export function InstallButton() {
  const t = useText();
  const offer = useSyncExternalStore(installStore.subscribe, installStore.get, () => null);
  if (!offer) return null;
  const install = async () => {
    installStore.set(null);
    await offer.prompt();
  };
  return (
    <Button variant="quiet" className="mt-3 -ml-4" onClick={() => void install()}>
      {t('Install Clerva on this device')}
    </Button>
  );
}
