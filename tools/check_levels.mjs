#!/usr/bin/env node
/**
 * Checks the written directions between the parts of the C++ side (levels.json) against what the
 * compiler really read: the dependencies that ninja keeps of every object.
 *     node tools/check_levels.mjs build/dev                    after a build
 *     node tools/check_levels.mjs build/dev --archive build/dev/server/libseen_server.a
 *         also: the archive of the server neither defines nor asks for a symbol of the core
 *     node tools/check_levels.mjs --self-test                  plants faults and finds them
 * Silence is no proof: no dependencies, no objects of a part that has sources, or an archive that
 * nm cannot read are failures.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const root = realpathSync(join(dirname(fileURLToPath(import.meta.url)), '..'));
const table = JSON.parse(readFileSync(join(root, 'tools/levels.json'), 'utf8'));

/** The part that a file of the tree belongs to: the longest path wins. */
function partOf(file, parts) {
  let found = null;
  let length = -1;
  for (const [name, part] of Object.entries(parts)) {
    for (const path of part.paths) {
      if ((file === path || file.startsWith(`${path}/`)) && path.length > length) {
        found = name;
        length = path.length;
      }
    }
  }
  return found;
}

/** `ninja -t deps` as a map from each source of the tree to the files of the tree that it read. */
function readDeps(text, buildFolder) {
  const sources = new Map();
  for (const block of text.split(/\n\s*\n/)) {
    const lines = block.split('\n').filter((line) => line.startsWith('    '));
    const files = lines
      .map((line) => relative(root, resolve(buildFolder, line.trim())))
      .filter((file) => !file.startsWith('..') && !file.startsWith('build/'));
    if (files.length > 0) sources.set(files[0], files.slice(1));
  }
  return sources;
}

/** Every pair of parts that is not in the table, with the files that make it. */
function findWrongPairs(sources, parts) {
  const wrong = new Map();
  for (const [source, files] of sources) {
    const from = partOf(source, parts);
    if (from === null) continue;
    for (const file of files) {
      const to = partOf(file, parts);
      if (to === null || to === from || parts[from].may.includes(to)) continue;
      wrong.set(`${from} → ${to}`, `${source} reads ${file}`);
    }
  }
  return wrong;
}

/** What stands in the tree's own #include lines, which deps cannot tell apart from what headers read. */
function findForbiddenHeaders(files, readText, headers) {
  const patterns = headers.forbidden.map(
    (name) => new RegExp(`^${name.replace(/[.]/g, '\\.').replace(/\*/g, '.*')}$`),
  );
  const found = [];
  for (const file of files) {
    if (!headers.folders.some((folder) => file === folder || file.startsWith(`${folder}/`))) continue;
    for (const [, header] of readText(file).matchAll(/^\s*#\s*include\s*[<"]([^>"]+)[>"]/gm)) {
      if (patterns.some((pattern) => pattern.test(header))) found.push(`${file} includes <${header}>`);
    }
  }
  return found;
}

/** A loop in the table itself, as a list of parts, or null. */
function findLoop(parts) {
  const state = new Map();
  const visit = (name, path) => {
    if (state.get(name) === 'done') return null;
    if (path.includes(name)) return [...path.slice(path.indexOf(name)), name];
    for (const next of parts[name]?.may ?? []) {
      const loop = visit(next, [...path, name]);
      if (loop) return loop;
    }
    state.set(name, 'done');
    return null;
  };
  for (const name of Object.keys(parts)) {
    const loop = visit(name, []);
    if (loop) return loop;
  }
  return null;
}

/** Symbols of the core in a listing of nm, by their mangled namespace. */
function findCoreSymbols(listing) {
  return listing.split('\n').filter((line) => /N4seen4core/.test(line));
}

function walk(folder) {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: true })
    .map((name) => `${folder}/${name}`)
    .filter((file) => /\.(cpp|hpp)$/.test(file) && statSync(join(root, file)).isFile());
}

/** All complaints about a build folder, each with what to do. */
function checkBuild(buildFolder, depsText, parts, headers) {
  const complaints = [];
  const loop = findLoop(parts);
  if (loop) complaints.push(`The table has a loop: ${loop.join(' → ')}. Take one direction out of tools/levels.json.`);
  const sources = readDeps(depsText, buildFolder);
  if (sources.size === 0) {
    complaints.push(`ninja knows no dependencies in ${buildFolder}. Build it first: nothing is proved by an empty folder.`);
  }
  if (sources.size > 0 && ![...sources.keys()].some((file) => file.startsWith('core/src/'))) {
    complaints.push(`No object of core/src was built in ${buildFolder}. Build all of it, then check again.`);
  }
  for (const [pair, example] of findWrongPairs(sources, parts)) {
    complaints.push(
      `${pair} is not allowed: ${example}.\n  Move what is needed to a part that both may use, or pass it in from above; ` +
        'a new direction belongs in tools/levels.json only after the design has changed.',
    );
  }
  const files = headers.folders.flatMap((folder) => (/\.cpp$/.test(folder) ? [folder] : walk(folder)));
  for (const found of findForbiddenHeaders(files, (file) => readFileSync(join(root, file), 'utf8'), headers)) {
    complaints.push(`${found}.\n  The core has no files, clock, threads or randomness: take it as an argument.`);
  }
  return complaints;
}

