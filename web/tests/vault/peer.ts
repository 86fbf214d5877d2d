/** The native vault at the other end of a pipe, and the random numbers that both are asked with. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createInterface, type Interface } from 'node:readline';

export type Told = Record<string, unknown>;

export class Peer {
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #lines: Interface;
  readonly #waiting: ((line: string) => void)[] = [];

  constructor(program: string) {
    this.#process = spawn(program);
    this.#lines = createInterface({ input: this.#process.stdout });
    this.#lines.on('line', (line) => this.#waiting.shift()?.(line));
    this.#process.on('exit', () => {
      for (const waiting of this.#waiting) waiting('{"error":"the native vault has ended"}');
    });
  }

  async ask(call: string, fields: Told): Promise<Told> {
    const line = await new Promise<string>((resolve) => {
      this.#waiting.push(resolve);
      this.#process.stdin.write(`${JSON.stringify({ do: call, ...fields })}\n`);
    });
    const said = JSON.parse(line) as Told;
    if ('error' in said) throw new Error(`${call}: ${String(said['error'])}`);
    return said;
  }

  end(): void {
    this.#process.stdin.end();
  }
}

/** A stream of bytes and numbers that follows from a seed. */
export class Seeded {
  #drawn = 0;

  constructor(readonly seed: string) {}

  bytes(length: number): Uint8Array {
    const hash = createHash('shake256', { outputLength: length });
    return new Uint8Array(hash.update(`${this.seed} ${String(this.#drawn++)}`).digest());
  }

  below(limit: number): number {
    return new DataView(this.bytes(4).buffer).getUint32(0) % limit;
  }

  oneOf<T>(values: readonly T[]): T {
    const value = values[this.below(values.length)];
    if (value === undefined) throw new Error('nothing to choose from');
    return value;
  }
}
