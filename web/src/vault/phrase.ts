/** @file Twelve words of BIP39 English for 128 random bits, and the four words that two people compare. */
import { entropyToMnemonic, mnemonicToEntropy } from '@scure/bip39';
import { wordlist } from '@scure/bip39/wordlists/english.js';
import { type Bytes, random } from './bytes';
import { asSecret, type Secret } from './sealed';

export type PhraseFault = 'unknown_word' | 'wrong';

export class PhraseError extends Error {
  constructor(readonly fault: PhraseFault) {
    super(fault);
    this.name = 'PhraseError';
  }
}

const known = new Set(wordlist);

export function newEntropy(): Secret {
  return asSecret(random(16));
}

export function wordsOf(entropy: Secret): string[] {
  return entropyToMnemonic(entropy, wordlist).split(' ');
}

/** Capitals and spaces around a word do not matter. */
export function entropyOf(words: readonly string[]): Secret {
  const clean = words.map((word) => word.trim().toLowerCase()).filter((word) => word !== '');
  if (clean.some((word) => !known.has(word))) throw new PhraseError('unknown_word');
  if (clean.length !== 12) throw new PhraseError('wrong');
  try {
    return asSecret(mnemonicToEntropy(clean.join(' '), wordlist));
  } catch {
    throw new PhraseError('wrong');
  }
}

export type FourWords = [string, string, string, string];

/** The first 44 bits, 11 for each word. */
export function fourWords(transcript: Bytes): FourWords {
  const word = (place: number): string => {
    let index = 0;
    for (let bit = place * 11; bit < place * 11 + 11; bit++) {
      index = (index << 1) | (((transcript[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1);
    }
    return wordlist[index] ?? '';
  };
  return [word(0), word(1), word(2), word(3)];
}
