/** @file What a person types or scans to open an invitation: a link, its secret, or a typed code. */
import { ServerError } from '../sync/errors';
import type { Server } from '../sync/server';
import {
  lookupOfCode,
  newCode,
  openWithCode,
  readCode,
  sealInCode,
  type TypedCode,
  writeCode,
} from '../vault/code';
import { secretFromLink } from '../vault/invitation';
import type { Sealed, Secret } from '../vault/sealed';
import { SeenError } from './contract';

/** The typed code of an invitation, as it is shown and as the server keeps it. */
export interface CodeBox {
  shown: string;
  lookup: string;
  sealed: Sealed;
}

/** Takes a moment: the key of a code is slow to make on purpose. */
export function codeFor(secret: Secret, origin: string): CodeBox {
  const code = newCode();
  return { shown: writeCode(code), lookup: lookupOfCode(code), sealed: sealInCode(code, origin, secret) };
}

/** A secret of 16 bytes has 22 letters; a link has a `#` or a `/`. */
function isLink(typed: string): boolean {
  return typed.includes('#') || typed.includes('/') || /^[A-Za-z0-9_-]{22}$/.test(typed);
}

/** The invitation's secret. A mistyped code is found before anything is sent. */
export async function secretOf(typed: string, word: 'join' | 'device', server: Server): Promise<Secret> {
  const text = typed.trim();
  const linked = secretFromLink(text, word);
  if (linked) return linked;
  if (isLink(text)) throw new SeenError('not_found', 'no such link');
  const code = readCode(text);
  if (typeof code === 'string') throw new SeenError('code_wrong', code);
  return behindCode(code, server);
}

async function behindCode(code: TypedCode, server: Server): Promise<Secret> {
  const { sealed } = await askCode(code, server);
  const secret = openWithCode(code, server.origin, sealed);
  if (!secret) throw new SeenError('code_wrong', 'it opens nothing');
  return secret;
}

async function askCode(code: TypedCode, server: Server): Promise<{ sealed: Sealed }> {
  try {
    return await server.ask('POST', `/codes/${lookupOfCode(code)}`, {});
  } catch (error) {
    if (error instanceof ServerError && error.status === 404)
      throw new SeenError('code_wrong', 'no such code');
    throw error;
  }
}