function checkArchive(archive) {
  let listing;
  try {
    listing = execFileSync('nm', [archive], { encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (error) {
    return [`nm cannot read ${archive}, so nothing is known about it: ${String(error.stderr ?? error.message).trim()}`];
  }
  if (!/ [TtWwUu] /.test(listing)) return [`nm sees no symbols in ${archive}, so nothing is known about it.`];
  return findCoreSymbols(listing)
    .slice(0, 5)
    .map((line) => `${archive} has a symbol of the core: ${line.trim()}.\n  The server has nothing to read text with: take the use out.`);
}

function ninjaDeps(buildFolder) {
  try {
    return execFileSync('ninja', ['-C', buildFolder, '-t', 'deps'], { encoding: 'utf8', maxBuffer: 1 << 30, stdio: ['ignore', 'pipe', 'ignore'] });
  } catch {
    return '';
  }
}

/** Plants each fault once; every one must be found, and nothing in a tree without faults. */
function selfTest() {
  const build = join(root, 'build/none');
  const deps = (source, ...files) => `x.o: #deps 2, deps mtime 1 (VALID)\n${[source, ...files].map((f) => `    ../../${f}\n`).join('')}\n`;
  const clean = deps('core/src/journal/a.cpp', 'core/include/seen/core/text/utf8.hpp', 'core/include/seen/core/journal/a.hpp');
  const noHeaders = { folders: [], forbidden: [] };
  const planted = {
    'a clean tree': [checkBuild(build, clean, table.parts, noHeaders), 0],
    'the server reading the core': [checkBuild(build, clean + deps('server/src/a.cpp', 'core/include/seen/core/text/utf8.hpp'), table.parts, noHeaders), 1],
    'the core reading the server': [checkBuild(build, clean + deps('core/src/text/a.cpp', 'server/include/seen/server/log.hpp'), table.parts, noHeaders), 1],
    'text reading the journal': [checkBuild(build, clean + deps('core/src/text/a.cpp', 'core/include/seen/core/journal/a.hpp'), table.parts, noHeaders), 1],
    'no dependencies': [checkBuild(build, '', table.parts, noHeaders), 1],
    'no object of the core': [checkBuild(build, deps('server/src/a.cpp', 'server/src/a.hpp'), table.parts, noHeaders), 1],
    'a loop in the table': [checkBuild(build, clean, { ...table.parts, 'core/error': { paths: [], may: ['core/journal'] } }, noHeaders), 1],
    'a clock in the core': [findForbiddenHeaders(['core/src/a.cpp'], () => '#include <chrono>\n', table.headers), 1],
    'a socket in the core': [findForbiddenHeaders(['core/src/a.cpp'], () => '  #  include <sys/socket.h>\n', table.headers), 1],
    'harmless headers in the core': [findForbiddenHeaders(['core/src/a.cpp'], () => '#include <vector>\n#include <charconv>\n', table.headers), 0],
    'an archive that is none': [checkArchive(fileURLToPath(import.meta.url)), 1],
    'an archive that is not there': [checkArchive(join(build, 'lib.a')), 1],
    'a symbol of the core': [findCoreSymbols('                 U _ZN4seen4core7trimmedESt17basic_string_view\n'), 1],
    'symbols of the server': [findCoreSymbols('0000 T _ZN4seen6server3LogE\n'), 0],
  };
  const missed = Object.entries(planted).filter(([, [found, expected]]) => found.length !== expected);
  for (const [name, [found]] of missed) console.error(`self-test: ${name}: found ${found.length}: ${found.join(' | ')}`);
  console.log(`self-test: ${Object.keys(planted).length - missed.length} of ${Object.keys(planted).length} cases as expected`);
  return missed.length === 0 ? 0 : 1;
}

function main(args) {
  if (args.length === 1 && args[0] === '--self-test') return selfTest();
  const [buildFolder, option, archive] = args;
  if (!buildFolder || buildFolder.startsWith('-') || (option && (option !== '--archive' || !archive))) {
    console.error('usage: check_levels.mjs BUILD-FOLDER [--archive ARCHIVE] | --self-test');
    return 2;
  }
  const folder = resolve(buildFolder);
  const complaints = checkBuild(folder, ninjaDeps(folder), table.parts, table.headers);
  if (archive) complaints.push(...checkArchive(archive));
  for (const complaint of complaints) console.error(complaint);
  if (complaints.length === 0) console.log('levels: every part uses only what it may');
  return complaints.length === 0 ? 0 : 1;
}

process.exitCode = main(process.argv.slice(2));
