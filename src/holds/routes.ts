// Which holds there are, for those who may know.

import type { WebServer } from '../http/server.ts';
import type { Clock } from '../shared/clock.ts';
import { holdsAnswer } from './answers.ts';
import type { HoldBook } from './book.ts';
import { heldUntil } from './hold.ts';

/** Adds GET /api/holds. */
export function holdsRoutes(server: WebServer, { holds, clock }: { holds: HoldBook; clock: Clock }): void {
  server.get(
    '/api/holds',
    { config: { access: 'holds:read' }, schema: { response: holdsAnswer } },
    async () => {
      const all = (await holds.all()).reverse();
      return { holds: all.map((hold) => ({ ...hold, active: heldUntil(hold, clock()) !== null })) };
    },
  );
}
