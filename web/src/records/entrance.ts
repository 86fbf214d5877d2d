/**
 * @file How others come in: another person, into a space for two, and further devices of whoever lives here. Also how a
 * device is let in where nobody lives yet, and how one is removed.
 */
import { type DeviceShown, type Joining, SeenError } from './contract';
import { DeviceEntering, type Entered } from './device_entering';
import { Dwelling } from './dwelling';

export class Entrance extends Dwelling {
  /** This device, while it is let in by another one of the same person. */
  protected readonly entering = new DeviceEntering(this.house, (who) => this.moveInAs(who));

  override close(): void {
    this.entering.stop();
    super.close();
  }

  override network(online: boolean): void {
    super.network(online);
    if (online && !this.live) this.goOnEntering();
  }

  async invite(): Promise<Joining> {
    const live = this.lived();
    await live.mustBeRegistered();
    return live.joinings.invite();
  }

  async accept(linkSecretOrCode: string): Promise<Joining> {
    const live = this.lived();
    await live.mustBeRegistered();
    return live.joinings.accept(linkSecretOrCode);
  }

  async joining(): Promise<Joining | null> {
    this.mustBeOpen();
    return this.live ? this.live.joinings.current() : this.entering.current();
  }

  async confirmWords(same: boolean): Promise<Joining> {
    this.mustBeOpen();
    return this.live ? this.live.joinings.confirm(same) : this.entering.confirm(same);
  }

  async leaveJoining(): Promise<void> {
    this.mustBeOpen();
    await (this.live ? this.live.joinings.leave() : this.entering.leave());
  }

  async inviteDevice(): Promise<Joining> {
    const live = this.lived();
    await live.mustBeRegistered();
    return live.joinings.inviteDevice();
  }

  async enterAsDevice(linkSecretOrCode: string, name: string | null): Promise<Joining> {
    this.mustBeOpen();
    if (this.live) throw new SeenError('unexpected', 'somebody lives here already');
    const called = name?.trim() ?? '';
    return this.entering.enter(linkSecretOrCode, called === '' ? null : called);
  }

  async devices(): Promise<DeviceShown[]> {
    return this.lived().devices();
  }

  async nameDevice(id: string, name: string): Promise<void> {
    const live = this.lived();
    await live.acts.do(live.room, { type: 'name_device', device: id, name: name.trim() });
  }

  async removeDevice(id: string, words: string[] | null): Promise<void> {
    const live = this.lived();
    await live.mustBeRegistered();
    await live.removeDevice(id, words);
    this.say('standing');
  }

  protected override async settleIn(): Promise<void> {
    await super.settleIn();
    if (!this.live && !this.locked) this.goOnEntering();
  }

  /** What fails is tried again when the network comes back, or the app opens again. */
  private goOnEntering(): void {
    this.entering.drive().catch(() => undefined);
  }

  private async moveInAs({ identity, room, name }: Entered): Promise<void> {
    await this.house.store.settle(identity, room, null);
    const live = await this.moveIn();
    await live.readAll();
    if (name !== null) {
      const intent = { type: 'name_device', device: identity.device, name } as const;
      await live.acts.do(live.room, intent, { counts: false });
    }
    await this.settled(live);
    this.say('joining', 'between');
  }
}
