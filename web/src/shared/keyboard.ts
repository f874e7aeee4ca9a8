/** Keyboard shortcuts never take a key from someone who is typing. */

const TYPING = 'input, textarea, select, [contenteditable]';

/** The key, unless it is held with a modifier or goes into a field. */
export function plainKey(event: KeyboardEvent): string | null {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return null;
  if (event.target instanceof Element && event.target.closest(TYPING)) return null;
  return event.key.length === 1 ? event.key.toLowerCase() : event.key;
}
