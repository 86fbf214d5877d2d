/** @file The time that screens speak of. It is the device's own, moved only by the demo's clock bar. */

class Clock {
  offset = $state(0);

  now(): number {
    return Date.now() + this.offset;
  }
}

export const clock = new Clock();
