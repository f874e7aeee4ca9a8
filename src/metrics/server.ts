// Figures over HTTP, to this machine alone: the address is no setting. Whoever scrapes from elsewhere goes through an agent
// on the machine, or a tunnel of their own.

import { createServer, type Server } from 'node:http';
import { type Metric, metricsText, TYPE } from './text.ts';

const LOOPBACK = '127.0.0.1';

/** Serves GET /metrics on 127.0.0.1. Throws what listening throws. @param port 0 takes a free one */
export async function serveMetrics(
  port: number,
  collect: () => Promise<Metric[]>,
  failed: (error: unknown) => void,
): Promise<Server> {
  const server = createServer(async (request, response) => {
    if (request.method !== 'GET' || request.url !== '/metrics') return void response.writeHead(404).end();
    try {
      const text = metricsText(await collect());
      response.writeHead(200, { 'content-type': TYPE, 'cache-control': 'no-store' }).end(text);
    } catch (error) {
      failed(error);
      response.writeHead(500).end();
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, LOOPBACK, resolve);
  });
  return server;
}
