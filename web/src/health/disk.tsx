/** How long the disk lasts, how full it is, and what was sealed on each of the last days. */
import type { Disk } from '../shared/api-types.ts';
import { count, size } from '../shared/format.ts';
import { words } from '../shared/i18n.ts';
import { Warn } from '../shared/icons.tsx';
import { Meter } from '../shared/ui.tsx';
import { DayPlot } from './day-plot.tsx';
import { forecastOf, sentenceOf, urgencyOfDisk } from './forecast.ts';

export function DiskCard({ disk }: { disk: Disk }) {
  const t = words.value.health;
  const urgency = urgencyOfDisk(disk);
  return (
    <section class={urgency === 'bad' ? 'card wide disk alarmed' : 'card wide disk'} data-testid="disk">
      <h2>{t.disk}</h2>
      <div class="disk-parts">
        <div class="disk-room">
          <p class={urgency === 'good' ? 'big' : `big verdict ${urgency}`} data-testid="disk-forecast">
            {urgency !== 'good' && <Warn />}
            {sentenceOf(forecastOf(disk), t.diskForecast, count)}
          </p>
          <Meter label={t.diskUsed} share={1 - disk.freeBytes / Math.max(1, disk.capacityBytes)} />
          <p class="small figures">{t.diskFree(size(disk.freeBytes), size(disk.capacityBytes))}</p>
          {disk.bytesPerDay > 0 && <p class="small figures">{t.perDay(size(disk.bytesPerDay))}</p>}
        </div>
        {disk.days.some(({ bytes }) => bytes > 0) && <DayPlot days={disk.days} />}
      </div>
    </section>
  );
}
