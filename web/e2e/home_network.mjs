/**
 * @file A home network that exists only while the test runs: two network namespaces joined by one cable (veth), the server
 * in one and the phones in the other. Where the machine permits no namespaces, another loopback address stands in.
 */
import { execFileSync } from 'node:child_process';

const run = (...command) => execFileSync(command[0], command.slice(1), { stdio: 'pipe' }).toString();

/** Both ends of the cable. `prefix` goes before a command to run it there. */
export function openHomeNetwork() {
  const name = `seen${process.pid}`;
  const [house, phones] = [`${name}h`, `${name}p`];
  const close = () => {
    for (const one of [house, phones]) {
      try {
        run('ip', 'netns', 'del', one);
      } catch {
        // It had not been made.
      }
    }
  };
  try {
    for (const one of [house, phones]) {
      run('ip', 'netns', 'add', one);
      run('ip', '-n', one, 'link', 'set', 'lo', 'up');
    }
    run(
      'ip',
      '-n',
      house,
      'link',
      'add',
      'cableh',
      'type',
      'veth',
      'peer',
      'name',
      'cablep',
      'netns',
      phones,
    );
    for (const [one, cable, address] of [
      [house, 'cableh', '192.168.77.1/24'],
      [phones, 'cablep', '192.168.77.2/24'],
    ]) {
      run('ip', '-n', one, 'addr', 'add', address, 'dev', cable);
      run('ip', '-n', one, 'link', 'set', cable, 'up');
    }
    const inside = (one) => ['ip', 'netns', 'exec', one];
    return { real: true, address: '192.168.77.1', house: inside(house), phones: inside(phones), close };
  } catch (why) {
    close();
    const said = String(why.stderr ?? why.message).trim();
    return { real: false, why: said, address: '127.0.0.77', house: [], phones: [], close: () => undefined };
  }
}
