#!/usr/bin/env node
/**
 * How long the core takes to open a journal: absorbs 1,000, 10,000 and 50,000 records in pages of
 * 500, in order and newest first, then asks for the first screen. JSON is made beforehand.
 *     node core/bench/fold_bench.mjs [build/wasm/core.wasm]
 */
import { readFileSync } from 'node:fs';
import process from 'node:process';

const PAGE = 500;
const module = new WebAssembly.Module(readFileSync(process.argv[2] ?? 'build/wasm/core.wasm'));
const encoder = new TextEncoder();
const decoder = new TextDecoder();

function open() {
  const { exports } = new WebAssembly.Instance(module, {});
  exports._initialize();
  const raw = (bytes) => {
    const input = exports.seen_input(bytes.length);
    new Uint8Array(exports.memory.buffer, input, bytes.length).set(bytes);
    const place = exports.seen_call(bytes.length);
    const view = new DataView(exports.memory.buffer);
    const [begin, length] = [view.getUint32(place, true), view.getUint32(place + 4, true)];
    const answer = JSON.parse(decoder.decode(new Uint8Array(exports.memory.buffer, begin, length)));
    if (answer.error) throw new Error(answer.error.message);
    return answer.ok;
  };
  const call = (json) => raw(encoder.encode(JSON.stringify(json)));
  call({ call: 'open', me: 'ada' });
  call({ call: 'space', space: 'room', kind: 'room', members: ['ada'] });
  call({ call: 'space', space: 'two', kind: 'shared', members: ['ada', 'ben'] });
  return { raw, call, pages: () => exports.memory.buffer.byteLength / 65536 };
}

const id = (n) => `record${String(n).padStart(16, '0')}`;
const words = 'Today I noticed that I was tired before we spoke, and that I said less than I meant. '.repeat(3);

/** One true thing from each, an answer, a note and a change of a note, over and over. */
function records(count) {
  const made = [];
  let room = 0;
  let two = 0;
  const keep = (space, author, seq, hold, event) => {
    made.push({ space, id: id(made.length), author, seq, stamp: 1e12 + seq, at: 1e12 + seq, hold, event: { v: 1, ...event } });
  };
  for (let round = 0; made.length < count; round += 1) {
    const first = made.length;
    keep('two', 'ada', ++two, `hold${round}`, { type: 'truth.given', text: words });
    keep('two', 'ben', ++two, `hold${round}`, { type: 'truth.given', text: words });
    keep('two', 'ada', ++two, null, { type: 'response.given', target: id(first + 1), kind: 'words', text: words });
    keep('room', 'ada', ++room, null, { type: 'note.kept', text: words });
    keep('room', 'ada', ++room, null, { type: 'note.changed', target: id(first + 3), text: words });
  }
  return made.slice(0, count);
}

function measure(count, order) {
  const all = records(count);
  const pages = [];
  for (let at = 0; at < all.length; at += PAGE) pages.push(all.slice(at, at + PAGE));
  if (order === 'newest first') pages.reverse();
  const bytes = pages.map((page) => encoder.encode(JSON.stringify({ call: 'absorb', records: page })));
  const core = open();
  const spent = process.cpuUsage();
  const begin = process.hrtime.bigint();
  let absorbed = 0;
  for (const page of bytes) absorbed += core.raw(page).absorbed;
  core.call({ call: 'view', name: 'today', now: 1 });
  core.call({ call: 'view', name: 'room', now: 1, before: null, limit: 50 });
  const ms = Number(process.hrtime.bigint() - begin) / 1e6;
  const used = process.cpuUsage(spent);
  const cpu = (used.user + used.system) / 1e3;
  if (absorbed !== count) throw new Error(`absorbed ${absorbed} of ${count}`);
  return { ms, cpu, rate: count / (ms / 1000), memory: core.pages() };
}

console.log('| events | order | ms | ms of processor, all threads | events/s | memory pages (64 KiB) |');
console.log('|---|---|---|---|---|---|');
for (const order of ['in order', 'newest first']) {
  for (const count of [1_000, 10_000, 50_000]) {
    const { ms, cpu, rate, memory } = measure(count, order);
    console.log(`| ${count} | ${order} | ${ms.toFixed(1)} | ${cpu.toFixed(1)} | ${Math.round(rate)} | ${memory} |`);
  }
}
