import type { Metadata } from 'next';
import { cookies, headers } from 'next/headers';
import { unstable_rethrow } from 'next/navigation';
import { cache, type ReactNode, use } from 'react';
import { currentSession } from '../auth/session.ts';
import { getProfile } from '../db/queries/profile.ts';
import { isLanguage, LANGUAGE_COOKIE, type Language, wantedLanguage } from '../domain/language.ts';
import { logger } from '../observability/logger.ts';
import { messagesOf, translatorOf } from './catalogues.ts';
import type { Group, Text, Translate } from './text.ts';
import { TextProvider } from './use-text.tsx';

/** The profile of whoever is signed in, read once for a page. */
export const currentProfile = cache(async () => {
  const session = await currentSession();
  return session && getProfile(session.db, { userId: session.user.id });
});

/** What the student chose, else what this browser was told, else what it wants. */
export const currentLanguage = cache(async (): Promise<Language> => {
  const profile = await currentProfile().catch((err: unknown) => {
    // What Next throws to learn that a page depends on its visitor is no failure.
    unstable_rethrow(err);
    // A page that says that the database does not answer has to be said in some language.
    logger().warn({ err }, 'the language of a student could not be read');
    return null;
  });
  if (profile?.language) return profile.language;
  const kept = (await cookies()).get(LANGUAGE_COOKIE)?.value;
  return isLanguage(kept) ? kept : wantedLanguage((await headers()).get('accept-language'));
});

/** For pages and layouts, which are asynchronous. */
export const readText = cache(async (): Promise<Translate> => translatorOf(await currentLanguage()));

/** The same as in the browser, for components that are drawn here: `#use-text` leads to this file on the server. */
export const useText = (): Translate => use(readText());

/** The title of a page, as its `generateMetadata`. */
export const titled = (title: Text) => async (): Promise<Metadata> => ({ title: (await readText())(title) });

type TextsProps = { of: readonly Group[]; children: ReactNode };

/** Sends a page the words of the groups that its parts in the browser show; none for English. */
export async function Texts({ of: groups, children }: TextsProps) {
  const language = await currentLanguage();
  return (
    <TextProvider language={language} messages={messagesOf(language, groups)}>
      {children}
    </TextProvider>
  );
}
