// The figures of a period, and the same for a spreadsheet.

import { Readable } from 'node:stream';
import type { WebServer } from '../http/server.ts';
import {
  csvAnswer,
  type Statistics,
  type StatisticsQuery,
  statisticsAnswer,
  statisticsQuery,
} from './answers.ts';
import { csvOf } from './table.ts';

export interface StatisticsRoutes {
  /** Of the clients that somebody may be told of; undefined for all. Throws `bad-date`, `bad-period`. */
  statistics(query: StatisticsQuery, scope: readonly string[] | undefined): Promise<Statistics>;
}

/** Adds GET /api/statistics and /api/statistics/table.csv. */
export function statisticsRoutes(server: WebServer, { statistics }: StatisticsRoutes): void {
  const config = { access: 'statistics:read', errors: ['bad-date', 'bad-period'] };
  server.get(
    '/api/statistics',
    { config, schema: { querystring: statisticsQuery, response: statisticsAnswer } },
    ({ query, scope }) => statistics(query as StatisticsQuery, scope),
  );
  server.get(
    '/api/statistics/table.csv',
    { config, schema: { querystring: statisticsQuery, response: csvAnswer } },
    async ({ query, scope }, reply) => {
      const answer = await statistics(query as StatisticsQuery, scope);
      const { from, to, by } = answer;
      reply.header('content-disposition', `attachment; filename="statistics-${by}-${from}-${to}.csv"`);
      return reply.type('text/csv; charset=utf-8').send(Readable.from(csvOf(answer, by)));
    },
  );
}
