import { healthOf } from '@/lib/http/draining';
import { otherMethods } from '@/lib/http/methods';
import packageJson from '@/package.json';

/** Alive, for whoever asks: touches nothing else. */
export const GET = () => healthOf({ version: packageJson.version, uptime: Math.round(process.uptime()) });

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');
