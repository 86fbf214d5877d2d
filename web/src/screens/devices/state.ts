/** @file My devices: how each is called and what is said below it. */
import type { DeviceShown } from '../../records/contract';
import { t, type Said } from '../../text/text';
import { dayAndMonth } from '../../ui/when';

export interface DeviceRow {
  id: string;
  href: string;
  head: string;
  small: Said | null;
}

export function nameOf(device: Pick<DeviceShown, 'name' | 'here'>): string {
  return device.name ?? t(device.here ? 'devices.this' : 'devices.unnamed');
}

/** "This phone, since 22 November" */
function smallOf(device: DeviceShown, now: number): Said | null {
  const day = device.added === null ? null : dayAndMonth(device.added, now);
  if (device.here) {
    if (day === null) return device.name === null ? null : { key: 'devices.here' };
    return { key: device.name === null ? 'devices.since' : 'devices.here_since', params: { day } };
  }
  return day === null ? null : { key: 'devices.since', params: { day } };
}

/** Those that are mine now, this one first; and the names of those that were removed. */
export function devicesFace(devices: DeviceShown[], now: number): { live: DeviceRow[]; removed: string[] } {
  const live = devices.filter(({ removed }) => !removed);
  const sorted = [...live.filter(({ here }) => here), ...live.filter(({ here }) => !here)];
  return {
    live: sorted.map((device) => ({
      id: device.id,
      href: `#/device/${encodeURIComponent(device.id)}`,
      head: nameOf(device),
      small: smallOf(device, now),
    })),
    removed: devices.filter(({ removed }) => removed).map(nameOf),
  };
}
