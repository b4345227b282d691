import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { AppError } from '../../errors.ts';
import { extractDocument } from '../extract/index.ts';
import { checkedUrl, fetchPage, isPublicAddress } from './fetch-page.ts';
import { readUrl } from './read-url.ts';

/** A server on loopback: every request that reaches it is counted, and only those by the name that is let through may. */
const reached: string[] = [];
const pages: Record<string, (request: IncomingMessage, response: ServerResponse) => void> = {};
const server = createServer((request, response) => {
  reached.push(`${request.headers.host}${request.url}`);
  const page = pages[request.url ?? ''];
  if (page) page(request, response);
  else response.writeHead(404).end();
});
const noWebServer = createTcpServer((socket) => socket.end('HELO this is no web server\r\n'));
let port = 0;
let tcpPort = 0;

const NAMES: Readonly<Record<string, string[]>> = {
  'good.test': ['127.0.0.1'],
  'raw.test': ['127.0.0.1'],
  'loopback.test': ['127.0.0.1'],
  'mixed.test': ['93.184.216.34', '10.0.0.8'],
  'six.test': ['::1'],
  'mapped.test': ['::ffff:192.168.1.1'],
  'unique.test': ['fd12:3456::1'],
  'link.test': ['169.254.169.254'],
  'carrier.test': ['100.64.0.1'],
  'many.test': ['224.0.0.1'],
  'nothing.test': [],
};
let lookUps = 0;
const resolve = async (host: string): Promise<string[]> => {
  lookUps += 1;
  // A name that is public when it is looked at, and private the next time.
  if (host === 'rebinding.test') return lookUps % 2 === 1 ? ['93.184.216.34', '127.0.0.1'] : ['127.0.0.1'];
  if (host === 'slow-name.test') return new Promise(() => undefined);
  const addresses = NAMES[host];
  if (!addresses) throw new Error('ENOTFOUND');
  return addresses;
};

const html =
  (body: string, headers: Record<string, string> = {}) =>
  (_: IncomingMessage, response: ServerResponse) =>
    response.writeHead(200, { 'content-type': 'text/html', ...headers }).end(body);
const redirect = (to: string) => (_: IncomingMessage, response: ServerResponse) =>
  response.writeHead(302, { location: to }).end();

beforeAll(async () => {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  await new Promise<void>((done) => noWebServer.listen(0, '127.0.0.1', done));
  port = (server.address() as AddressInfo).port;
  tcpPort = (noWebServer.address() as AddressInfo).port;
  Object.assign(pages, {
    '/page': html('<title>Tides</title><p>The moon moves the sea.'),
    '/to-loopback': redirect('http://127.0.0.1/secret'),
    '/to-port': redirect(`http://127.0.0.1:${port}/secret`),
    '/to-private-name': redirect('http://loopback.test/secret'),
    '/to-file': redirect('file:///etc/passwd'),
    '/to-nowhere': (_: IncomingMessage, response: ServerResponse) => response.writeHead(302).end(),
    '/to-itself': redirect('/to-itself'),
    '/to-page': redirect('/page'),
    '/chain': redirect('/chain1'),
    ...Object.fromEntries([1, 2, 3, 4, 5, 6].map((n) => [`/chain${n}`, redirect(`/chain${n + 1}`)])),
    '/large': html('x', { 'content-length': '99999999' }),
    '/endless': (_: IncomingMessage, response: ServerResponse) => {
      response.writeHead(200, { 'content-type': 'text/html' });
      const write = () => {
        while (!response.destroyed && response.write('x'.repeat(65_536)));
        if (!response.destroyed) response.once('drain', write);
      };
      write();
    },
    '/slow': (_: IncomingMessage, response: ServerResponse) => {
      response.writeHead(200, { 'content-type': 'text/html' });
      const timer = setInterval(() => response.write('x'), 50);
      response.on('close', () => clearInterval(timer));
    },
    '/silent': () => undefined,
    '/bomb': (_: IncomingMessage, response: ServerResponse) =>
      response
        .writeHead(200, { 'content-type': 'text/html', 'content-encoding': 'gzip' })
        .end(gzipSync(Buffer.alloc(20_000_000))),
    '/nested': (_: IncomingMessage, response: ServerResponse) =>
      response
        .writeHead(200, { 'content-type': 'text/html', 'content-encoding': 'gzip, gzip' })
        .end(gzipSync(gzipSync('x'))),
    '/packed': (_: IncomingMessage, response: ServerResponse) =>
      response
        .writeHead(200, { 'content-type': 'text/html', 'content-encoding': 'gzip' })
        .end(gzipSync('<p>Unpacked.')),
    '/broken': (_: IncomingMessage, response: ServerResponse) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end('no gzip'),
    '/headers': (_: IncomingMessage, response: ServerResponse) =>
      response.writeHead(200, { 'x-long': 'x'.repeat(60_000) }).end('x'),
    '/forbidden': (_: IncomingMessage, response: ServerResponse) => response.writeHead(403).end(),
    '/fault': (_: IncomingMessage, response: ServerResponse) => response.writeHead(503).end(),
    '/picture': (_: IncomingMessage, response: ServerResponse) =>
      response.writeHead(200, { 'content-type': 'image/x-icon' }).end('x'),
    '/empty': html(''),
    '/notes.csv': (_: IncomingMessage, response: ServerResponse) =>
      response
        .writeHead(200, { 'content-type': 'text/plain; charset=utf-8' })
        .end('term,meaning\nosmosis,water'),
    '/secret': html('SECRET'),
  });
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
  noWebServer.close();
});

