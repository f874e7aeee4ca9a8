/** A fingerprint as it is compared by eye or by voice: in two halves, which stay whole where the screen is narrow. */
import { fingerprint } from '../shared/format.ts';

export function Print({ hex }: { hex: string }) {
  const middle = hex.length / 2;
  return (
    <code class="print">
      <span>{fingerprint(hex.slice(0, middle))}</span> <span>{fingerprint(hex.slice(middle))}</span>
    </code>
  );
}
