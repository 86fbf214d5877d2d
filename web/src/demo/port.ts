/**
 * @file The small port that a phone of the demo opens for the page around it. It exists only where the server says
 * that it is a demo, and only the same origin can reach it.
 */
import type { Seen } from '../records/contract';
import { clock } from '../ui/clock.svelte';

export interface DemoPort {
  readonly seen: Seen;
  /** Moves this phone's clock, in ms from the device's own. */
  setClock(offsetMs: number): Promise<void>;
}

declare global {
  interface Window {
    seenDemo?: DemoPort;
  }
}

/** Opens the port as soon as the records say that this is a demo; on an ordinary server, never. */
export function offerDemoPort(seen: Seen, to: Pick<Window, 'seenDemo'>): void {
  const offer = async (): Promise<void> => {
    if (to.seenDemo || !(await seen.standing()).demo) return;
    to.seenDemo = {
      seen,
      setClock: async (offsetMs) => {
        clock.offset = offsetMs;
        await seen.setClock(offsetMs);
      },
    };
  };
  seen.onChange((change) => {
    if (change === 'standing') void offer();
  });
  void offer();
}
