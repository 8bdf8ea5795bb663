import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { OperatorError } from '../../src/errors.ts';
import { listenOnFreePort } from '../../src/listen.ts';

test('a taken port makes way for the next free one', async () => {
  const taken = createServer();
  taken.listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const server = createServer();
  onTestFinished(() => {
    taken.close();
    server.close();
  });
  const { port } = taken.address() as AddressInfo;
  expect(await listenOnFreePort(server, '127.0.0.1', port)).toBeGreaterThan(port);
});

test('where no other port will do, a taken one is the operator’s to free', async () => {
  const taken = createServer();
  taken.listen(0, '127.0.0.1');
  await once(taken, 'listening');
  onTestFinished(() => void taken.close());
  const { port } = taken.address() as AddressInfo;
  await expect(listenOnFreePort(createServer(), '127.0.0.1', port, 1)).rejects.toThrow(
    `Port ${port} is taken`,
  );
});

test('an address that is not this machine’s is the operator’s to mend', async () => {
  await expect(listenOnFreePort(createServer(), '203.0.113.7', 4680)).rejects.toThrow(OperatorError);
});
