'use server';

import type { AuthError } from '@supabase/supabase-js';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { z } from 'zod';
import { authProblem } from '@/components/auth/auth-messages';
import { safeNext } from '@/components/auth/safe-next';
import {
  cookieClient,
  currentSession,
  isFreshlySignedIn,
  noteSession,
  type PageSession,
  rememberSignIn,
} from '@/lib/auth/session';
import { serverEnv } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { clientAddress } from '@/lib/http/client-address';
import { enforceLimit } from '@/lib/http/limits';
import { countedAddress } from '@/lib/http/networks';
import { readText } from '@/lib/language/server-text';
import { inEnglish, sentence, type Translate } from '@/lib/language/text';
import { paths } from '@/lib/links';

export type AuthFormState = {
  /** What the fields held, so that a page without scripts does not lose it. Never the password. */
  email?: string;
  name?: string;
  error?: string;
  field?: 'email' | 'password' | 'oldPassword';
  /** Set when an email is on its way: the form is done. */
  sentTo?: string;
};

const emailField = z.string().trim().toLowerCase().max(254).pipe(z.email());
const PASSWORD_MIN = 8;
// Longer passwords are cut by bcrypt, which would make two of them equal.
const PASSWORD_MAX_BYTES = 72;

const textOf = (form: FormData, name: string) => {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
};

function passwordFault(password: string, t: Translate): string | undefined {
  if (password.length < PASSWORD_MIN) return t('Use at least {value} characters.', { value: PASSWORD_MIN });
  if (new TextEncoder().encode(password).length > PASSWORD_MAX_BYTES) return t('Use at most 72 characters.');
  return undefined;
}

type Credentials = { email: string; password: string } | AuthFormState;

function readCredentials(form: FormData, t: Translate): Credentials {
  const typed = textOf(form, 'email');
  const email = emailField.safeParse(typed);
  const password = textOf(form, 'password');
  if (!email.success) return { email: typed, error: t('This is not an email address.'), field: 'email' };
  if (password === '') return { email: typed, error: t('Type your password.'), field: 'password' };
  return { email: email.data, password };
}

const failed = (email: string, error: Parameters<typeof authProblem>[0]): AuthFormState => {
  const { message, field } = authProblem(error);
  return { email, error: message, ...(field === undefined ? {} : { field }) };
};

/** Why this attempt has to wait; undefined when it may go on. */
async function waitFor(email?: string, t = inEnglish): Promise<string | undefined> {
  const address = countedAddress(clientAddress(await headers()) ?? 'unknown');
  try {
    await enforceLimit('door', address);
    if (email === undefined) return undefined;
    await enforceLimit('account', `${address} ${email}`);
    await enforceLimit('anywhere', email);
    return undefined;
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'rate_limited') throw error;
    const minutes = Math.ceil((error.retryAfterSeconds ?? 60) / 60);
    return t('Too many attempts. Wait {minutes, plural, one {# minute} other {# minutes}} and try again.', {
      minutes,
    });
  }
}

/** Where links in emails lead back to: the configured address, else the host the student used. */
async function appUrl(): Promise<string> {
  const configured = serverEnv().NEXT_PUBLIC_APP_URL;
  if (configured) return configured.replace(/\/$/, '');
  const list = await headers();
  return list.get('origin') ?? `http://${list.get('host') ?? 'localhost:3000'}`;
}

export async function signIn(_previous: AuthFormState, form: FormData): Promise<AuthFormState> {
  const t = await readText();
  const read = readCredentials(form, t);
  if (!('password' in read)) return read;
  const wait = await waitFor(read.email, t);
  if (wait) return { email: read.email, error: wait };
  const db = await cookieClient();
  const { data, error } = await db.auth.signInWithPassword({ email: read.email, password: read.password });
  if (error) return failed(read.email, error);
  await rememberSignIn(data.user.id);
  await noteSession(db, 'session.signed_in');
  redirect(safeNext(form.get('next')));
}

export async function signUp(_previous: AuthFormState, form: FormData): Promise<AuthFormState> {
  const t = await readText();
  const name = textOf(form, 'name').trim().slice(0, 80);
  const read = readCredentials(form, t);
  if (!('password' in read)) return { ...read, name };
  const fault = passwordFault(read.password, t);
  if (fault) return { email: read.email, name, error: fault, field: 'password' };
  const wait = await waitFor(read.email, t);
  if (wait) return { email: read.email, name, error: wait };
  const next = safeNext(form.get('next'));
  const db = await cookieClient();
  const { data, error } = await db.auth.signUp({
    email: read.email,
    password: read.password,
    options: {
      data: name === '' ? {} : { display_name: name },
      emailRedirectTo: `${await appUrl()}/auth/confirm?next=${encodeURIComponent(next)}`,
    },
  });
  if (error) return { ...failed(read.email, error), name };
  // Without a session the project wants the address confirmed first. For an address that already has an account Auth
  // answers the same, so that nobody can find out who has one.
  if (data.session === null) return { sentTo: read.email };
  await rememberSignIn(data.session.user.id);
  await noteSession(db, 'session.signed_in');
  redirect(next);
}

/** Where everything runs on one machine that is just starting, the page is there some seconds before the database, and that before the student. */
const DEMO_TRIES = 30;
const DEMO_REST_MS = 500;

