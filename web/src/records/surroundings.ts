/** @file What the records are given by whoever opens them: the worker, or a test. */
import type { Core } from '../core/core';
import { databaseName } from '../store/store';
import type { Locks } from '../sync/locks';
import type { Fetch, Server } from '../sync/server';
import type { About } from '../sync/wire';
import type { Connect } from './live';
import type { LockTime } from './lock';

/** The part of BroadcastChannel that is used. */
export interface Channel {
  postMessage(note: unknown): void;
  close(): void;
  onmessage: ((event: { data: unknown }) => void) | null;
}

export interface Surroundings {
  /** Which phone of a demo; ignored by a server that is none. */
  profile: string;
  /** ms to add to the clock, in a demo only. */
  clock: number | null;
  origin: string;
  fetch: Fetch;
  connect: Connect;
  locks: Locks;
  lockTime: LockTime;
  /** How many records lie in one page at rest. */
  pageSize: number;
  loadCore(): Promise<Core>;
  openChannel(name: string): Channel;
}

export async function askAbout(server: Server): Promise<About | null> {
  try {
    return await server.ask<About>('GET', '/about');
  } catch {
    return null;
  }
}

/** Only a demo has several phones in one browser; without a connection, one that was there before. */
export async function allowedProfile(profile: string, about: About | null): Promise<string> {
  if (about) return about.demo ? profile : '';
  const kept = typeof indexedDB === 'undefined' ? [] : await indexedDB.databases();
  return kept.some(({ name }) => name === databaseName(profile)) ? profile : '';
}
