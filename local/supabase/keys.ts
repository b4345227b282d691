/**
 * The keys of the local stand-in. They are the same on every machine on purpose: the gateway listens on loopback
 * only, and a stack that starts again must accept the sessions it gave out before.
 */
export const LOCAL_PUBLISHABLE_KEY = 'sb_publishable_clervaLocalStackPublic00';
export const LOCAL_SECRET_KEY = 'sb_secret_clervaLocalStackSecret000000';
