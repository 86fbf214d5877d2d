/**
 * @file What rests on this device is wrapped by an AES-GCM key that the browser keeps and never hands out. It keeps
 * the person beside you out, not a laboratory.
 */
import { type Bytes, concat, fromUtf8, random, utf8 } from './bytes';
import { asSealed, type Sealed, sealedBytes } from './sealed';

const nonceSize = 12;

export class DeviceSeal {
  constructor(private readonly key: CryptoKey) {}

  /** A new key that can be stored by the browser but not read by any script. */
  static makeKey(): Promise<CryptoKey> {
    return crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
  }

  /** `place` is bound to the seal: what was wrapped for one place does not open at another. */
  async seal(place: string, plain: Bytes): Promise<Sealed> {
    const iv = random(nonceSize);
    const box = await crypto.subtle.encrypt(this.parameters(place, iv), this.key, buffer(plain));
    return asSealed(concat([iv, new Uint8Array(box)]));
  }

  async open(place: string, sealed: Sealed): Promise<Bytes> {
    const bytes = sealedBytes(sealed);
    const parameters = this.parameters(place, bytes.slice(0, nonceSize));
    const plain = await crypto.subtle.decrypt(parameters, this.key, buffer(bytes.slice(nonceSize)));
    return new Uint8Array(plain);
  }

  async sealJson(place: string, value: unknown): Promise<Sealed> {
    return this.seal(place, utf8(JSON.stringify(value)));
  }

  async openJson<T>(place: string, sealed: Sealed): Promise<T> {
    return JSON.parse(fromUtf8(await this.open(place, sealed))) as T;
  }

  private parameters(place: string, iv: Bytes): AesGcmParams {
    return {
      name: 'AES-GCM',
      iv: buffer(iv),
      additionalData: buffer(utf8(`seen/1/at-rest/${place}`)),
    };
  }
}

/** WebCrypto's types want bytes over an ArrayBuffer of their own. */
function buffer(bytes: Bytes): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes);
}
