import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect, test } from 'vitest';
import { PostgresSession } from './postgres-session.ts';

/** A message of the wire: its letter, its length, its content. */
const message = (letter: string, content: Buffer | string = '') => {
  const body = Buffer.from(content);
  const length = Buffer.alloc(4);
  length.writeInt32BE(body.length + 4);
  return Buffer.concat([Buffer.from(letter), length, body]);
};
const ready = message('Z', 'I');
const nothing = Buffer.concat([message('1'), message('2'), message('n'), message('C', 'SELECT 0\0'), ready]);

test('what is asked between the failure of the socket and its end is refused and not forgotten', async () => {
  let questions = 0;
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => {
      socket.write(Buffer.concat([message('R', Buffer.alloc(4)), ready]));
      // The driver asks for the types first.
      socket.on('data', () => {
        questions += 1;
        if (questions === 1) socket.write(nothing);
        else socket.resetAndDestroy();
      });
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const session = new PostgresSession({ url: `postgres://me@127.0.0.1:${port}/db`, statementMs: 0 });
  const again = session.query('select 1').catch(() => session.query('select 2'));
  await expect(again).rejects.toThrow('The connection to PostgreSQL was lost.');
  await session.lost;
  await session.end();
  server.close();
});
