'use client';

import { useState } from 'react';
import useSWR from 'swr';
import { useText } from '#use-text';
import { requestDelete, requestJson } from '@/components/client/request';
import { useAction } from '@/components/client/use-action';
import { useCopy } from '@/components/client/use-copy';
import { Button, TextButton } from '@/components/ui/button';
import { Dialog, DialogContent } from '@/components/ui/dialog';
import { Form } from '@/components/ui/form';
import { ProblemText } from '@/components/ui/problem-text';
import { TextField } from '@/components/ui/text-field';
import { SelectField } from '@/components/you/select-field';
import { momentInWords } from '@/lib/calendar/words';
import type { ShareLink } from '@/lib/db/queries/share-link';
import { MAX_NAME_CHARACTERS } from '@/lib/domain/bounds';
import type { ShareExpiry, ShareRequest } from '@/lib/domain/transcript';
import { type Message, type Translate, text } from '@/lib/language/text';
import { api } from '@/lib/links';

const EXPIRES: Record<ShareExpiry, Message> = {
  '1d': text('1 day'),
  '7d': text('7 days'),
  '30d': text('30 days'),
  never: text('Until I take it back'),
};

const fetchLinks = async (url: string) => (await requestJson<{ links: ShareLink[] }>(url)).links;

type ShareDialogProps = { thread: { id: string; title: string | null }; onClose: () => void };

/** Makes a link to a copy of a conversation, and takes links back. */
export function ShareDialog({ thread, onClose }: ShareDialogProps) {
  const t = useText();
  const { data, mutate } = useSWR<ShareLink[], Error>(api.shareLinks, fetchLinks);
  const [expires, setExpires] = useState<ShareExpiry>('7d');
  const [made, setMade] = useState<{ id: string; url: string }>();
  const make = useAction(async (body: ShareRequest) => {
    setMade(await requestJson(api.shareThread(thread.id), { method: 'POST', body }));
    await mutate();
  });
  const revoke = useAction(async (id: string) => {
    await requestDelete(api.shareLink(id));
    if (id === made?.id) setMade(undefined);
    await mutate();
  });
  const links = data?.filter(({ threadId }) => threadId === thread.id) ?? [];
  return (
    <Dialog open onOpenChange={(opens) => !opens && onClose()}>
      <DialogContent
        title={t('Share a copy')}
        description={t(
          'Whoever has the link reads the conversation as it is now, and nothing else of yours. What you ask later is not in it.',
        )}
      >
        {made ? (
          <MadeLink url={made.url} />
        ) : (
          <Form
            className="grid gap-4"
            onSend={(read, form) =>
              make.run({
                name: read('name') || null,
                expires,
                withSources: new FormData(form).has('sources'),
              })
            }
          >
            <SelectField
              label={t('The link opens for')}
              options={Object.entries(EXPIRES).map(([value, name]) => ({ value, name: t(name) }))}
              value={expires}
              // Its options are the only values it has.
              onChange={(value) => setExpires(value as ShareExpiry)}
            />
            <TextField
              label={t('Your name on it')}
              hint={t('Left empty, nobody is named.')}
              name="name"
              maxLength={MAX_NAME_CHARACTERS}
              autoComplete="off"
            />
            <label className="flex min-h-11 items-center gap-2.5">
              <input type="checkbox" name="sources" className="size-4.5 shrink-0 accent-(--ink)" />
              {t('With titles and quotes of my documents')}
            </label>
            <ProblemText problem={make.problem} />
            <Button type="submit" variant="primary" busy={make.pending}>
              {t('Make a link')}
            </Button>
          </Form>
        )}
        <Links links={links} problem={revoke.problem} onRevoke={(id) => void revoke.run(id)} />
      </DialogContent>
    </Dialog>
  );
}

const endOf = ({ expiresAt }: ShareLink, t: Translate) =>
  expiresAt === null
    ? t('Open until you take it back')
    : t('Open until {time}', { time: momentInWords(expiresAt, 'shortDay', undefined, t.language) });

type LinksProps = {
  links: readonly ShareLink[];
  problem: string | undefined;
  onRevoke: (id: string) => void;
};

function Links({ links, problem, onRevoke }: LinksProps) {
  const t = useText();
  if (links.length === 0) return null;
  return (
    <section className="mt-6">
      <h3 className="pb-1 font-semibold">{t('Links to this conversation')}</h3>
      <ul>
        {links.map((link) => (
          <li
            key={link.id}
            className="flex min-h-11 items-center justify-between gap-3 border-rule border-t py-1"
          >
            <span className="min-w-0 text-ink-2 text-sm">
              {endOf(link, t)}, {link.withSources ? t('with sources') : t('without sources')}
            </span>
            <TextButton className="min-h-10 shrink-0" onClick={() => onRevoke(link.id)}>
              {t('Take back')}
            </TextButton>
          </li>
        ))}
      </ul>
      <ProblemText problem={problem} />
    </section>
  );
}

function MadeLink({ url }: { url: string }) {
  const t = useText();
  const { state, copy } = useCopy();
  const words = { idle: t('Copy link'), copied: t('Copied'), failed: t('Select it and copy') };
  return (
    <div className="grid gap-3">
      <TextField
        label={t('The link')}
        hint={t('It is shown once. Make another when it is lost.')}
        value={url}
        readOnly
        autoFocus
        onFocus={(event) => event.target.select()}
      />
      <Button variant="primary" onClick={() => void copy(url)}>
        <span role="status">{words[state]}</span>
      </Button>
    </div>
  );
}
