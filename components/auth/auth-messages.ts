import type { AuthError } from '@supabase/supabase-js';
import { sentence } from '@/lib/language/text';

type AuthProblem = { message: string; field?: 'email' | 'password' };

type AuthFailure = Pick<AuthError, 'code' | 'message'> & { status?: number | undefined };

const RATE = sentence('Too many attempts. Wait a minute and try again.');
const FAULT = sentence('Signing in does not work right now, and it is our fault. Try again in a moment.');

const PROBLEMS: Readonly<Record<string, AuthProblem>> = {
  invalid_credentials: { message: sentence('This email and password do not match.'), field: 'password' },
  email_not_confirmed: { message: sentence('Open the link in the email I sent you, then sign in.') },
  user_already_exists: {
    message: sentence('There is an account with this email. Sign in instead.'),
    field: 'email',
  },
  email_exists: {
    message: sentence('There is an account with this email. Sign in instead.'),
    field: 'email',
  },
  weak_password: {
    message: sentence('This password is easy to guess. Use at least 8 characters.'),
    field: 'password',
  },
  same_password: {
    message: sentence('This is your present password. Choose another one.'),
    field: 'password',
  },
  email_address_invalid: { message: sentence('Email cannot be delivered to this address.'), field: 'email' },
  validation_failed: { message: sentence('This is not an email address.'), field: 'email' },
  over_request_rate_limit: { message: RATE },
  over_email_send_rate_limit: {
    message: sentence('I sent you an email a moment ago. Wait a minute before the next.'),
  },
  signup_disabled: { message: sentence('New accounts are closed here.') },
  user_banned: { message: sentence('This account is closed.') },
  otp_expired: { message: sentence('This link has expired. Ask for a new one.') },
  session_expired: { message: sentence('You were away for a while. Sign in again.') },
};

/** What Auth answered, as a sentence for the student and the field it belongs to. */
export function authProblem(error: AuthFailure): AuthProblem {
  const known = error.code === undefined ? undefined : PROBLEMS[error.code];
  if (known) return known;
  if (error.status === 429) return { message: RATE };
  return { message: FAULT };
}
