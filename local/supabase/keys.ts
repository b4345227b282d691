import { randomBytes } from 'node:crypto';

/**
 * The key of the local stand-in that pages bear. It is the same on every machine on purpose: it is public wherever it is used,
 * it stands in the bundles of a build, and a stack that starts again must accept the sessions it gave out before.
 */
export const LOCAL_PUBLISHABLE_KEY = 'sb_publishable_clervaLocalStackPublic00';

/** A key with every right: made once for each data folder and known to nobody else. */
export const createSecretKey = () => `sb_secret_${randomBytes(24).toString('base64url')}`;
