// A line that loses packets: nftables on this host drops 15 of each hundred that a phone sends to the box, at places
// that look like chance and are the same at each run.

import { execa } from 'execa';
import { seeded } from './chance.ts';

const TABLE = 'greffier_test_loss';
/** What a packet of telephony holds, in ms. */
export const PACKET_MS = 20;

export interface Loss {
  /** How long the worst loss in a row is, in ms. */
  worstMs: number;
  /** Packets dropped so far. */
  dropped(): Promise<number>;
  /** No packet is lost any more. */
  end(): Promise<void>;
}

/** Begins to lose packets of the phone whose media leaves from those ports. */
export async function lose15Percent(box: string, ports: string): Promise<Loss> {
  const lost = places();
  const verdicts = lost.map((place) => `${place} : drop`).join(', ');
  const rules = `table ip ${TABLE} {
    chain lossy {
      counter numgen inc mod 100 vmap { ${verdicts} }
      counter
    }
    chain output {
      type filter hook output priority 0; policy accept;
      ip daddr ${box} udp sport ${ports} udp dport 10000-10999 jump lossy
    }
  }`;
  await execa('nft', ['-f', '-'], { input: rules });
  return {
    worstMs: worst(lost) * PACKET_MS,
    async dropped() {
      const { stdout } = await execa('nft', ['list', 'chain', 'ip', TABLE, 'lossy']);
      const [sent = 0, passed = 0] = [...stdout.matchAll(/packets (\d+)/g)].map(([, count]) => Number(count));
      return sent - passed;
    },
    async end() {
      await execa('nft', ['delete', 'table', 'ip', TABLE], { reject: false });
    },
  };
}

function places(): number[] {
  const chance = seeded(15);
  const all = new Set<number>();
  while (all.size < 15) all.add(Math.floor(chance() * 100));
  return [...all].sort((one, other) => one - other);
}

/** Most packets in a row; the hundred comes round again. */
function worst(lost: number[]): number {
  const twice = [...lost, ...lost.map((place) => place + 100)];
  let [most, row] = [1, 1];
  twice.forEach((place, i) => {
    row = i > 0 && place === (twice[i - 1] ?? 0) + 1 ? row + 1 : 1;
    most = Math.max(most, row);
  });
  return most;
}
