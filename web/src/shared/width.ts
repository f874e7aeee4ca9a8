/** Whether the screen is narrow: tables become cards. */
import { signal } from '@preact/signals';

const query = matchMedia('(max-width: 900px)');
export const narrow = signal(query.matches);
query.addEventListener('change', (event) => {
  narrow.value = event.matches;
});
