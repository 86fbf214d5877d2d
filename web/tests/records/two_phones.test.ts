/** Two people over a server in memory. */
import { beforeEach, describe } from 'vitest';
import { twoPhones } from '../house/laws';
import { roadTo } from '../house/memory_road';
import { MemoryServer } from '../house/memory_server';

describe('two phones, over a server in memory', () => {
  let server = new MemoryServer();
  beforeEach(() => {
    server = new MemoryServer();
  });
  twoPhones(() => roadTo(server));
});
