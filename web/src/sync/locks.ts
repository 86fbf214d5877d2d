/** @file One at a time, across tabs: the browser's Web Locks, or a queue where there is only one place. */

export interface Locks {
  hold<T>(name: string, work: () => Promise<T>): Promise<T>;
}

export class TabLocks implements Locks {
  hold<T>(name: string, work: () => Promise<T>): Promise<T> {
    return navigator.locks.request(name, work) as Promise<T>;
  }
}

/** For one process, and for browsers that give Web Locks to secure pages only. */
export class QueueLocks implements Locks {
  private readonly last = new Map<string, Promise<unknown>>();

  hold<T>(name: string, work: () => Promise<T>): Promise<T> {
    const before = this.last.get(name) ?? Promise.resolve();
    const mine = before.then(work, work);
    this.last.set(
      name,
      mine.catch(() => undefined),
    );
    return mine;
  }
}
