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
    // No style is written into a page: lengths are attributes of drawings, and formulas are drawn by the page itself.
    'style-src': ["'self'", `'nonce-${nonce}'`],
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
