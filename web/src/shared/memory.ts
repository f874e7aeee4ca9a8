/** Small choices kept in this browser. A browser that forbids storage simply forgets them. */

export function remembered(name: string): string | null {
  try {
    return localStorage.getItem(`greffier.${name}`);
  } catch {
    return null;
  }
}

export function remember(name: string, value: string): void {
  try {
    localStorage.setItem(`greffier.${name}`, value);
  } catch {
    // nothing depends on it
  }
}
