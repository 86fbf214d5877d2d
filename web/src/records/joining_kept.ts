/** @file The join that is under way, as it is kept: sealed, one at a time over all tabs. */
import type { House } from './house';
import type { JoiningState } from './joining_state';
import type { PairingState } from './pairing_state';

export type AnyJoining = JoiningState | PairingState;

export class JoiningKept {
  constructor(private readonly house: House) {}

  locked<T>(work: (state: AnyJoining | null) => Promise<T>): Promise<T> {
    return this.house.locks.hold(this.house.lockName('joining'), async () => work(await this.load()));
  }

  async load(): Promise<AnyJoining | null> {
    const sealed = await this.house.store.fact('joining');
    return sealed ? this.house.deviceSeal.openJson<AnyJoining>('joining', sealed) : null;
  }

  async keep<State extends AnyJoining>(state: State): Promise<State> {
    await this.house.store.setFact('joining', await this.house.deviceSeal.sealJson('joining', state));
    this.say();
    return state;
  }

  async putAway(): Promise<void> {
    await this.house.store.setFact('joining', null);
    this.say();
  }

  private say(): void {
    this.house.changed('joining', 'standing');
    this.house.tellTabs({ note: 'change', change: 'joining' });
  }
}
