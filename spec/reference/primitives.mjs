/**
 * The primitives of envelope.md §1 for the vectors: over the noble libraries and Node's own crypto, which share no
 * code with the libsodium that the app uses. Found in web/node_modules.
 */
import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';

const require = createRequire(new URL('../../web/package.json', import.meta.url));
const { blake2b } = require('@noble/hashes/blake2.js');
const { xchacha20poly1305 } = require('@noble/ciphers/chacha.js');
const { xsalsa20poly1305, hsalsa } = require('@noble/ciphers/salsa.js');
const { ed25519, x25519 } = require('@noble/curves/ed25519.js');
const { wordlist } = require('@scure/bip39/wordlists/english.js');

export const bytesOf = (field) => {
  if (field === null) return Buffer.alloc(0);
  return typeof field === 'string' ? Buffer.from(field, 'utf8') : Buffer.from(field);
};

export const b64 = (bytes) => Buffer.from(bytes).toString('base64url');

export const lp = (bytes) => {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
};

export const enc = (...fields) => Buffer.concat(fields.map((field) => lp(bytesOf(field))));

export const u64 = (n) => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(n));
  return bytes;
};

const labelled = (label, parts) => enc(`seen/1/${label}`, ...parts);

export const H = (label, ...parts) => Buffer.from(blake2b(labelled(label, parts), { dkLen: 32 }));
export const H16 = (label, ...parts) => Buffer.from(blake2b(labelled(label, parts), { dkLen: 16 }));
export const K = (key, label, ...parts) =>
  Buffer.from(blake2b(labelled(label, parts), { key, dkLen: 32 }));
export const K16 = (key, label, ...parts) =>
  Buffer.from(blake2b(labelled(label, parts), { key, dkLen: 16 }));

/** `size` bytes that follow from a name: the vectors are the same in every run. */
export const fixed = (name, size) =>
  Buffer.from(createHash('shake256', { outputLength: size }).update(`seen vectors: ${name}`).digest());

export const aeadSeal = (key, nonce, aad, plain) =>
  Buffer.concat([nonce, xchacha20poly1305(key, nonce, aad).encrypt(plain)]);

export const signPair = (seed) => ({ seed, public: Buffer.from(ed25519.getPublicKey(seed)) });
export const sign = (pair, message) => Buffer.from(ed25519.sign(message, pair.seed));

/** libsodium makes the X25519 secret from a seed as the first half of its SHA-512. */
export const boxPair = (seed) => {
  const secret = createHash('sha512').update(seed).digest().subarray(0, 32);
  return { secret, public: Buffer.from(x25519.getPublicKey(secret)) };
};

const littleWords = (bytes) => new Uint32Array(new Uint8Array(bytes).buffer);

/** crypto_box_seal with a given ephemeral key: ephemeral public ‖ crypto_box(nonce = BLAKE2b-192(both publics)). */
export const sealToBox = (message, to, ephemeralSecret) => {
  const ephemeral = Buffer.from(x25519.getPublicKey(ephemeralSecret));
  const nonce = blake2b(Buffer.concat([ephemeral, to]), { dkLen: 24 });
  const key = new Uint32Array(8);
  const sigma = littleWords(Buffer.from('expand 32-byte k'));
  hsalsa(sigma, littleWords(x25519.getSharedSecret(ephemeralSecret, to)), new Uint32Array(4), key);
  const boxed = xsalsa20poly1305(new Uint8Array(key.buffer), nonce).encrypt(bytesOf(message));
  return Buffer.concat([ephemeral, boxed]);
};

const bits = (bytes) => [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');

const wordsOfBits = (text, count) =>
  Array.from({ length: count }, (_, at) => wordlist[parseInt(text.slice(at * 11, at * 11 + 11), 2)]);

/** BIP39: 128 bits and the first 4 bits of their SHA-256. */
export const phraseOf = (entropy) => {
  const checksum = bits(createHash('sha256').update(entropy).digest()).slice(0, 4);
  return wordsOfBits(bits(entropy) + checksum, 12);
};

export const fourWords = (transcript) => wordsOfBits(bits(transcript), 4);
