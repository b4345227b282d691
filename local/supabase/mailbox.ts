import type { App } from '@supabase/lite';
import { z } from 'zod';

type Mailer = NonNullable<App['_mailer']>;

export type Mail = {
  to: string;
  kind: 'signup' | 'recovery' | 'magiclink' | 'email_change' | 'reauthentication';
  /** The six digits a person may type instead of following the link. */
  code: string;
  link: string | null;
  sentAt: string;
};

const KEPT = 200;

const newAddress = z
  .object({ newEmail: z.string(), tokenHashNew: z.string(), tokenNew: z.string() })
  .partial();

/** Keeps the e-mails that a hosted project would send. The links go to the app's own `/auth/confirm` route. */
export class Mailbox implements Mailer {
  readonly #mails: Mail[] = [];
  readonly #siteUrl: string;

  constructor(siteUrl: string) {
    this.#siteUrl = siteUrl;
  }

  /** Newest first, all of them or one address's. */
  list(address?: string): Mail[] {
    const wanted = address?.toLowerCase();
    return this.#mails
      .filter((mail) => wanted === undefined || mail.to.toLowerCase() === wanted)
      .toReversed();
  }

  #keep(kind: Mail['kind'], to: string, tokenHash: string | null, code: string, redirectTo: unknown) {
    const link = tokenHash === null ? null : new URL('/auth/confirm', this.#siteUrl);
    if (link && tokenHash !== null) {
      link.searchParams.set('token_hash', tokenHash);
      link.searchParams.set('type', kind);
      if (typeof redirectTo === 'string' && redirectTo !== '') link.searchParams.set('next', redirectTo);
    }
    this.#mails.push({ to, kind, code, link: link?.href ?? null, sentAt: new Date().toISOString() });
    this.#mails.splice(0, this.#mails.length - KEPT);
  }

  async sendConfirmation(...[email, token, code, meta]: Parameters<Mailer['sendConfirmation']>) {
    this.#keep('signup', email, token, code, meta?.redirectTo);
  }

  async sendRecovery(...[email, token, code, meta]: Parameters<Mailer['sendRecovery']>) {
    this.#keep('recovery', email, token, code, meta?.redirectTo);
  }

  async sendMagicLink(...[email, token, code, meta]: Parameters<Mailer['sendMagicLink']>) {
    this.#keep('magiclink', email, token, code, meta?.redirectTo);
  }

  /** Lite writes to the present address alone; the new one gets its link as well. */
  async sendEmailChange(...[email, token, code, meta]: Parameters<Mailer['sendEmailChange']>) {
    this.#keep('email_change', email, token, code, '/you');
    const { newEmail, tokenHashNew, tokenNew } = newAddress.parse(meta ?? {});
    if (newEmail && tokenHashNew && tokenNew)
      this.#keep('email_change', newEmail, tokenHashNew, tokenNew, '/you');
  }

  async sendReauthentication(...[email, code]: Parameters<Mailer['sendReauthentication']>) {
    this.#keep('reauthentication', email, null, code, null);
  }
}
