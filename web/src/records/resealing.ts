/**
 * @file Gives a device its data key. What an earlier version sealed under the browser's own key is opened with that
 * and sealed under the new one; key and rows change in one step, so that nothing can be lost in between.
 */
import type { OutboxRow, SpaceRow } from '../store/rows';
import type { AtRest, Store } from '../store/store';
import { DeviceSeal } from '../vault/device_seal';
import { importDataKey, newDataKey, wrapDataKey } from '../vault/lock';
import { type Sealed, wipe } from '../vault/sealed';

/** Does nothing where there is a data key already. */
export async function giveDataKey(store: Store, s: CryptoKey): Promise<void> {
  if (await store.fact('dataKey')) return;
  const raw = newDataKey();
  const move = mover(new DeviceSeal(s), new DeviceSeal(await importDataKey(raw)));
  const row = await wrapDataKey(s, raw, null);
  wipe(raw);
  const rows = await store.atRest();
  await store.sealedAnew(await movedRows(rows, move), row);
}

type Move = (place: string, sealed: Sealed) => Promise<Sealed>;

function mover(from: DeviceSeal, to: DeviceSeal): Move {
  return async (place, sealed) => {
    const plain = await from.open(place, sealed);
    const moved = await to.seal(place, plain);
    wipe(plain);
    return moved;
  };
}

async function movedRows({ identity, joining, spaces, outbox, drafts }: AtRest, move: Move): Promise<AtRest> {
  return {
    identity: identity && {
      ...identity,
      seeds: await move('seeds', identity.seeds),
      entropy: identity.entropy && (await move('entropy', identity.entropy)),
    },
    joining: joining && (await move('joining', joining)),
    spaces: await Promise.all(spaces.map((row) => movedSpace(row, move))),
    outbox: await Promise.all(outbox.map((row) => movedAct(row, move))),
    drafts: await Promise.all(
      drafts.map(async ([place, text]): Promise<[string, Sealed]> => [
        place,
        await move(`draft/${place}`, text),
      ]),
    ),
  };
}

async function movedSpace(row: SpaceRow, move: Move): Promise<SpaceRow> {
  const keys = await Promise.all(
    Object.entries(row.keys).map(
      async ([n, key]) => [Number(n), await move(`key/${row.space}/${n}`, key)] as const,
    ),
  );
  return { ...row, keys: Object.fromEntries(keys) };
}

async function movedAct(row: OutboxRow, move: Move): Promise<OutboxRow> {
  return row.kind === 'record' ? { ...row, draft: await move(`outbox/${row.id}`, row.draft) } : row;
}
