/** @file Who runs the server: asked while joining, answered for oneself alone. */
import type { Key } from '../../text/text';

export const whose = ['me', 'partner', 'other', 'unknown'] as const;
export type Whose = (typeof whose)[number];

/** What is said below an answer; null where a page of its own follows. */
export function saysOf(answer: Whose): Key | null {
  return answer === 'partner' ? null : `whose.${answer}_said`;
}
