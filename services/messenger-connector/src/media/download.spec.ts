import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { download, type Lookup } from './download';

const servers: Server[] = [];
let asked: string[] = [];

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    listener(request, response);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

beforeEach(() => (asked = []));
afterAll(async () => {
  for (const server of servers) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

const read = async (address: string, origins: string[], resolve?: Lookup) => {
  const { body } = await download(address, { hosts: ['fbcdn.net'], origins }, resolve);
  const chunks: Buffer[] = [];
  for await (const chunk of body) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
};

it('a file is read from an allowed origin, over a redirect within it', async () => {
  const origin = await serve((request, response) => {
    if (request.url === '/a') response.writeHead(302, { location: '/b' }).end();
    else response.end('the file');
  });
  expect(await read(`${origin}/a`, [origin])).toBe('the file');
});

it('row 5: a redirect off the list is not followed', async () => {
  const inside = await serve((_request, response) => response.end('secret'));
  const origin = await serve((_request, response) =>
    response.writeHead(302, { location: `${inside}/latest/meta-data` }).end(),
  );
  await expect(read(`${origin}/a`, [origin])).rejects.toThrow(/is not https/);
  expect(asked).toEqual(['/a']);
});

it('row 5: a name of Meta’s that leads inside is not asked', async () => {
  const inside = await serve((_request, response) => response.end('secret'));
  const port = new URL(inside).port;
  expect(port).not.toBe('');
  for (const address of ['127.0.0.1', '169.254.169.254', '10.0.0.8', '::1', '::ffff:127.0.0.1']) {
    const resolve: Lookup = async () => [{ address, family: address.includes(':') ? 6 : 4 }];
    await expect(read('https://scontent.fbcdn.net/1.jpg', [], resolve)).rejects.toThrow(/leads inside/);
  }
  const mixed: Lookup = async () => [
    { address: '157.240.0.35', family: 4 },
    { address: '127.0.0.1', family: 4 },
  ];
  await expect(read('https://scontent.fbcdn.net/1.jpg', [], mixed)).rejects.toThrow(/leads inside/);
  expect(asked).toEqual([]);
});

it('row 5: the name is resolved once, so a name server that changes its mind changes nothing', async () => {
  const origin = await serve((_request, response) => response.end('the file'));
  const { port } = new URL(origin);
  const named = `http://files.example:${port}`;
  let answers = 0;
  const resolve: Lookup = async () => {
    answers += 1;
    return [{ address: answers === 1 ? '127.0.0.1' : '192.0.2.1', family: 4 }];
  };
  expect(await read(`${named}/a`, [named], resolve)).toBe('the file');
  expect(answers).toBe(1);
});

it('redirects end, and what is no file is told as such', async () => {
  const origin = await serve((request, response) => {
    if (request.url === '/gone') response.writeHead(404).end();
    else response.writeHead(302, { location: '/again' }).end();
  });
  await expect(read(`${origin}/again`, [origin])).rejects.toThrow(/too often/);
  await expect(read(`${origin}/gone`, [origin])).rejects.toMatchObject({ status: 404, isFinal: true });
});
