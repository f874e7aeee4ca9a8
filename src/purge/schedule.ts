// node-cron wakes the sweep each minute. It holds no logic and no time zone that could skip a night (its own runs
// that a blocked loop missed are lost, and that is fine: the next one destroys everything that is due).

import cron from 'node-cron';

/** Runs the sweep now and every minute, never two at once. Returns a function that ends it. */
export function scheduleSweep(run: () => Promise<void>): () => void {
  let running = false;
  const once = async () => {
    if (running) return;
    running = true;
    try {
      await run();
    } finally {
      running = false;
    }
  };
  const task = cron.schedule('* * * * *', once, { timezone: 'Etc/UTC' });
  void once();
  return () => void task.destroy();
}
