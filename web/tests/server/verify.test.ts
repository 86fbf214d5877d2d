/** `seen verify` against the real server, and against one in between that changes what passes. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SeenServer } from './seen_server';

interface Said {
  code: number;
  out: string;
  err: string;
}

function seen(...words: string[]): Promise<Said> {
  return new Promise((resolve) => {
    execFile(process.env['SEEN_BINARY'] ?? '', words, (failed, out, err) =>
      resolve({ code: failed ? Number(failed.code) : 0, out, err }),
    );
  });
}

/** What a hostile operator could put in front: one answer is changed, all others pass as they are. */
async function between(origin: string, change: (path: string, answer: Changed) => void): Promise<Server> {
  const server = createServer((request, response) => {
    void (async () => {
      const path = request.url ?? '/';
      const real = await fetch(origin + path, { headers: { 'accept-encoding': 'identity' } });
      const answer: Changed = {
        status: real.status,
        policy: real.headers.get('content-security-policy') ?? '',
        body: Buffer.from(await real.arrayBuffer()),
      };
      change(path, answer);
      response.writeHead(answer.status, { 'content-security-policy': answer.policy }).end(answer.body);
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

interface Changed {
  status: number;
  policy: string;
  body: Buffer;
}

describe('whether a server sends the published app', () => {
  let server: SeenServer;
  let folder: string;
  let listed: string[];
  beforeAll(async () => {
    server = await SeenServer.start();
    folder = mkdtempSync(join(tmpdir(), 'seen-verify-'));
    listed = (await seen('assets')).out.trim().split('\n');
  });
  afterAll(async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function verifiedThrough(change: (path: string, answer: Changed) => void): Promise<Said> {
    const proxy = await between(server.road.origin, change);
    const address = proxy.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const said = await seen('verify', `http://127.0.0.1:${port}`);
    proxy.close();
    return said;
  }

  it('the server of the same build sends the same app, page and core included', async () => {
    const said = await seen('verify', server.road.origin);
    expect(said.code, said.out + said.err).toBe(0);
    expect(said.out).toContain(`${listed.length} files, all the same`);
    for (const path of ['/index.html', '.wasm', '/sw.js']) {
      expect(listed.some((line) => line.endsWith(path))).toBe(true);
    }
  });

  it('one that is passed on unchanged is the same: the stand-in itself is not what is found', async () => {
    expect((await verifiedThrough(() => undefined)).code).toBe(0);
  });

  it('one changed byte in any kind of file is named', async () => {
    for (const kind of ['.js', '.css', '.wasm', '/sw.js']) {
      const victim = listed.map((line) => line.slice(66)).find((path) => path.endsWith(kind)) ?? '';
      const said = await verifiedThrough((path, answer) => {
        if (path === victim) answer.body[0] = (answer.body[0] ?? 0) ^ 1;
      });
      expect(said.code).toBe(1);
      expect(said.out).toContain(`different  ${victim}`);
    }
  });

  it('a page that is another one, a file that is not there, and looser rules are named', async () => {
    const script = listed.map((line) => line.slice(66)).find((path) => path.endsWith('.js')) ?? '';
    const said = await verifiedThrough((path, answer) => {
      if (path === script) answer.status = 404;
      answer.policy = answer.policy.replace(
        "script-src 'self'",
        "script-src 'self' https://elsewhere.example",
      );
    });
    expect(said.out).toContain(`missing    ${script}`);
    expect(said.out).toContain("different  the page's Content-Security-Policy");
    const other = await verifiedThrough((path, answer) => {
      if (path === '/') answer.body = Buffer.from('<!doctype html>');
    });
    expect(other.out).toContain('different  /index.html');
    expect([said.code, other.code]).toEqual([1, 1]);
  });

  it('a list of a release is taken instead, and a damaged one is refused with its line', async () => {
    const list = join(folder, 'release.sha256');
    writeFileSync(list, `${listed.join('\n')}\n`);
    expect((await seen('verify', server.road.origin, '--list', list)).code).toBe(0);
    writeFileSync(list, `${listed[0] ?? ''}\nnot a line\n`);
    const said = await seen('verify', server.road.origin, '--list', list);
    expect([said.code, said.err]).toEqual([1, expect.stringContaining('line 2 is not a hash')]);
    expect((await seen('verify', server.road.origin, '--list', join(folder, 'none'))).code).toBe(2);
  });

  it('nobody at the address is said in one line', async () => {
    const said = await seen('verify', 'http://127.0.0.1:9');
    expect(said.code).toBe(1);
    expect(said.err.trim().split('\n')).toHaveLength(1);
    expect((await seen('verify', 'nowhere')).code).toBe(2);
  });
});
