/**
 * @file A relay between browser and server that keeps every byte of both directions. What a browser sends over a
 * WebSocket is masked (RFC 6455 §5.3), so a plain search would find nothing there whatever it held; the relay keeps
 * those frames unmasked as well.
 */
import { connect, createServer } from 'node:net';

/** Follows one direction of one connection and hands out the payload of every masked frame after the upgrade. */
class Unmasker {
  #rest = Buffer.alloc(0);
  #upgraded = false;

  take(chunk, keep) {
    this.#rest = Buffer.concat([this.#rest, chunk]);
    if (!this.#upgraded) {
      const end = this.#rest.indexOf('\r\n\r\n');
      const head = end < 0 ? '' : this.#rest.subarray(0, end).toString('latin1');
      if (!/^upgrade: *websocket/im.test(head)) {
        this.#rest = Buffer.alloc(0);
        return;
      }
      this.#upgraded = true;
      this.#rest = this.#rest.subarray(end + 4);
    }
    for (let frame = this.#frame(); frame; frame = this.#frame()) keep(frame);
  }

  #frame() {
    const b = this.#rest;
    if (b.length < 2) return null;
    let length = b[1] & 0x7f;
    let at = 2;
    if (length === 126) [length, at] = b.length < 4 ? [Infinity, 4] : [b.readUInt16BE(2), 4];
    else if (length === 127)
      [length, at] = b.length < 10 ? [Infinity, 10] : [Number(b.readBigUInt64BE(2)), 10];
    const masked = (b[1] & 0x80) !== 0;
    const begin = at + (masked ? 4 : 0);
    if (b.length < begin + length) return null;
    const payload = Buffer.from(b.subarray(begin, begin + length));
    if (masked) for (let i = 0; i < payload.length; i++) payload[i] ^= b[at + (i & 3)];
    this.#rest = b.subarray(begin + length);
    return payload;
  }
}

/** Listens on a free port and passes everything on to `port`; `cut()` drops all connections and refuses new ones. */
export async function openRelay(port) {
  const heard = [];
  const open = new Set();
  let cut = false;
  const server = createServer((near) => {
    if (cut) return near.destroy();
    const far = connect(port, '127.0.0.1');
    const frames = new Unmasker();
    open.add(near).add(far);
    near.on('data', (chunk) => {
      heard.push(chunk);
      frames.take(chunk, (payload) => heard.push(payload));
      far.write(chunk);
    });
    far.on('data', (chunk) => {
      heard.push(chunk);
      near.write(chunk);
    });
    for (const [one, other] of [
      [near, far],
      [far, near],
    ]) {
      one.on('close', () => (open.delete(one), other.destroy()));
      one.on('error', () => other.destroy());
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `http://127.0.0.1:${server.address().port}`,
    heard: () => Buffer.concat(heard),
    cut(value = true) {
      cut = value;
      if (cut) for (const socket of open) socket.destroy();
    },
    async close() {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
