/** After the app has ended nothing is sealed or judged with keys that are gone. */
import { beforeAll, describe, expect, it } from 'vitest';
import { takeIn } from '../../src/records/arrival';
import { openVault } from '../../src/vault/sodium';
import { pair, recordOf } from '../house/people';

beforeAll(openVault);

describe('keys that have been wiped', () => {
  it('seal nothing', () => {
    const { ines, space } = pair();
    expect(ines.keys.newest(space).n).toBe(1);
    ines.keys.author(space);
    ines.keys.wipe();
    expect(() => ines.keys.newest(space)).toThrow('wiped');
    expect(() => ines.keys.author(space)).toThrow('wiped');
    expect(() => ines.keys.hold(space, 0)).toThrow('wiped');
  });

  it('do not refuse for good what is arriving', () => {
    const two = pair();
    const page = [recordOf(two, two.jonas, 1)];
    expect(takeIn(two.row, page, two.ines.keys, two.members)?.rows[0]?.refused).toBeNull();
    two.ines.keys.wipe();
    expect(() => takeIn(two.row, page, two.ines.keys, two.members)).toThrow('wiped');
  });
});
