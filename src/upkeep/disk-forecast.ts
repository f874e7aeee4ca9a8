// How long the disk of the vault lasts: what is sealed a day at the present rate comes, what is due on each day goes.
// Nothing is ever deleted to make room, so a person has to know early.

import type { Appliance } from '../appliance.ts';
import { RESERVE_BYTES } from './vault-room.ts';

const DAY_MS = 86_400_000;
/** The present rate is that of the last week, or of the time since the first recording. */
const RATE_DAYS = 7;
const SHOWN_DAYS = 30;
/** Further than a year nobody can see. */
const HORIZON_DAYS = 365;
/** Days left at which an alarm is raised. */
const WARNINGS = [3, 14, 30];

export interface DiskForecast {
  freeBytes: number;
  capacityBytes: number;
  bytesPerDay: number;
  /** Null when it lasts for more than a year. */
  daysLeft: number | null;
  /** Sealed on each of the last days (UTC), the oldest first. */
  days: { day: string; bytes: number }[];
}

/** Days until what is free is used up. @param due bytes that go on each day from today on */
export function daysLeft(freeBytes: number, bytesPerDay: number, due: number[]): number | null {
  let free = freeBytes;
  for (let day = 0; day < HORIZON_DAYS; day += 1) {
    free += (due[day] ?? 0) - bytesPerDay;
    if (free < 0) return day;
  }
  return null;
}

/** Forecasts from what the catalogue knows and the disk says. */
export async function forecastDisk({ vault, catalogue, clock }: Appliance): Promise<DiskForecast> {
  const { freeBytes, capacityBytes } = await vault.space();
  const now = clock().getTime();
  const days = listDays(catalogue.bytesByDay(dayOf(now - (SHOWN_DAYS - 1) * DAY_MS)), now);
  const first = days.findIndex(({ bytes }) => bytes > 0);
  const counted = first < 0 ? [] : days.slice(Math.max(first, SHOWN_DAYS - RATE_DAYS));
  const bytesPerDay = Math.round(
    counted.reduce((sum, { bytes }) => sum + bytes, 0) / Math.max(1, counted.length),
  );
  const due = catalogue.bytesDueByDay(dayOf(now + HORIZON_DAYS * DAY_MS));
  const goes = Array.from({ length: HORIZON_DAYS }, (_, day) => due.get(dayOf(now + day * DAY_MS)) ?? 0);
  const usable = Math.max(0, freeBytes - RESERVE_BYTES);
  return { freeBytes, capacityBytes, bytesPerDay, daysLeft: daysLeft(usable, bytesPerDay, goes), days };
}

/** Raises `disk.low` when the disk will not last for a month. It looks at the whole index: once an hour is enough. */
export async function alarmAboutForecast(appliance: Appliance): Promise<void> {
  if (!(await appliance.vault.present())) return;
  const { daysLeft: left, freeBytes } = await forecastDisk(appliance);
  const warning = left === null ? undefined : WARNINGS.find((limit) => left <= limit);
  if (warning === undefined) return;
  const message = `the vault is full in less than ${warning} days: ${megabytes(freeBytes)} are free`;
  await appliance.alarms.raise('disk.low', message);
}

/** Raises `disk.low` when the disk is almost full now, whatever filled it. */
export async function alarmAboutRoom({ vault, alarms }: Appliance): Promise<void> {
  if (!(await vault.present())) return;
  const free = await vault.freeBytes();
  if (free < 2 * RESERVE_BYTES)
    await alarms.raise('disk.low', `the vault is almost full: ${megabytes(free)} are free`);
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`;
}

function listDays(known: Map<string, number>, now: number): DiskForecast['days'] {
  return Array.from({ length: SHOWN_DAYS }, (_, index) => {
    const day = dayOf(now - (SHOWN_DAYS - 1 - index) * DAY_MS);
    return { day, bytes: known.get(day) ?? 0 };
  });
}

function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
