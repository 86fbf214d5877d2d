/** Two people over the real server: SEEN_BINARY=build/…/cli/seen npm run test:server */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allSent, exchange, join } from '../house/couple';
import { twoPhones } from '../house/laws';
import { openPhone, until } from '../house/phone';
import { SeenServer } from './seen_server';

describe('two people, over the real server', () => {
  let server: SeenServer;
  beforeAll(async () => {
    server = await SeenServer.start();
  });
  afterAll(() => server.stop());

  twoPhones(() => server.road);

  it('a restart of the server loses nothing, and both go on', async () => {
    const [ines, jonas] = [await openPhone(server.road), await openPhone(server.road)];
    await ines.records.begin('Ines');
    await jonas.records.begin('Jonas');
    await join(ines, jonas);
    await ines.records.give('before the restart', false);
    await allSent(ines);
    await server.restart();
    await jonas.records.give('after the restart', false);
    for (const phone of [ines, jonas]) {
      await until('it is open', async () => (await phone.records.between(null, 1)).items[0]);
    }
    await exchange(ines, jonas, 'and', 'on');
    const opened = (await jonas.records.between(null, 5)).items.map((one) => one.theirs.text);
    expect(opened).toEqual(['and', 'before the restart']);
    ines.close();
    jonas.close();
  });
});
