/** @file The real server, started over an empty folder on a free port, and ended with the test. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import type { Socket } from '../../src/sync/follower';
import type { Road } from '../house/phone';

export class SeenServer {
  private child: ChildProcess | null = null;
  private readonly folder = mkdtempSync(join(tmpdir(), 'seen-test-'));

  private constructor(
    private readonly binary: string,
    private readonly port: number,
  ) {}

  static async start(): Promise<SeenServer> {
    const binary = process.env['SEEN_BINARY'];
    if (!binary) throw new Error('SEEN_BINARY must name the seen binary');
    const server = new SeenServer(binary, await freePort());
    await server.run();
    return server;
  }

  get road(): Road {
    const origin = `http://127.0.0.1:${this.port}`;
    const connect = (url: string): Socket => new WebSocket(url) as unknown as Socket;
    return { origin, fetch: (url, init) => fetch(url, init), connect };
  }

  /** Over the same folder: what was kept is there, and all devices sign in again. */
  async restart(): Promise<void> {
    await this.end();
    await this.run();
  }

  async stop(): Promise<void> {
    await this.end();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async run(): Promise<void> {
    const options = [
      '--listen',
      `127.0.0.1:${this.port}`,
      '--data',
      this.folder,
      '--accounts-per-hour',
      '1000',
    ];
    this.child = spawn(this.binary, ['serve', ...options], { stdio: ['ignore', 'ignore', 'inherit'] });
    for (let tries = 0; tries < 200; tries++) {
      const there = await fetch(`${this.road.origin}/v1/about`).catch(() => null);
      if (there?.ok) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error('the server did not start');
  }

  private async end(): Promise<void> {
    const child = this.child;
    if (!child || child.exitCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await ended;
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}