const options = () => ({
  maxBytes: 1_048_576,
  timeoutMs: 700,
  allowedHosts: [`good.test:${port}`, `raw.test:${tcpPort}`],
  resolve,
});
const at = (path: string) => `http://good.test:${port}${path}`;
async function refusal(url: string): Promise<AppError> {
  const error = await readUrl(url, options()).then(
    () => new Error(`${url} was read`),
    (caught: unknown) => caught,
  );
  if (!(error instanceof AppError)) throw error;
  return error;
}

describe('hostile addresses', () => {
  const HOSTILE: readonly (readonly [string, () => string, string, RegExp])[] = [
    ['loopback', () => 'http://127.0.0.1/secret', 'url_private', /private network/],
    ['loopback by name', () => 'http://loopback.test/secret', 'url_private', /private network/],
    ['a decimal address', () => 'http://2130706433/secret', 'url_private', /private network/],
    ['an octal address', () => 'http://0177.0.0.1/secret', 'url_private', /private network/],
    ['a hexadecimal address', () => 'http://0x7f.0x0.0x0.0x1/secret', 'url_private', /private network/],
    ['a short address', () => 'http://127.1/secret', 'url_private', /private network/],
    ['the address of nobody', () => 'http://0.0.0.0/secret', 'url_private', /private network/],
    ['IPv6 loopback', () => 'http://[::1]/secret', 'url_private', /private network/],
    ['IPv4 within IPv6', () => 'http://[::ffff:7f00:1]/secret', 'url_private', /private network/],
    ['IPv6 of a translator', () => 'http://[64:ff9b::7f00:1]/secret', 'url_private', /private network/],
    ['an address of full-width digits', () => 'http://１２７.0.0.1/secret', 'url_private', /private network/],
    ['one private address among public ones', () => 'http://mixed.test/', 'url_private', /private network/],
    ['a name of IPv6 loopback', () => 'http://six.test/', 'url_private', /private network/],
    ['a name of a mapped address', () => 'http://mapped.test/', 'url_private', /private network/],
    ['a name of a local IPv6 address', () => 'http://unique.test/', 'url_private', /private network/],
    ['the metadata of a cloud', () => 'http://link.test/latest/meta-data', 'url_private', /private network/],
    ['the address space of a carrier', () => 'http://carrier.test/', 'url_private', /private network/],
    ['a multicast address', () => 'http://many.test/', 'url_private', /private network/],
    ['a name that turns private', () => 'http://rebinding.test/', 'url_private', /private network/],
    ['a redirect to loopback', () => at('/to-loopback'), 'url_private', /private network/],
    ['a redirect to a private name', () => at('/to-private-name'), 'url_private', /private network/],
    ['a redirect to another port', () => at('/to-port'), 'url_refused', /usual ports/],
    ['a redirect to a file', () => at('/to-file'), 'url_refused', /not file:/],
    ['a redirect to nowhere', () => at('/to-nowhere'), 'url_unavailable', /does not say where/],
    ['a redirect to itself', () => at('/to-itself'), 'url_unavailable', /back to itself/],
    ['redirects without end', () => at('/chain'), 'url_unavailable', /more than 5 times/],
    ['another scheme', () => 'ftp://good.test/x', 'url_refused', /not ftp:/],
    ['a script', () => 'javascript:alert(1)', 'url_refused', /address of a page|not javascript/],
    ['no address', () => 'notes about tides', 'url_refused', /begins with https/],
    ['a password', () => 'http://a:b@good.test/', 'url_refused', /name and a password/],
    ['another port', () => 'http://good.test:22/', 'url_refused', /not 22/],
    [
      'an address without end',
      () => `http://good.test/${'x'.repeat(3_000)}`,
      'url_refused',
      /2000 characters/,
    ],
    ['a name of nobody', () => 'http://unknown.test/', 'url_unavailable', /no server called unknown\.test/],
    ['a name without an address', () => 'http://nothing.test/', 'url_unavailable', /no server called/],
    ['a name that takes for ever', () => 'http://slow-name.test/', 'url_unavailable', /did not arrive/],
    ['a page that says it is large', () => at('/large'), 'file_too_large', /1 MB/],
    ['a page without end', () => at('/endless'), 'file_too_large', /1 MB/],
    ['a page letter by letter', () => at('/slow'), 'url_unavailable', /did not arrive/],
    ['a server that says nothing', () => at('/silent'), 'url_unavailable', /did not arrive/],
    ['a packed bomb', () => at('/bomb'), 'file_too_large', /1 MB/],
    ['packed twice', () => at('/nested'), 'url_unavailable', /packs this page/],
    ['packed wrongly', () => at('/broken'), 'url_unavailable', /cannot be unpacked/],
    ['headers without end', () => at('/headers'), 'url_unavailable', /does not answer as a web server/],
    [
      'no web server',
      () => `http://raw.test:${tcpPort}/`,
      'url_unavailable',
      /does not answer as a web server/,
    ],
    ['a page of others', () => at('/forbidden'), 'url_unavailable', /not open to everybody/],
    ['no page', () => at('/nobody'), 'url_unavailable', /no page at this address/],
    ['a fault', () => at('/fault'), 'url_unavailable', /has a fault/],
    ['a kind that is not read', () => at('/picture'), 'file_unsupported', /image\/x-icon/],
    ['nothing', () => at('/empty'), 'file_empty', /nothing at this address/],
  ];

  test.each(HOSTILE)('%s', async (_, url, code, message) => {
    reached.length = 0;
    const error = await refusal(url());
    expect({ code: error.code, message: error.message }).toEqual({
      code,
      message: expect.stringMatching(message),
    });
    // Only the name that is let through was ever connected to.
    expect(reached.filter((one) => !one.startsWith('good.test') || one.includes('/secret'))).toEqual([]);
  });

  it('are told from public ones', () => {
    for (const address of ['93.184.216.34', '2606:2800:220:1:248:1893:25c8:1946'])
      expect(isPublicAddress(address)).toBe(true);
    for (const address of [
      '10.1.2.3',
      '172.16.0.1',
      '192.168.0.1',
      '255.255.255.255',
      '198.18.0.1',
      'fe80::1',
      '2002:7f00:1::',
      'x',
    ])
      expect(isPublicAddress(address)).toBe(false);
    expect(checkedUrl('http://0x7f000001/').hostname).toBe('127.0.0.1');
  });
});

