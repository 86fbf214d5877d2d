/** @file Which component stands at which place. */
import type { Component } from 'svelte';
import type { go, Place } from '../ui/route';
import Begin from './begin/Begin.svelte';
import Between from './between/Between.svelte';
import Device from './devices/Device.svelte';
import Devices from './devices/Devices.svelte';
import Remove from './devices/Remove.svelte';
import Guide from './guide/Guide.svelte';
import LightChoice from './guide/LightChoice.svelte';
import Name from './guide/Name.svelte';
import Invite from './join/Invite.svelte';
import Invited from './join/Invited.svelte';
import Join from './join/Join.svelte';
import Agreement from './leave/Agreement.svelte';
import Delete from './leave/Delete.svelte';
import Leave from './leave/Leave.svelte';
import Lock from './lock/Lock.svelte';
import Answer from './open/Answer.svelte';
import Open from './open/Open.svelte';
import Operator from './privacy/Operator.svelte';
import Privacy from './privacy/Privacy.svelte';
import Restore from './restore/Restore.svelte';
import Line from './room/Line.svelte';
import NotePage from './room/NotePage.svelte';
import Room from './room/Room.svelte';
import Mine from './sealed/Mine.svelte';
import Sealed from './sealed/Sealed.svelte';
import Today from './today/Today.svelte';
import Welcome from './welcome/Welcome.svelte';
import Check from './words/Check.svelte';
import Words from './words/Words.svelte';
import See from './write/See.svelte';
import Write from './write/Write.svelte';

/** `of`: what follows the place in the address. */
export interface ScreenProps {
  of: string | null;
  go: typeof go;
}

/** A screen that needs neither. */
function still(screen: Component<Record<string, never>>): Component<ScreenProps> {
  return screen as unknown as Component<ScreenProps>;
}

export const screens: Record<Place, Component<ScreenProps>> = {
  welcome: still(Welcome),
  begin: still(Begin),
  restore: still(Restore),
  invited: Invited,
  join: Join,
  words: still(Words),
  check: still(Check),
  today: still(Today),
  invite: Invite,
  write: Write,
  see: See,
  sealed: still(Sealed),
  mine: still(Mine),
  open: Open,
  answer: Answer,
  between: still(Between),
  room: still(Room),
  note: NotePage,
  line: Line,
  guide: still(Guide),
  name: Name,
  light: still(LightChoice),
  privacy: still(Privacy),
  operator: still(Operator),
  devices: still(Devices),
  device: Device,
  remove: Remove,
  agreement: Agreement,
  leave: still(Leave),
  delete: still(Delete),
  lock: Lock,
};
