/** @file The demo's clock: one offset for the server and both phones. */
import type { DemoPort } from './port';

export async function serverNow(): Promise<{ demo: boolean; offset: number }> {
  const about = (await (await fetch('v1/about')).json()) as { demo: boolean; now: number };
  return { demo: about.demo, offset: about.now - Date.now() };
}

export async function moveAll(ports: DemoPort[], offset: number): Promise<void> {
  const offset_ms = Math.round(offset);
  const answer = await fetch('v1/demo/clock', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ offset_ms }),
  });
  if (!answer.ok) throw new Error(`the clock answered ${answer.status}`);
  await Promise.all(ports.map((port) => port.setClock(offset_ms)));
}
