/** @file One's own devices, as they are shown. */
import { standingAt } from '../vault/device_list';
import { type DeviceShown, SeenError } from './contract';
import type { Home } from './house';
import type { Learned } from './learned';
import type { Spaces } from './spaces';

/** In the order of the list, the removed ones included. */
export function devicesShown(home: Home, spaces: Spaces, learned: Learned): DeviceShown[] {
  const me = spaces.membersOf(home.keys.room).get(home.keys.me);
  if (!me) throw new SeenError('unexpected', 'no room');
  return [...me.devices.keys()].map((id) => ({
    id,
    name: learned.names.get(id) ?? null,
    added: null,
    here: id === home.keys.identity.device,
    removed: standingAt(me, id) === 'removed',
  }));
}
