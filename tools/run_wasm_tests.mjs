#!/usr/bin/env node
/**
 * Runs a test program that was compiled for WASI, and answers with its exit code:
 *     node tools/run_wasm_tests.mjs build/wasm/core/tests/core_tests.wasm [arguments of the program]
 * or checks that a module asks for nothing at all:
 *     node tools/run_wasm_tests.mjs --no-imports build/wasm/core.wasm
 */
import { readFileSync } from 'node:fs';
import process from 'node:process';

// Node says on every run that its WASI is new; nobody here needs to hear it again.
process.removeAllListeners('warning');

async function run(path, args) {
  const { WASI } = await import('node:wasi');
  const wasi = new WASI({ version: 'preview1', args: [path, ...args], env: {}, returnOnExit: true });
  const module = await WebAssembly.compile(readFileSync(path));
  const instance = await WebAssembly.instantiate(module, wasi.getImportObject());
  return wasi.start(instance);
}

function checkImports(path) {
  const imports = WebAssembly.Module.imports(new WebAssembly.Module(readFileSync(path)));
  if (imports.length === 0) return 0;
  const names = imports.map((one) => `${one.module}.${one.name}`).join(', ');
  console.error(`${path} must not import anything, but asks for: ${names}`);
  console.error('Take out what needs it, or define it in wasm/src/freestanding.cpp if it can only fail.');
  return 1;
}

const [first, ...rest] = process.argv.slice(2);
if (!first || (first === '--no-imports' && rest.length !== 1)) {
  console.error('usage: run_wasm_tests.mjs MODULE [ARGUMENT…] | --no-imports MODULE');
  process.exit(2);
}
process.exit(first === '--no-imports' ? checkImports(rest[0]) : await run(first, rest));
