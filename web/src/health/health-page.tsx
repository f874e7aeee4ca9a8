/** Whether the appliance does its work: services, alarms, memory, vault, destruction when due. */
import { useSignal } from '@preact/signals';
import { useCallback } from 'preact/hooks';
import { api } from '../shared/api.ts';
import { codeOf } from '../shared/api-error.ts';
import type { Health } from '../shared/api-types.ts';
import { words } from '../shared/i18n.ts';
import { usePoll } from '../shared/poll.ts';
import { Bone, Failure, PageTitle } from '../shared/ui.tsx';
import { Alarms } from './alarms.tsx';
import { DiskCard } from './disk.tsx';
import { urgencyOfDisk } from './forecast.ts';
import { Purge, Spool, Vault } from './gauges.tsx';
import { Services } from './services.tsx';
import { KeysCard, pointsOfKeys, VaultCheck } from './watch.tsx';

const REFRESH_SECONDS = 10;

/** How many things want somebody's attention. */
export function pointsOf(health: Health): number {
  const down = health.services.filter((service) => service.state === 'down').length;
  const keys = health.keys ? pointsOfKeys(health.keys) : 0;
  const others = [
    health.purge.due > 0,
    health.disk && urgencyOfDisk(health.disk) !== 'good',
    health.vaultCheck && health.vaultCheck.bad > 0,
  ];
  return down + health.alarms.length + keys + others.filter(Boolean).length;
}

export function HealthPage() {
  const health = useSignal<Health | null>(null);
  const problem = useSignal<string | null>(null);
  const load = useCallback(async () => {
    try {
      health.value = await api.health();
      problem.value = null;
    } catch (error) {
      problem.value = codeOf(error);
    }
  }, [health, problem]);
  usePoll(load, REFRESH_SECONDS);
  return (
    <>
      <PageTitle text={words.value.health.title}>
        {health.value ? <Verdict points={pointsOf(health.value)} /> : <p>{'\u00a0'}</p>}
      </PageTitle>
      {problem.value && <Failure code={problem.value} testId="health-error" retry={() => void load()} />}
      {health.value && <Sections health={health.value} />}
      {!health.value && !problem.value && <Placeholder />}
    </>
  );
}

function Verdict({ points }: { points: number }) {
  const t = words.value.health;
  return (
    <p class={points > 0 ? 'verdict bad' : 'verdict good'} role="status" data-testid="health-verdict">
      <span class={points > 0 ? 'dot down' : 'dot up'} />
      {points > 0 ? t.attention(points) : t.well}
    </p>
  );
}

function Sections({ health }: { health: Health }) {
  return (
    <div class="health" data-testid="health">
      <Alarms alarms={health.alarms} />
      <Services services={health.services} />
      {health.disk && <DiskCard disk={health.disk} />}
      <Spool spool={health.spool} captures={health.captures} />
      <Vault vault={health.vault} room={!health.disk} />
      {health.vaultCheck !== undefined && <VaultCheck check={health.vaultCheck} />}
      {health.keys && <KeysCard keys={health.keys} />}
      <Purge purge={health.purge} />
    </div>
  );
}

function Placeholder() {
  return (
    <div class="health" aria-busy="true" data-testid="health-loading">
      {[0, 1, 2, 3, 4].map((card) => (
        <div class="card" key={card}>
          <Bone width="m" />
          <Bone width="l" />
          <Bone width="s" />
        </div>
      ))}
    </div>
  );
}
