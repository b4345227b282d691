import type { ErrorEvent } from '@sentry/nextjs';

const EMAIL = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g;
/** Keys of the services in use, and JSON web tokens. */
const KEY = /\b(?:sk-|sb_secret_|sb_publishable_|signkey-|eyJ)[\w.-]{8,}/g;

/** Text without the e-mail addresses and keys that find their way into error messages. */
export function scrubText(text: string): string {
  return text.replace(EMAIL, '[email]').replace(KEY, '[key]');
}

/** The last look at a report before it leaves: kinds, places and ids stay, people and secrets do not. */
export function scrubEvent(event: ErrorEvent): ErrorEvent {
  delete event.user;
  delete event.breadcrumbs;
  delete event.extra;
  if (event.request) {
    const { method, url } = event.request;
    event.request = {
      ...(method === undefined ? {} : { method }),
      ...(url === undefined ? {} : { url: url.split('?')[0] ?? '' }),
    };
  }
  if (event.message) event.message = scrubText(event.message);
  for (const exception of event.exception?.values ?? []) {
    if (exception.value) exception.value = scrubText(exception.value);
  }
  return event;
}
