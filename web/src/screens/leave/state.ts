/** @file What two agree on, and leaving. */
import type { Agreement, Standing } from '../../records/contract';
import type { Key } from '../../text/text';

/** Whether it is let known that one waits: only a yes of both. */
export function holds(agreement: Agreement): boolean {
  return agreement.mine === true && agreement.theirs === true;
}

/** What leaving does, one sentence a line. Who stays after the other has left has less to decide. */
export function leavingSays(over: Standing['over']): Key[] {
  if (over === 'they_left') return ['leave.away_1', 'leave.away_2'];
  return ['leave.does_1', 'leave.does_2', 'leave.does_3', 'leave.does_4'];
}
