/** @file The real binary in a folder of its own, on a port of its own, and its log. */
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const binary = process.env.SEEN_BINARY ?? new URL('../../build/release/seen', import.meta.url).pathname;

/** Starts `seen serve`; resolves once it has printed its address. */
export async function openHouse({ folder, listen = '127.0.0.1:0', options = [] } = {}) {
  const data = folder ?? (await mkdtemp(join(tmpdir(), 'seen-house-')));
  const house = { data, log: '', address: '', admin: '' };
  const all = ['serve', '--listen', listen, '--data', data, '--verbose', ...options];
  const child = spawn(binary, all, { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const hear = (chunk) => {
    house.log += chunk;
    house.address ||= /http:\/\/[\w.:[\]]+/.exec(house.log)?.[0] ?? '';
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  for (let i = 0; i < 200 && !house.address; i++) {
    if (child.exitCode !== null) throw new Error(`seen ended at once: ${house.log}`);
    await wait(25);
  }
  if (!house.address) throw new Error(`seen printed no address: ${house.log}`);
  house.port = Number(new URL(house.address).port);
  house.stop = async (signal = 'SIGTERM') => {
    child.kill(signal);
    return ended;
  };
  house.remove = async () => {
    await house.stop('SIGKILL');
    await rm(data, { recursive: true, force: true });
  };
  return house;
}
