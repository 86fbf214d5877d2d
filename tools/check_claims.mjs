/**
 * @file Every "no" in SECURITY.md's table points to a law, and every law that it names is a test that exists.
 * `--self-test` plants a claim without a law and a law without a test, and expects both to be found.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const kept = ['core', 'server', 'vault', 'web/tests', 'web/src', 'web/e2e', 'cli'];

function sources(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.name === 'node_modules') return [];
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sources(path);
    return /(_test\.cpp|\.test\.ts|\.test\.mjs|laws\.ts)$/.test(entry.name) ? [path] : [];
  });
}

/** Only what tests contain, so that a name in a comment elsewhere proves nothing. */
function allTests() {
  return kept
    .flatMap((folder) => {
      try {
        return sources(folder);
      } catch {
        return [];
      }
    })
    .map((path) => readFileSync(path, 'utf8'))
    .join('\n');
}

function faults(text, tests) {
  const wrong = [];
  const rows = text.split('\n').filter((line) => line.startsWith('| '));
  const notes = new Map(rows.map((row) => /^\| (\d+) \| (.+) \|$/.exec(row)).filter(Boolean).map(([, n, laws]) => [n, laws]));
  const claims = rows.filter((row) => row.split('|').length === 8).slice(1);
  if (claims.length < 8) wrong.push('the table of claims was not found');
  for (const row of claims) {
    const [, claim, ...cells] = row.split('|').map((cell) => cell.trim());
    for (const cell of cells.slice(0, 5)) {
      if (!/^no\b/.test(cell)) continue;
      const numbers = [...cell.matchAll(/\[(\d+)\]/g)].map(([, n]) => n);
      if (numbers.length === 0) wrong.push(`"${claim}": a "no" names no law`);
      for (const n of numbers) if (!notes.has(n)) wrong.push(`"${claim}": there is no law ${n}`);
    }
  }
  for (const [n, laws] of notes) {
    const named = [...laws.matchAll(/`([^`]+)`/g)].map(([, law]) => law);
    if (named.length === 0) wrong.push(`law ${n} names no test`);
    for (const law of named) if (!tests.includes(law)) wrong.push(`law ${n}: no test says "${law}"`);
  }
  return wrong;
}

const text = readFileSync('SECURITY.md', 'utf8');
const tests = allTests();
const wrong = faults(text, tests);
if (process.argv.includes('--self-test')) {
  const bare = text.replace(/no \[\d+\]/, 'no');
  const invented = text.replace(/^(\| 1 \| )`[^`]+`/m, '$1`a_law_that_no_test_says`');
  const found = [bare, invented].every((planted) => planted !== text && faults(planted, tests).length > wrong.length);
  if (!found) wrong.push('the check did not find what was planted for it');
}
for (const line of wrong) console.error(line);
console.log(`SECURITY.md: ${wrong.length} wrong`);
process.exit(wrong.length === 0 ? 0 : 1);
