/** What a receiver refuses, each by its name (spec/envelope.md §5). */
import { beforeAll, describe, expect, it } from 'vitest';
import { takeIn } from '../../src/records/arrival';
import { aeadSeal } from '../../src/vault/aead';
import { concat, fromBase64, lp, toBase64, utf8 } from '../../src/vault/bytes';
import { recordAad, type RecordHead, recordKey } from '../../src/vault/record';
import { asSealed, receivedSealed, sealedBytes } from '../../src/vault/sealed';
import { openVault } from '../../src/vault/sodium';
import type { WireRecord } from '../../src/vault/wire';
import { hashOf, type Pair, pair, type Person, person, recordOf } from '../house/people';

beforeAll(openVault);

/** What Ines makes of a page: a name for each record, or `taken`. */
function judged(two: Pair, ...records: WireRecord[]): string[] {
  const arrival = takeIn(two.row, records, two.ines.keys, two.members);
  return (arrival?.rows ?? []).map((row) => row.refused ?? 'taken');
}

/** A record whose inside is written by hand, sealed with the right key. */
function sealedByHand(two: Pair, author: Person, plain: Uint8Array, prev: string | null = null): WireRecord {
  const wire = recordOf(two, author, 1, { prev });
  const { epoch, device, id, hold } = wire;
  const head: RecordHead = {
    space: two.space,
    epoch,
    account: wire.author,
    device,
    id,
    hold,
    class: 'durable',
    prev,
  };
  return { ...wire, sealed: asSealed(aeadSeal(recordKey(two.key), recordAad(head), plain)) };
}

function padded(size: number, body: string): Uint8Array {
  const plain = new Uint8Array(size);
  plain.set(concat([new Uint8Array(32), lp(utf8(body))]));
  return plain;
}

describe('a receiver', () => {
  it('takes what a member wrote on a listed device', () => {
    const two = pair();
    expect(judged(two, recordOf(two, two.jonas, 1))).toEqual(['taken']);
  });

  it('refuses somebody who is not a member, even with the key', () => {
    const two = pair();
    expect(judged(two, recordOf(two, person(), 1))).toEqual(['not_a_member']);
  });

  it('refuses a device that is not on the checked list', () => {
    const two = pair();
    const device = person().keys.identity.device;
    expect(judged(two, recordOf(two, two.jonas, 1, { device }))).toEqual(['unknown_device']);
  });

  it('refuses a record in which one bit was changed, wherever it is', () => {
    const two = pair();
    const wire = recordOf(two, two.jonas, 1);
    for (const place of [0, 23, 24, 500, 1063]) {
      const bytes = sealedBytes(wire.sealed ?? receivedSealed(''));
      bytes[place] = (bytes[place] ?? 0) ^ 1;
      expect(judged(two, { ...wire, sealed: asSealed(bytes) })).toEqual(['cannot_open']);
    }
  });

  it('refuses a record that was moved to another place, id, hold, class or author', () => {
    const two = pair();
    const wire = recordOf(two, two.jonas, 1);
    const other = toBase64(new Uint8Array(16));
    const moves: Partial<WireRecord>[] = [
      { id: other },
      { hold: other },
      { class: 'held' },
      { prev: toBase64(new Uint8Array(32)) },
      { author: two.ines.keys.me, device: two.ines.keys.identity.device },
    ];
    for (const move of moves) expect(judged(two, { ...wire, ...move })).toEqual(['cannot_open']);
  });

  it('refuses bytes that are no base64url, and an unknown version', () => {
    const two = pair();
    const wire = recordOf(two, two.jonas, 1);
    expect(judged(two, { ...wire, sealed: receivedSealed('not sealed!') })).toEqual(['cannot_open']);
    expect(judged(two, { ...wire, v: 2 })).toEqual(['cannot_open']);
  });

  it('refuses padding that is not zeros, not a class, or a length that lies', () => {
    const two = pair();
    const body = JSON.stringify({ event: {}, at: 1, seen: null });
    const dirty = padded(1024, body);
    dirty[1023] = 1;
    const lying = padded(1024, body);
    lying.set(lp(new Uint8Array(0)).fill(255), 32);
    for (const plain of [dirty, padded(1000, body), lying]) {
      expect(judged(two, sealedByHand(two, two.jonas, plain))).toEqual(['bad_padding']);
    }
  });

  it('refuses a body that is not the JSON of a record', () => {
    const two = pair();
    for (const body of ['', '[]', '{"event":1,"at":1}', '{"event":{}}', '\u0000']) {
      expect(judged(two, sealedByHand(two, two.jonas, padded(1024, body)))).toEqual(['bad_body']);
    }
  });

  it('refuses words that a partner puts into my mouth', () => {
    const two = pair();
    const forged = recordOf(two, two.jonas, 1, {
      account: two.ines.keys.me,
      device: two.ines.keys.identity.device,
    });
    expect(judged(two, forged)).toEqual(['not_mine']);
    expect(judged(two, recordOf(two, two.ines, 1))).toEqual(['taken']);
  });

  it('refuses a chain that was cut, and goes on with what comes after the cut', () => {
    const two = pair();
    const first = recordOf(two, two.jonas, 1);
    const hidden = recordOf(two, two.jonas, 2, { prev: hashOf(two, first) });
    const third = recordOf(two, two.jonas, 2, { prev: hashOf(two, hidden) });
    const fourth = recordOf(two, two.jonas, 3, { prev: hashOf(two, third) });
    expect(judged(two, first, third, fourth)).toEqual(['taken', 'broken_chain', 'taken']);
  });

  it('refuses a second beginning of the same device', () => {
    const two = pair();
    expect(judged(two, recordOf(two, two.jonas, 1), recordOf(two, two.jonas, 2))).toEqual([
      'taken',
      'broken_chain',
    ]);
  });

  it('a damaged record does not shut out what its device writes afterwards', () => {
    const two = pair();
    const first = recordOf(two, two.jonas, 1);
    const bytes = sealedBytes(first.sealed ?? receivedSealed(''));
    bytes[100] = (bytes[100] ?? 0) ^ 1;
    const damaged = { ...first, sealed: asSealed(bytes) };
    const after = recordOf(two, two.jonas, 2, { prev: hashOf(two, damaged) });
    expect(judged(two, damaged, after)).toEqual(['cannot_open', 'taken']);
  });

  it('follows a chain across an erased record', () => {
    const two = pair();
    const first = recordOf(two, two.jonas, 1);
    const second = recordOf(two, two.jonas, 2, { prev: hashOf(two, first) });
    expect(judged(two, { ...first, sealed: null }, second)).toEqual(['taken', 'taken']);
  });

  it('takes the same page twice without a second copy, and stops at a gap', () => {
    const two = pair();
    const first = recordOf(two, two.jonas, 1);
    const third = recordOf(two, two.jonas, 3, { prev: hashOf(two, first) });
    expect(judged(two, first, first, third)).toEqual(['taken']);
    const arrival = takeIn(two.row, [first], two.ines.keys, two.members);
    expect(takeIn(arrival?.space ?? two.row, [first], two.ines.keys, two.members)).toBeNull();
  });

  it('a refused record moves the place on, and is kept as it came', () => {
    const two = pair();
    const stranger = recordOf(two, person(), 1);
    const arrival = takeIn(two.row, [stranger], two.ines.keys, two.members);
    expect(arrival?.space.head).toBe(1);
    expect(arrival?.rows[0]?.wire).toEqual(stranger);
    expect(arrival?.settled).toEqual([]);
    expect(fromBase64(arrival?.rows[0]?.hash ?? '')).toHaveLength(32);
  });
});
