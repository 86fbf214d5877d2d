/** @file Every failure below becomes one of the codes that the screens have a sentence for. */
import { CoreError } from '../core/core';
import { StoreError } from '../store/errors';
import { AccountUnknown, ServerError, Unreachable } from '../sync/errors';
import { PhraseError } from '../vault/phrase';
import { SeenError, type SeenErrorCode } from './contract';

const coreCodes: Record<number, SeenErrorCode> = {
  201: 'text_too_long',
  202: 'text_empty',
  203: 'name_too_long',
  303: 'not_found',
  308: 'not_found',
};

const serverCodes: Record<string, SeenErrorCode> = {
  slow_down: 'slow_down',
  not_kept: 'not_kept',
  quota: 'not_kept',
  not_found: 'not_found',
};

function codeOf(error: unknown): SeenErrorCode {
  if (error instanceof SeenError) return error.code;
  if (error instanceof Unreachable) return 'offline';
  if (error instanceof AccountUnknown) return 'account_unknown';
  if (error instanceof ServerError) return serverCodes[error.code] ?? 'unexpected';
  if (error instanceof CoreError) return coreCodes[error.code] ?? 'unexpected';
  if (error instanceof StoreError) return error.fault;
  if (error instanceof PhraseError) return error.fault === 'wrong' ? 'phrase_wrong' : 'phrase_unknown_word';
  return 'unexpected';
}

export function toSeenError(error: unknown): SeenError {
  if (error instanceof SeenError) return error;
  const told = new SeenError(codeOf(error), error instanceof Error ? error.message : String(error));
  if (error instanceof Error && error.stack) told.stack = error.stack;
  return told;
}
