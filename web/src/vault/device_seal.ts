/**
 * @file What rests on this device is sealed by AES-GCM under the device's data key (lock.ts), which no script can read
 * while the app is open and which is gone from memory while it is locked.
 */
import { type Bytes, concat, fromUtf8, random, utf8 } from './bytes';
import { asSealed, type Sealed, type SealedBytes, sealedBytes } from './sealed';

const nonceSize = 12;

export class DeviceSeal {
  /** Without a key it is closed: it seals and opens nothing. */
  constructor(private key: CryptoKey | null) {}

  /** A new key that can be stored by the browser but not read by any script. */
  static makeKey(): Promise<CryptoKey> {
    return crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
  }

  /** Whoever still holds this one has nothing any more. */
  close(): void {
    this.key = null;
  }

  /** `place` is bound to the seal: what was wrapped for one place does not open at another. */
  async seal(place: string, plain: Bytes): Promise<Sealed> {
    return asSealed(await this.sealRaw(place, plain));
  }

  async open(place: string, sealed: Sealed): Promise<Bytes> {
    return this.openRaw(place, sealedBytes(sealed) as SealedBytes);
  }

  /** nonce(12) ‖ ciphertext ‖ tag(16), for what is too long to be written as text. */
  async sealRaw(place: string, plain: Bytes): Promise<SealedBytes> {
    const iv = random(nonceSize);
    const box = await crypto.subtle.encrypt(parameters(place, iv), this.opened(), buffer(plain));
    return concat([iv, new Uint8Array(box)]) as SealedBytes;
  }

  /** Rejects when a single bit differs, or the place. */
  async openRaw(place: string, sealed: SealedBytes): Promise<Bytes> {
    const iv = sealed.subarray(0, nonceSize);
    const box = buffer(sealed.subarray(nonceSize));
    return new Uint8Array(await crypto.subtle.decrypt(parameters(place, iv), this.opened(), box));
  }

  async sealJson(place: string, value: unknown): Promise<Sealed> {
    return this.seal(place, utf8(JSON.stringify(value)));
  }

  async openJson<T>(place: string, sealed: Sealed): Promise<T> {
    return JSON.parse(fromUtf8(await this.open(place, sealed))) as T;
  }

  private opened(): CryptoKey {
    if (!this.key) throw new Error('this device is locked');
    return this.key;
  }
}

function parameters(place: string, iv: Bytes): AesGcmParams {
  return {
    name: 'AES-GCM',
    iv: buffer(iv),
    additionalData: buffer(utf8(`seen/1/at-rest/${place}`)),
  };
}

/** WebCrypto's types want bytes over an ArrayBuffer of their own. */
function buffer(bytes: Bytes): Uint8Array<ArrayBuffer> {
  return bytes.buffer instanceof ArrayBuffer ? (bytes as Uint8Array<ArrayBuffer>) : new Uint8Array(bytes);
}
