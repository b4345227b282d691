import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { z } from 'zod';

const WRONG_PASSWORDS = 30;
const WITHIN_SECONDS = 300;
const credentials = z.object({ email: z.string().toLowerCase() });

/**
 * Signing in by password, for so many wrong ones an account and five minutes, more than the app lets through from one address: each
 * holds the database for a tenth of a second. The platform counts by address; behind the app every student has the same one here.
 * A right password begins the count anew.
 */
export class PasswordSignIn {
  readonly #wrong = new RateLimiterMemory({ points: WRONG_PASSWORDS, duration: WITHIN_SECONDS });

  /** Answers any request; those that sign in by password are counted. */
  async answer(
    request: Request,
    url: URL,
    ask: (request: Request, url: URL) => Promise<Response>,
  ): Promise<Response> {
    const isSignIn =
      request.method === 'POST' &&
      url.pathname === '/auth/v1/token' &&
      url.searchParams.get('grant_type') === 'password';
    if (!isSignIn) return ask(request, url);
    const given = credentials.safeParse(
      await request
        .clone()
        .json()
        .catch(() => null),
    );
    if (!given.success) return ask(request, url);
    const { email } = given.data;
    // Counted before it is tried, or as many as come at once would all be let in.
    const refused = await this.#wrong.consume(email).then(
      () => null,
      (reason: unknown) => reason,
    );
    if (refused instanceof RateLimiterRes) return tooMany(refused.msBeforeNext);
    const response = await ask(request, url);
    if (response.ok) await this.#wrong.delete(email);
    return response;
  }
}

const tooMany = (milliseconds: number) =>
  Response.json(
    { code: 429, error_code: 'over_request_rate_limit', msg: 'Request rate limit reached' },
    { status: 429, headers: { 'retry-after': String(Math.ceil(milliseconds / 1000)) } },
  );
