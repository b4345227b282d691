/** What the policy of a page depends on besides its nonce. */
export type PolicySources = {
  supabaseUrl: string;
  /** The public DSN, where the page reports its failures itself. */
  sentryDsn: string | undefined;
  /** Where views of pages are counted, where they are. */
  analyticsHost?: string | undefined;
  /** Development compiles in the page and swaps its parts over a socket. */
  isDevelopment: boolean;
};

/**
 * What a page may load and run: our own scripts, by a nonce that is new with every answer, and what those load. Nothing else
 * that finds its way into a page is run, so text of others can at worst look odd.
 */
export function contentSecurityPolicy(nonce: string, sources: PolicySources): string {
  const supabase = new URL(sources.supabaseUrl);
  const live = new URL(supabase);
  live.protocol = supabase.protocol === 'https:' ? 'wss:' : 'ws:';
  const connections = [supabase.origin, `${live.protocol}//${live.host}`];
  if (sources.sentryDsn) connections.push(new URL(sources.sentryDsn).origin);
  if (sources.analyticsHost) connections.push(new URL(sources.analyticsHost).origin);
  if (sources.isDevelopment) connections.push('ws:');
  const directives: Record<string, string[]> = {
    'default-src': ["'none'"],
    'script-src': [
      "'self'",
      `'nonce-${nonce}'`,
      "'strict-dynamic'",
      ...(sources.isDevelopment ? ["'unsafe-eval'"] : []),
    ],
    // A nonce would switch the development server's own styles off.
    'style-src': sources.isDevelopment ? ["'self'", "'unsafe-inline'"] : ["'self'", `'nonce-${nonce}'`],
    // Widths of bars and the layout of formulas (each sign has its own height) are attributes of the page as the server makes it.
    // One styles its element alone, selects nothing, and loads what `img-src` allows; a script that set them again on the page
    // would let through the same and show it later.
    'style-src-attr': ["'unsafe-inline'"],
    'img-src': ["'self'", 'data:', 'blob:', supabase.origin],
    // Recordings play from the store of files.
    'media-src': ["'self'", supabase.origin],
    'font-src': ["'self'", 'data:'],
    'connect-src': ["'self'", ...connections],
    'manifest-src': ["'self'"],
    // The socket keeps its time in a worker that its library makes from text.
    'worker-src': ["'self'", 'blob:'],
    'frame-ancestors': ["'none'"],
    'object-src': ["'none'"],
    'base-uri': ["'none'"],
    'form-action': ["'self'"],
  };
  return Object.entries(directives)
    .map(([name, values]) => `${name} ${values.join(' ')}`)
    .join('; ');
}
