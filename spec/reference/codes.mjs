/** codes.json: typed codes that are read, and mistyped ones that are refused by name (envelope.md §7). */
import { createRequire } from 'node:module';
import { origin } from './people.mjs';
import { aeadSeal, b64, enc, fixed, H16 } from './primitives.mjs';

const require = createRequire(new URL('../../web/package.json', import.meta.url));
const { argon2id } = require('@noble/hashes/argon2.js');

const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

const checkOf = (characters) => {
  const sum = [...characters].reduce((all, letter, at) => all + (at + 1) * letters.indexOf(letter), 0);
  return letters[sum % 31];
};

const grouped = (code) => code.match(/.{6}/g).join(' ');

const codeOf = (name, characters, from, typed) => {
  const code = characters + checkOf(characters);
  const [find, secret] = [characters.slice(0, 5), characters.slice(5)];
  const invitation = fixed(`invitation of ${name}`, 16);
  const [lookup, salt, nonce] = [H16('code-lookup', find), H16('code-salt', find, from), fixed(`nonce of ${name}`, 24)];
  const key = argon2id(secret, salt, { t: 3, m: 64 * 1024, p: 1, dkLen: 32 });
  return {
    name, code, shown: grouped(code), find, secret, origin: from, typed: [code, grouped(code), ...typed(code)],
    lookup: b64(lookup), salt: b64(salt), key: b64(key), nonce: b64(nonce), invitation: b64(invitation),
    sealed: b64(aeadSeal(key, nonce, enc('seen/1/invite-code', lookup), invitation)),
  };
};

const grouping = (code) => [code.toLowerCase(), code.match(/.{6}/g).join('-'), `  ${grouped(code)} `, [...code].join(' ')];
const looking = (code) => [code.replaceAll('1', 'l').replaceAll('0', 'O'), code.replaceAll('1', 'I').replaceAll('0', 'o')];

const good = () => [
  codeOf('plain', '7XK2M9QPTW4HVNDRS', origin, grouping),
  codeOf('ones and zeros', '01010A1B0C1D0E1F0', origin, (code) => [...grouping(code), ...looking(code)]),
  codeOf('the smallest', '00000000000000000', origin, looking),
  codeOf('the largest', 'ZZZZZZZZZZZZZZZZZ', 'http://192.168.1.7:8080', grouping),
];

const mistyped = () => {
  const code = `7XK2M9QPTW4HVNDRS${checkOf('7XK2M9QPTW4HVNDRS')}`;
  const put = (at, letter) => code.slice(0, at) + letter + code.slice(at + 1);
  const wrong = letters[(letters.indexOf(code[17]) + 1) % 31];
  return [
    ['nothing', '', 'code_length'],
    ['spaces alone', ' - - ', 'code_length'],
    ['one too few', code.slice(0, 17), 'code_length'],
    ['one too many', `${code}0`, 'code_length'],
    ['a letter that there is not', put(3, 'U'), 'code_character'],
    ['a full stop', put(3, '.'), 'code_character'],
    ['a letter with a mark', put(3, 'Ä'), 'code_character'],
    ['a digit of another script', put(3, '٣'), 'code_character'],
    ['a line break', `${code.slice(0, 6)}\n${code.slice(6)}`, 'code_character'],
    ['one other character', put(3, '5'), 'code_check'],
    ['two neighbours exchanged', code.slice(0, 4) + code[5] + code[4] + code.slice(6), 'code_check'],
    ['two far apart exchanged', code[8] + code.slice(1, 8) + code[0] + code.slice(9), 'code_check'],
    ['the last one wrong', code.slice(0, 17) + wrong, 'code_check'],
    ['a last one that never comes', `${code.slice(0, 17)}Z`, 'code_check'],
  ].map(([name, typed, fault]) => ({ name, typed, fault }));
};

export const codes = () => ({ good: good(), mistyped: mistyped() });
