/** @file Every path and every link that a document names must exist, and every dependency must have its line. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

const documents = [
  ...readdirSync('.').filter((name) => name.endsWith('.md')),
  ...['docs', 'spec', 'wasm'].flatMap((folder) => readdirSync(folder).filter((n) => n.endsWith('.md')).map((n) => join(folder, n))),
];
const wrong = [];

/** A path as documents write it: `tools/check_docs.mjs`, `web/src/ui/`; made by a build or by running: not checked. */
function namesAPath(words) {
  return /^(core|wasm|server|cli|web|content|spec|tools|docs)\/[\w./-]+$/.test(words) && !/node_modules|^web\/dist/.test(words);
}

for (const document of documents) {
  const text = readFileSync(document, 'utf8');
  for (const [, words] of text.matchAll(/`([^`\n]+)`/g)) {
    if (namesAPath(words) && !existsSync(words)) wrong.push(`${document} names ${words}, which is not there`);
  }
  for (const [, target] of text.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)) {
    if (!/^[a-z]+:/.test(target) && !existsSync(join(dirname(document), target))) wrong.push(`${document} links to ${target}, which is not there`);
  }
}

const listed = readFileSync('docs/dependencies.md', 'utf8');
const { dependencies = {}, devDependencies = {} } = JSON.parse(readFileSync('web/package.json', 'utf8'));
for (const name of Object.keys({ ...dependencies, ...devDependencies })) {
  const short = name.replace(/^@(types|noble|sveltejs|eslint|fontsource-variable)\//, '');
  if (!name.startsWith('@types/') && !listed.includes(short.replace(/^vite-plugin-svelte$/, 'svelte').replace(/^js$/, 'eslint'))) {
    wrong.push(`docs/dependencies.md has no line for ${name}`);
  }
}

if (documents.length < 6) wrong.push('too few documents were found: is this the root of the project?');
for (const line of wrong) console.error(line);
console.log(`${documents.length} documents read, ${wrong.length} wrong`);
process.exit(wrong.length === 0 ? 0 : 1);
