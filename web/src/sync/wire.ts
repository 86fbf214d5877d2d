/** @file Answers of the server, as spec/protocol.md writes them. */
import type { ClaimedMember, DeviceEntry } from '../vault/device_list';
import type { Epoch } from '../vault/epoch';
import type { Sealed } from '../vault/sealed';
import type { WireRecord } from '../vault/wire';

export interface AccountTold {
  account: string;
  devices: DeviceEntry[];
  spaces: { space: string; kind: 'room' | 'shared' }[];
}

export interface SpaceTold {
  space: string;
  kind: 'room' | 'shared';
  /** In the order of joining. */
  members: ClaimedMember[];
  epochs: Epoch[];
  head: number;
}

export interface PageTold {
  records: WireRecord[];
  head: number;
}

export interface Kept {
  kept: boolean;
  seq?: number;
  stamp?: number;
}

export type InvitationStage = 'open' | 'claimed' | 'answered' | 'revealed' | 'joined' | 'ended' | 'expired';

export interface InvitationTold {
  lookup: string;
  role: 'inviter' | 'invitee';
  stage: InvitationStage;
  expires: number;
  blob?: Sealed;
  answer?: Sealed;
  reveal?: Sealed;
  kind?: 'person' | 'device';
  confirms: { inviter?: string; invitee?: string };
  space?: string;
  /** For a device that comes: the keys of its owner's room. */
  handover?: Sealed;
}

export interface About {
  name: string;
  version: string;
  protocol: number;
  demo: boolean;
  now: number;
}

/** What is said and not kept; n counts within a ring. */
export interface BriefTold {
  n: number;
  stamp: number;
  v: number;
  id: string;
  author: string;
  device: string;
  epoch: number;
  sealed: Sealed;
}

/** One text frame of the follow connection. */
export interface Frame {
  space?: string;
  records?: WireRecord[];
  head?: number;
  held?: WireRecord[];
  /** An epoch has begun here, or a member has left. */
  turned?: number;
  brief?: BriefTold[];
  ring?: string;
  /** The accounts that are in the same exercise. */
  present?: string[];
  invitation?: InvitationTold;
  beat?: number;
  error?: string;
}
