/** @file The shell that opens without a connection. A newer version waits until the person takes it. */

import { registerSW } from 'virtual:pwa-register';

/** Registers the service worker; `waiting` becomes true when a newer version has been fetched. */
export class Shell {
  waiting = $state(false);
  use: () => void = () => undefined;
}

export function keepShell(): Shell {
  const shell = new Shell();
  if (!('serviceWorker' in navigator)) return shell;
  const take = registerSW({ onNeedRefresh: () => (shell.waiting = true) });
  shell.use = () => void take(true);
  return shell;
}
