import { WebSocketServer } from 'ws';

/** The baseline: passes each frame on to every socket and knows nothing else. Started by the benchmark. */
const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false });
server.on('connection', (socket) => {
  socket.on('message', (data, binary) => {
    for (const client of server.clients) client.send(data, { binary });
  });
});
server.on('listening', () => {
  const address = server.address();
  if (typeof address === 'object' && address) process.send?.({ url: `ws://127.0.0.1:${address.port}` });
});
process.on('disconnect', () => process.exit(0));
