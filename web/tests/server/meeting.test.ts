/** What two say to each other in an exercise, over the real server: heard at once, kept by nobody. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Meeting, Said } from '../../src/records/meeting';
import { join } from '../house/couple';
import { openPhone, type Phone, until } from '../house/phone';
import { SeenServer } from './seen_server';

interface Ear {
  meeting: Meeting;
  said: Said[];
  other: boolean;
  anew: number;
}

function goIn(phone: Phone): Ear {
  const said: Said[] = [];
  const ear: Omit<Ear, 'meeting'> = { said, other: false, anew: 0 };
  const meeting = phone.inside().meet({
    said: (one) => said.push(one),
    present: (other) => (ear.other = other),
    anew: () => (ear.anew += 1),
  });
  if (!meeting) throw new Error('there are no two');
  meeting.enter();
  return Object.assign(ear, { meeting });
}

const turns = (ear: Ear) => ear.said.map(({ event }) => event['turn']);

describe('what is said in an exercise', () => {
  let server: SeenServer;
  let ines: Phone;
  let jonas: Phone;
  beforeAll(async () => {
    server = await SeenServer.start();
    [ines, jonas] = [await openPhone(server.road), await openPhone(server.road)];
    await ines.records.begin('Ines');
    await jonas.records.begin('Jonas');
    await join(ines, jonas);
  });
  afterAll(async () => {
    ines.close();
    jonas.close();
    await server.stop();
  });

  it('is heard by both in order, and each knows whose it is; who has entered sees the other, and sees them go', async () => {
    const hers = goIn(ines);
    expect(hers.other).toBe(false);
    const his = goIn(jonas);
    await until('they see each other', async () => hers.other && his.other);
    for (const turn of [1, 2, 3]) await hers.meeting.say({ type: 'test.turn', turn });
    await until('he has heard', async () => his.said.length === 3);
    expect(turns(his)).toEqual([1, 2, 3]);
    expect(his.said.every(({ mine }) => !mine)).toBe(true);
    await until('she too', async () => hers.said.length === 3);
    expect(hers.said.every(({ mine }) => mine)).toBe(true);
    his.meeting.leave();
    await until('he is gone', async () => !hers.other);
    hers.meeting.leave();
  });

  it('comes once to a phone that was without a connection meanwhile, and nothing is sent late', async () => {
    const hers = goIn(ines);
    const his = goIn(jonas);
    await hers.meeting.say({ type: 'test.turn', turn: 10 });
    await until('he has heard', async () => turns(his).includes(10));
    jonas.goOffline();
    await expect(his.meeting.say({ type: 'test.turn', turn: 99 })).rejects.toThrow();
    await until('he is gone', async () => !hers.other);
    await hers.meeting.say({ type: 'test.turn', turn: 11 });
    jonas.goOnline();
    await until('he has heard what he missed', async () => turns(his).includes(11));
    await until('he is there again', async () => hers.other);
    expect(turns(his).filter((turn) => turn === 10 || turn === 11)).toEqual([10, 11]);
    expect(turns(hers)).not.toContain(99);
    for (const { meeting } of [hers, his]) meeting.leave();
  });

  it('is forgotten by a server that starts again, and both are told to offer theirs anew', async () => {
    const hers = goIn(ines);
    const his = goIn(jonas);
    await hers.meeting.say({ type: 'test.turn', turn: 20 });
    await until('he has heard', async () => turns(his).includes(20));
    await server.restart();
    await until('both are back', async () => hers.other && his.other);
    await hers.meeting.say({ type: 'test.turn', turn: 21 });
    await until('he hears on', async () => turns(his).includes(21));
    expect([hers.anew, his.anew]).toEqual([1, 1]);
    expect((await ines.records.between(null, 10)).items).toEqual([]);
  });
});
