/**
 * @file The core in WebAssembly: what the product knows. One instance is one journal; it has no clock, no randomness
 * and no imports. This file only carries JSON across (wasm/boundary.md) and decides nothing.
 */

/** A refusal of the core, with its number and name as the boundary lists them. */
export class CoreError extends Error {
  constructor(
    readonly code: number,
    readonly fault: string,
    message: string,
  ) {
    super(message);
    this.name = 'CoreError';
  }
}

export type SpaceKind = 'room' | 'shared';
export type CoreEvent = Record<string, unknown>;

export type Intent =
  | { type: 'set_name'; name: string }
  | { type: 'phrase_checked' }
  | {
      type: 'joined';
      shared: string;
      role: 'opener' | 'joiner';
      partner: { account: string; name: string | null };
    }
  | { type: 'keep_note'; text: string }
  | { type: 'change_note'; target: string; text: string }
  | { type: 'remove_note'; target: string }
  | { type: 'give'; text: string }
  | { type: 'tell_waiting' }
  | { type: 'tell_quiet' }
  | { type: 'withdraw'; target: string }
  | { type: 'respond'; target: string; kind: 'thanks' | 'words'; text?: string }
  | { type: 'agree'; tell: boolean }
  | { type: 'leave' }
  | { type: 'left'; shared: string }
  | { type: 'name_device'; device: string; name: string }
  | { type: 'epoch_began'; n: number }
  | { type: 'space_key'; shared: string; n: number };

export interface Intended {
  event: CoreEvent;
  class: 'durable' | 'held';
  counter?: number;
  erases?: string;
}

export interface JournalRecord {
  space: string;
  id: string;
  author: string;
  /** Null while not acknowledged, and while held. */
  seq: number | null;
  stamp?: number;
  at: number;
  hold: string | null;
  /** It is held, and opens no more. */
  lapsed?: boolean;
  /** Null when its author took it away. */
  event: CoreEvent | null;
}

export interface Absorbed {
  absorbed: number;
  refused: { id: string; name: string }[];
}

interface Exports {
  memory: WebAssembly.Memory;
  _initialize(): void;
  seen_input(size: number): number;
  seen_call(size: number): number;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const absorbing = encoder.encode('{"call":"absorb","records":');
const closing = encoder.encode('}');

export class Core {
  private constructor(
    private exports: Exports | null,
    private readonly module: WebAssembly.Module,
  ) {}

  static async load(wasm: BufferSource | Promise<Response>): Promise<Core> {
    const module =
      ArrayBuffer.isView(wasm) || wasm instanceof ArrayBuffer
        ? await WebAssembly.compile(wasm)
        : await moduleFrom(await wasm);
    return Core.begin(module);
  }

  private static async begin(module: WebAssembly.Module): Promise<Core> {
    const instance = await WebAssembly.instantiate(module, {});
    const exports = instance.exports as unknown as Exports;
    exports._initialize();
    return new Core(exports, module);
  }

  /** Overwrites all that this one knows; every call to it fails from here on. Gives an empty one in its place. */
  emptied(): Promise<Core> {
    if (this.exports) new Uint8Array(this.exports.memory.buffer).fill(0);
    this.exports = null;
    return Core.begin(this.module);
  }

  open(me: string): void {
    this.call('open', { me });
  }

  /** `left`: those of the members who have left; said again, it adds to them. */
  space(space: string, kind: SpaceKind, members: readonly string[], left: readonly string[] = []): void {
    this.call('space', { space, kind, members, left });
  }

  /** The checked event for an intent. Changes nothing yet. */
  intend(space: string, id: string, now: number, intent: Intent): Intended {
    return this.call<Intended>('intend', { space, id, now, intent });
  }

  absorb(records: readonly JournalRecord[]): Absorbed {
    return this.call<Absorbed>('absorb', { records });
  }

  /** The same, where the records are JSON already, as UTF-8: the text of an array. */
  absorbText(records: Uint8Array): Absorbed {
    return this.ask<Absorbed>([absorbing, records, closing]);
  }

  forget(space: string, id: string): void {
    this.call('forget', { space, id });
  }

  view<T>(name: string, now: number, takes: Record<string, unknown> = {}): T {
    return this.call<T>('view', { name, now, ...takes });
  }

  private call<T>(call: string, takes: Record<string, unknown>): T {
    return this.ask<T>([encoder.encode(JSON.stringify({ call, ...takes }))]);
  }

  /** `parts` follow one another to make the JSON of a call. */
  private ask<T>(parts: readonly Uint8Array[]): T {
    const { exports } = this;
    if (!exports) throw new Error('this core has been emptied');
    const size = parts.reduce((sum, part) => sum + part.length, 0);
    let at = exports.seen_input(size);
    // The memory may have grown, so its buffer is looked up after each call.
    const memory = new Uint8Array(exports.memory.buffer);
    for (const part of parts) {
      memory.set(part, at);
      at += part.length;
    }
    const place = exports.seen_call(size);
    const view = new DataView(exports.memory.buffer);
    const begin = view.getUint32(place, true);
    const length = view.getUint32(place + 4, true);
    const answer = JSON.parse(decoder.decode(new Uint8Array(exports.memory.buffer, begin, length))) as
      { ok: T } | { error: { code: number; name: string; message: string } };
    if ('error' in answer) {
      throw new CoreError(answer.error.code, answer.error.name, answer.error.message);
    }
    return answer.ok;
  }
}

async function moduleFrom(response: Response): Promise<WebAssembly.Module> {
  if (!response.ok) throw new Error(`the core did not load: ${response.status}`);
  return WebAssembly.compile(await response.arrayBuffer());
}
