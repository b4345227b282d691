'use client';

import { WifiOff } from 'lucide-react';
import { useOnline } from '@/components/client/use-online';
import { Strip } from '@/components/ui/strip';

/** Says so at the top of the page while there is no connection, and goes away by itself. */
export function OfflineStrip() {
  if (useOnline()) return null;
  return (
    <Strip icon={WifiOff} className="mx-5 mb-2 md:mx-0">
      You are offline. What is open stays readable, and uploads wait for the connection.
    </Strip>
  );
}
