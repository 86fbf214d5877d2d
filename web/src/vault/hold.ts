/** @file The exchange id: both sides derive it from the space's first key and the number of releases so far. */
import { type Bytes, u64 } from './bytes';
import { keyed, keyed16 } from './hash';
import { type Secret, wipe } from './sealed';

export function holdId(firstEpochKey: Secret, counter: number): Bytes {
  const holdKey = keyed(firstEpochKey, 'hold');
  const id = keyed16(holdKey, 'exchange', u64(counter));
  wipe(holdKey);
  return id;
}
