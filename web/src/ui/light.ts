/** @file Paper or night: as the device says, unless the person chose one on this device. */

export type Light = 'device' | 'paper' | 'night';
const place = 'light';

export function readLight(storage: Pick<Storage, 'getItem'>): Light {
  const kept = storage.getItem(place);
  return kept === 'paper' || kept === 'night' ? kept : 'device';
}

export function keepLight(storage: Pick<Storage, 'setItem' | 'removeItem'>, light: Light): void {
  if (light === 'device') storage.removeItem(place);
  else storage.setItem(place, light);
}

export function showLight(root: HTMLElement, light: Light): void {
  if (light === 'device') root.removeAttribute('data-light');
  else root.setAttribute('data-light', light);
}
