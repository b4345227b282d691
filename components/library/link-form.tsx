'use client';

import { mutate } from 'swr';
import { useText } from '#use-text';
import { requestJson } from '@/components/client/request';
import { useAction } from '@/components/client/use-action';
import { Button } from '@/components/ui/button';
import { Form } from '@/components/ui/form';
import { TextField } from '@/components/ui/text-field';
import { api } from '@/lib/links';

/** A page of the web by its address: it arrives among the files, and is kept as it was read. */
export function LinkForm() {
  const t = useText();
  const { run, pending, problem } = useAction(async (url: string) => {
    if (url === '') throw new Error(t('Paste the address of a page first.'));
    // Copied from the bar of a browser, an address may come without its beginning.
    const address = /^[\w-]+(?:\.[\w-]+)+(?:[/?#]|$)/.test(url) ? `https://${url}` : url;
    await requestJson(api.documentFromUrl, { method: 'POST', body: { url: address } });
    await mutate(api.documents);
  });
  return (
    <Form
      className="mt-3 flex flex-wrap items-start gap-2"
      onSend={async (read, form) => {
        if (await run(read('url'))) form.reset();
      }}
    >
      {/* Where the words of the field would be cut, the button goes below. */}
      <div className="min-w-0 flex-1 basis-64">
        <TextField
          label={t('Address of a page')}
          labelHidden
          name="url"
          inputMode="url"
          maxLength={2_000}
          placeholder={t('Or a link to a page or a video')}
          autoComplete="off"
          error={problem}
        />
      </div>
      <Button type="submit" busy={pending}>
        {t('Add page')}
      </Button>
    </Form>
  );
}