/** One press into the account named by the environment; refused where none is named. */
export async function continueAsDemo(_previous: AuthFormState, form: FormData): Promise<AuthFormState> {
  const t = await readText();
  const { DEMO_EMAIL, DEMO_PASSWORD, CLERVA_LOCAL, NODE_ENV } = serverEnv();
  if (!DEMO_EMAIL || !DEMO_PASSWORD) return { error: t('There is no demo student here.') };
  const wait = await waitFor(undefined, t);
  if (wait) return { error: wait };
  const db = await cookieClient();
  const enter = async (tries: number): Promise<AuthError | null> => {
    const { error } = await db.auth.signInWithPassword({ email: DEMO_EMAIL, password: DEMO_PASSWORD });
    const isEarly = error?.code === 'invalid_credentials' || error?.name === 'AuthRetryableFetchError';
    if (!isEarly || tries === 1) return error;
    await new Promise((next) => setTimeout(next, DEMO_REST_MS));
    return enter(tries - 1);
  };
  const error = await enter(CLERVA_LOCAL || NODE_ENV === 'development' ? DEMO_TRIES : 1);
  if (error?.code === 'invalid_credentials')
    return { error: t('The demo student is not there yet. Run npm run seed.') };
  if (error) return failed('', error);
  await noteSession(db, 'session.signed_in');
  redirect(safeNext(form.get('next')));
}

export async function requestPasswordReset(_previous: AuthFormState, form: FormData): Promise<AuthFormState> {
  const t = await readText();
  const typed = textOf(form, 'email');
  const email = emailField.safeParse(typed);
  if (!email.success) return { email: typed, error: t('This is not an email address.'), field: 'email' };
  const wait = await waitFor(email.data, t);
  if (wait) return { email: email.data, error: wait };
  const db = await cookieClient();
  const { error } = await db.auth.resetPasswordForEmail(email.data, {
    redirectTo: `${await appUrl()}/auth/confirm?next=/auth/new-password`,
  });
  if (error) return failed(email.data, error);
  return { sentTo: email.data };
}

/** Also for a form that was opened while nobody had to be asked, and was sent later than that. */
const NEEDS_OLD_PASSWORD = sentence(
  'You signed in a while ago. Type your present password, or ask for a new link below.',
);

/** Whether it is the student who sits here: just signed in, or with the present password. What to answer otherwise. */
async function doubtOf(
  { db, user }: PageSession,
  form: FormData,
  t: Translate,
): Promise<AuthFormState | null> {
  if (await isFreshlySignedIn(user.id)) return null;
  const old = { email: user.email, password: textOf(form, 'oldPassword') };
  if (old.password === '') return { error: NEEDS_OLD_PASSWORD, field: 'oldPassword' };
  const wait = await waitFor(user.email, t);
  if (wait) return { error: wait };
  const { error } = await db.auth.signInWithPassword(old);
  if (error?.code === 'invalid_credentials')
    return { error: t('This is not your present password.'), field: 'oldPassword' };
  if (error) return failed('', error);
  await rememberSignIn(user.id);
  return null;
}

/**
 * Asks for another address. Auth writes to both, and changes it once both have agreed; sessions go on, since whoever could
 * ask for it had the password.
 */
export async function changeEmail(_previous: AuthFormState, form: FormData): Promise<AuthFormState> {
  const t = await readText();
  const typed = textOf(form, 'email');
  const email = emailField.safeParse(typed);
  if (!email.success) return { email: typed, error: t('This is not an email address.'), field: 'email' };
  const session = await currentSession();
  if (session === null) redirect(paths.signIn);
  const { db, user } = session;
  if (email.data === user.email.toLowerCase())
    return { email: typed, error: t('This is your address already.'), field: 'email' };
  const doubt = await doubtOf(session, form, t);
  if (doubt) return { ...doubt, email: typed };
  // It tells whether an address has an account, so it is counted like a guess.
  const wait = await waitFor(user.email, t);
  if (wait) return { email: typed, error: wait };
  const { error } = await db.auth.updateUser(
    { email: email.data },
    { emailRedirectTo: `${await appUrl()}/auth/confirm?next=${paths.you}` },
  );
  if (error?.code === 'email_exists')
    return { email: typed, error: t('Another account has this address.'), field: 'email' };
  if (error) return failed(typed, error);
  await noteSession(db, 'account.email_change_asked');
  return { sentTo: email.data };
}

/**
 * Sets a new password, for the session that the link of an email just opened or for whoever knows the old one, and signs
 * every other device out: whoever changes a password may do so because somebody else knew it.
 */
export async function setPassword(_previous: AuthFormState, form: FormData): Promise<AuthFormState> {
  const t = await readText();
  const password = textOf(form, 'password');
  const fault = passwordFault(password, t);
  if (fault) return { error: fault, field: 'password' };
  const session = await currentSession();
  if (session === null) redirect(`${paths.forgotPassword}?expired=1`);
  const { db } = session;
  const doubt = await doubtOf(session, form, t);
  if (doubt) return doubt;
  const { error } = await db.auth.updateUser({ password });
  if (error) return failed('', error);
  await noteSession(db, 'account.password_changed');
  const { error: kept } = await db.auth.signOut({ scope: 'others' });
  if (kept)
    return {
      error: t(
        'Your password is changed, but your other devices are still signed in. Choose another one to try again.',
      ),
    };
  redirect(paths.today);
}
