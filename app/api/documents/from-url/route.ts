import { startReading } from '@/inngest/notify';
import { addLink, requestIngestion } from '@/lib/db/queries/document';
import { newLinkSchema } from '@/lib/domain/document';
import { serverEnv } from '@/lib/env';
import { parseJson, withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';
import { checkedUrl } from '@/lib/ingestion/url/fetch-page';

/** Takes the address of a page. It is fetched and read by a job, as a file is that was uploaded. */
export const POST = withUser(
  async ({ request, db, user }) => {
    const { url, ...link } = await parseJson(request, newLinkSchema);
    const env = serverEnv();
    const { href } = checkedUrl(url, env.URL_ALLOWED_PRIVATE_HOSTS);
    const documentId = await addLink(db, { ...link, url: href, maxUnfinished: env.UPLOAD_MAX_FILES });
    const { status, run } = await requestIngestion(db, documentId, { again: false });
    await startReading({ documentId, userId: user.id, run });
    return Response.json({ documentId, status }, { status: 202 });
  },
  { limit: 'embedding' },
);

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods('POST');
