/**
 * @file A record: one event, sealed for a space. The epoch's key says "one of us two"; the tag under the author key,
 * which only the author's own devices hold, says "me" to them alone. So a partner cannot put words into my history,
 * and nobody can show a third party who wrote them.
 */
import { type Bytes, concat, enc, equal, fromBase64, fromUtf8, lp, u64, utf8 } from './bytes';
import { aeadOpen, aeadSeal, overhead } from './aead';
import { hash, keyed } from './hash';
import { isSizeClass, pad, type RecordClass } from './padding';
import { asSealed, type Sealed, type Secret, sealedBytes, wipe } from './sealed';

/** What stands outside the seal and is bound to it. Ids and hashes are base64url. */
export interface RecordHead {
  space: string;
  epoch: number;
  account: string;
  device: string;
  id: string;
  hold: string | null;
  class: RecordClass;
  prev: string | null;
}

/** The last record the author had absorbed in this space: shows a server that tells two stories. */
export interface LastSeen {
  seq: number;
  hash: string;
}

export interface RecordBody {
  event: Record<string, unknown>;
  /** ms since 1970, the author's clock. */
  at: number;
  seen: LastSeen | null;
  /** Hash of the newest entry of the author's own device list: a server that keeps a change back is found by it. */
  head: string | null;
}

export type Refusal =
  | 'not_a_member'
  | 'unknown_device'
  | 'removed_device'
  | 'stale_epoch'
  | 'cannot_open'
  | 'bad_padding'
  | 'not_mine'
  | 'bad_body'
  | 'broken_chain'
  | 'fork'
  | 'different';

export type OpenedRecord = { body: RecordBody } | { refusal: Refusal };

const tagSize = 32;

export function recordAad(head: RecordHead): Bytes {
  return enc(
    'seen/1/record',
    fromBase64(head.space),
    u64(head.epoch),
    fromBase64(head.account),
    fromBase64(head.device),
    fromBase64(head.id),
    head.hold === null ? null : fromBase64(head.hold),
    head.class,
    head.prev === null ? null : fromBase64(head.prev),
  );
}

export function recordHash(head: RecordHead, sealed: Sealed): Bytes {
  return hash('record-hash', recordAad(head), sealedBytes(sealed));
}

/** From the key of epoch 1 of one's own room; one for each space. */
export function authorKey(roomKey: Secret, space: string): Secret {
  return keyed(roomKey, 'author', fromBase64(space));
}

export function recordKey(epochKey: Secret): Secret {
  return keyed(epochKey, 'record');
}

function inOrder({ event, at, seen, head }: RecordBody): RecordBody {
  return { event, at, seen: seen && { seq: seen.seq, hash: seen.hash }, head };
}

export function sealRecord(
  head: RecordHead,
  body: RecordBody,
  keys: { epoch: Secret; author: Secret },
  nonce?: Bytes,
): Sealed {
  const aad = recordAad(head);
  const bodyBytes = utf8(JSON.stringify(inOrder(body)));
  const tag = keyed(keys.author, 'tag', aad, bodyBytes);
  const plain = pad(concat([tag, lp(bodyBytes)]), head.class);
  const key = recordKey(keys.epoch);
  const sealed = asSealed(aeadSeal(key, aad, plain, nonce));
  wipe(key, plain, bodyBytes, tag);
  return sealed;
}

/** The body's bytes between tag and zeros; null when the length lies, or something stands where zeros belong. */
function unpad(plain: Bytes): Bytes | null {
  const length = new DataView(plain.buffer, plain.byteOffset).getUint32(tagSize);
  const end = tagSize + 4 + length;
  if (end > plain.length) return null;
  return plain.subarray(end).every((byte) => byte === 0) ? plain.subarray(tagSize + 4, end) : null;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isHash(text: unknown): text is string {
  return typeof text === 'string' && fromBase64(text).length === 32;
}

/** Undefined when it is neither absent nor a place. */
function readSeen(seen: unknown): LastSeen | null | undefined {
  if (seen === null || seen === undefined) return null;
  if (!isObject(seen)) return undefined;
  const { seq, hash: named } = seen;
  const whole = typeof seq === 'number' && Number.isSafeInteger(seq) && seq >= 0;
  return whole && isHash(named) ? { seq, hash: named } : undefined;
}

function readHead(head: unknown): string | null | undefined {
  if (head === null || head === undefined) return null;
  return isHash(head) ? head : undefined;
}

function readBody(bytes: Bytes): RecordBody | null {
  try {
    const body: unknown = JSON.parse(fromUtf8(bytes));
    if (!isObject(body) || !isObject(body['event'])) return null;
    const { event, at } = body;
    const seen = readSeen(body['seen']);
    const head = readHead(body['head']);
    if (!Number.isSafeInteger(at) || seen === undefined || head === undefined) return null;
    return { event: event as RecordBody['event'], at: Number(at), seen, head };
  } catch {
    return null;
  }
}

/** `author` is the author key when the record claims to be mine, null when it claims to be another's. */
export function openRecord(
  head: RecordHead,
  sealed: Sealed,
  keys: { epoch: Secret; author: Secret | null },
): OpenedRecord {
  const aad = recordAad(head);
  const bytes = sealedBytes(sealed);
  const key = recordKey(keys.epoch);
  const plain = aeadOpen(key, aad, bytes);
  wipe(key);
  if (!plain) return { refusal: 'cannot_open' };
  const padded = isSizeClass(bytes.length - overhead, head.class);
  const bodyBytes = padded ? unpad(plain) : null;
  if (!bodyBytes) return { refusal: 'bad_padding' };
  if (keys.author) {
    const tag = keyed(keys.author, 'tag', aad, bodyBytes);
    if (!equal(tag, plain.subarray(0, tagSize))) return { refusal: 'not_mine' };
  }
  const body = readBody(bodyBytes);
  wipe(plain);
  return body ? { body } : { refusal: 'bad_body' };
}
