/** Light, dark, or what the system says (the default). */
import { effect, signal } from '@preact/signals';
import { remember, remembered } from './memory.ts';

export type Theme = 'auto' | 'light' | 'dark';
const order: Theme[] = ['auto', 'light', 'dark'];

function parse(text: string | null): Theme {
  return order.find((theme) => theme === text) ?? 'auto';
}

export const theme = signal<Theme>(parse(remembered('theme')));

/** Goes to the next theme of the three. */
export function nextTheme(): void {
  theme.value = order[(order.indexOf(theme.value) + 1) % order.length] ?? 'auto';
  remember('theme', theme.value);
}

effect(() => {
  document.documentElement.dataset.theme = theme.value;
});
