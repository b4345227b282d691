import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { extractDocument } from '../extract/index.ts';
import { readUrl } from './read-url.ts';

const PLAYER =
  '<script>var ytInitialPlayerResponse = {"videoDetails":{"title":"Cells [1]"},"captions":{"playerCaptionsTracklistRenderer":';
const VTT =
  'WEBVTT\nKind: captions\nLanguage: en\n\n00:00:04.000 --> 00:00:07.000\nCells divide in two.\n\n00:12:03.500 --> 00:12:06.000\nThen <c>they</c> rest.\n';

type Track = { lang: string; kind?: string; at?: string; name?: object };
/** The page of a video as it was sent, with the tracks that a test gives it. */
const watched = (tracks: readonly Track[], more = '') => {
  const list = tracks.map(({ lang, kind, at, name = { simpleText: 'English' } }) => ({
    baseUrl:
      at ?? `http://www.youtube.com:${port}/api/timedtext?v=abc&lang=${lang}${kind ? `&kind=${kind}` : ''}`,
    name,
    vssId: `.${lang}`,
    languageCode: lang,
    ...(kind && { kind }),
    isTranslatable: true,
    trackName: '',
  }));
  const json = JSON.stringify(list).replaceAll('&', '\\u0026');
  return `<!doctype html><html><head><title>How cells divide - YouTube</title></head><body>${PLAYER}{"captionTracks":${json},"audioTracks":[{"captionTrackIndices":[0]}]${more}}}};</script></body></html>`;
};

let port = 0;
let page = '';
let captions: { status: number; body: string } = { status: 200, body: VTT };
const asked: string[] = [];
const server = createServer((request, response) => {
  asked.push(`${request.headers.host}${request.url}`);
  const isPage = request.url?.startsWith('/watch');
  if (request.url?.startsWith('/consent'))
    return response.writeHead(302, { location: `http://consent.youtube.com:${port}/m` }).end();
  if (request.url === '/m')
    return response.writeHead(200, { 'content-type': 'text/html' }).end('<p>Before you continue</p>');
  return response
    .writeHead(isPage ? 200 : captions.status, { 'content-type': isPage ? 'text/html' : 'text/vtt' })
    .end(isPage ? page : captions.body);
});
beforeAll(async () => {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => new Promise((done) => server.close(done)));

async function read(html: string, given: Partial<typeof captions> = {}, path = '/watch?v=abc') {
  asked.length = 0;
  page = html;
  captions = { status: 200, body: VTT, ...given };
  const hosts = ['www.youtube.com', 'consent.youtube.com'].map((host) => `${host}:${port}`);
  return readUrl(`http://www.youtube.com:${port}${path}`, {
    maxBytes: 1_000_000,
    allowedHosts: [...hosts, 'www.youtube.com', 'consent.youtube.com'],
    resolve: async () => ['127.0.0.1'],
  });
}

test.each<[string, Track[], string]>([
  [
    'written by a person, before those of a machine',
    [{ lang: 'en', kind: 'asr' }, { lang: 'de' }],
    'lang=de',
  ],
  ['of a machine where there are no others', [{ lang: 'en', kind: 'asr' }], 'kind=asr'],
  ['whose name is in pieces', [{ lang: 'en', name: { runs: [{ text: 'Eng]lish "UK" [cc]' }] } }], 'lang=en'],
])('a video is read by its captions, %s', async (_, tracks, wanted) => {
  const file = await read(watched(tracks));
  expect(file).toMatchObject({ title: 'How cells divide', extension: 'vtt', mimeType: 'text/vtt' });
  expect(asked[1]).toContain(`${wanted}&fmt=vtt`);
  const { pages, locator } = await extractDocument(file);
  expect(locator).toBe('time');
  expect(pages[0]?.content).toBe('[00:00:04] Cells divide in two.\n\n[00:12:03] Then they rest.');
});

const ONE: Track[] = [{ lang: 'en' }];
test.each<[string, () => string, Partial<typeof captions>]>([
  ['no captions', () => '<title>A - YouTube</title>', {}],
  ['an empty list', () => watched([]), {}],
  ['a list without end', () => `<script>"captionTracks":[{"baseUrl":"${'x'.repeat(900_000)}`, {}],
  ['a list of something else', () => '<script>"captionTracks":[1,2,{"a":[]}]', {}],
  ['brackets without end', () => `<script>"captionTracks":${'['.repeat(300_000)}`, {}],
  ['captions elsewhere', () => watched([{ lang: 'en', at: 'http://169.254.169.254/latest' }]), {}],
  ['captions at a name like it', () => watched([{ lang: 'en', at: 'http://youtube.com.evil.test/' }]), {}],
  ['an empty answer', () => watched(ONE), { body: '' }],
  ['captions in another shape', () => watched(ONE), { body: '<transcript/>' }],
])('a video with %s is told so, and nobody else is asked', async (_, html, given) => {
  await expect(read(html(), given)).rejects.toMatchObject({
    code: 'file_unsupported',
    message: 'This video has no captions that can be read. Add a transcript of it as a file.',
  });
  expect(asked.every((at) => at.startsWith(`www.youtube.com:${port}/`))).toBe(true);
});

test.each<[string, Partial<typeof captions>, string]>([
  ['that are not found', { status: 404 }, 'url_unavailable'],
  ['without end', { body: `WEBVTT\n${'x'.repeat(2_000_000)}` }, 'file_too_large'],
])('captions %s are a failure of the address', async (_, given, code) => {
  await expect(read(watched(ONE), given)).rejects.toMatchObject({ code });
});

test('a page that asks for consent is not taken for the video', async () => {
  await expect(read('', {}, '/consent')).rejects.toMatchObject({ code: 'file_unsupported' });
});
