/**
 * @file The quick way out. The page is replaced at once by a plain one of our own; nothing is asked and nothing is
 * cleared. Shift pressed three times within a second and a half, with no other key between, does the same.
 */

const within = 1500;
const times = 3;

export function leaveNow(): void {
  location.replace('pages.html');
}

/** Counts presses of Shift; a pure step. Returns the presses that still count, and whether to leave. */
export function pressed(before: number[], key: string, now: number): { presses: number[]; leave: boolean } {
  if (key !== 'Shift') return { presses: [], leave: false };
  const presses = [...before.filter((at) => now - at < within), now];
  return presses.length >= times ? { presses: [], leave: true } : { presses, leave: false };
}

/** Listens on the whole page; returns the function that ends it. */
export function listenForExit(leave: () => void): () => void {
  let presses: number[] = [];
  const onKey = (event: KeyboardEvent): void => {
    if (event.repeat) return;
    const step = pressed(presses, event.key, event.timeStamp);
    presses = step.presses;
    if (step.leave) leave();
  };
  addEventListener('keydown', onKey);
  return () => removeEventListener('keydown', onKey);
}
