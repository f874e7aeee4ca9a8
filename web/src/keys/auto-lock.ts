/** Locks the key after a while in which nobody touched the page and nothing was played. */
import { effect, signal } from '@preact/signals';
import type { Opener } from '../shared/opener.ts';

const IDLE_MS = 15 * 60_000;
const CHECK_MS = 5_000;
const SIGNS = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'];

/** True from an automatic lock until the key is unlocked again. */
export const lockedByItself = signal(false);

let touchedAt = 0;

/** Says that somebody is there; the player says it while it plays. */
export function touch(): void {
  touchedAt = Date.now();
}

/** Watches for as long as the page lives. A laptop that slept counts its sleep. */
export function startAutoLock(opener: Opener): void {
  for (const sign of SIGNS) addEventListener(sign, touch, { passive: true, capture: true });
  function check() {
    if (!opener.key.value || Date.now() - touchedAt < IDLE_MS) return;
    opener.lock();
    lockedByItself.value = true;
  }
  setInterval(check, CHECK_MS);
  document.addEventListener('visibilitychange', check);
  // Media events do not bubble; capturing sees those of any player.
  document.addEventListener('timeupdate', touch, { capture: true });
  effect(() => {
    if (!opener.key.value) return;
    touch();
    lockedByItself.value = false;
  });
}