describe('addresses of pages', () => {
  it('connects to the address that was looked at, by the name that was asked for', async () => {
    reached.length = 0;
    lookUps = 0;
    const page = await fetchPage(at('/to-page'), options());
    expect({ url: page.url, body: Buffer.from(page.bytes).toString() }).toEqual({
      url: at('/page'),
      body: '<title>Tides</title><p>The moon moves the sea.',
    });
    expect(reached).toEqual([`good.test:${port}/to-page`, `good.test:${port}/page`]);
    expect(lookUps).toBe(2);
  });

  it('gives a file of the kind that the server or the name says', async () => {
    expect(await readUrl(at('/page'), options())).toMatchObject({
      extension: 'html',
      fileName: 'page.html',
      title: 'Tides',
    });
    expect(await readUrl(at('/notes.csv'), options())).toMatchObject({
      extension: 'csv',
      mimeType: 'text/csv',
      title: null,
    });
    expect(Buffer.from((await readUrl(at('/packed'), options())).bytes).toString()).toBe('<p>Unpacked.');
  });

  it('reads the article of a page without what stands around it', async () => {
    const sentences = Array.from(
      { length: 30 },
      (_, n) =>
        `<p>Paragraph ${n}: the moon moves the sea, and the sea moves the sand, every day, in every bay.</p>`,
    );
    const page = `<html><head><title>Tides</title></head><body><nav><a href=/>Home</a><a href=/shop>Shop</a></nav><div class="sidebar">Buy shoes now</div><article><h1>Tides</h1>${sentences.join('')}<h2>Spring tides</h2><table><tr><th>Phase<th>Height<tr><td>New<td>High</table><img src=a alt="A chart of heights"></article><footer class="footer">Cookies and imprint</footer></body></html>`;
    const read = (isWebPage: boolean) =>
      extractDocument({
        bytes: new TextEncoder().encode(page),
        mimeType: 'text/html',
        fileName: 'a.html',
        isWebPage,
      });
    const text = (await read(true)).pages.map(({ content }) => content).join('\n');
    for (const held of [
      '# Tides',
      'Paragraph 0',
      'Paragraph 29',
      '## Spring tides',
      'Phase | Height',
      'A chart of heights',
    ])
      expect(text).toContain(held);
    for (const left of ['Shop', 'Cookies', 'shoes']) expect(text).not.toContain(left);
    expect((await read(false)).pages.map(({ content }) => content).join('\n')).toContain('Cookies');
  });
});
