/** @file A record as it passes between device and server (spec/protocol.md §2). */
import type { RecordHead } from './record';
import type { RecordClass } from './padding';
import type { Sealed } from './sealed';

/** What a device appends. */
export interface PostedRecord {
  v: 1;
  id: string;
  device: string;
  epoch: number;
  class: RecordClass;
  hold: string | null;
  prev: string | null;
  sealed: Sealed;
  erases: string | null;
}

/** What a server hands out. A held one that waits has no `seq`. */
export interface WireRecord {
  seq?: number;
  stamp?: number;
  v: number;
  id: string;
  author: string;
  device: string;
  epoch: number;
  class: RecordClass;
  hold: string | null;
  prev: string | null;
  /** Null when its author has erased it. */
  sealed: Sealed | null;
  /** A held one that opens no more; told to its author's devices only. */
  lapsed?: boolean;
}

export function headOf(space: string, wire: WireRecord): RecordHead {
  return {
    space,
    epoch: wire.epoch,
    account: wire.author,
    device: wire.device,
    id: wire.id,
    hold: wire.hold,
    class: wire.class,
    prev: wire.prev,
  };
}
