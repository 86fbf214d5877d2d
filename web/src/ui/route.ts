/**
 * @file Where one is, kept in the fragment of the address so that it never reaches the server: `#/open/3`.
 * An invitation comes as `#join=<secret>`, one for a further device as `#device=<secret>`; whoever reads it takes it
 * out of the address at once.
 */

export const places = [
  'welcome',
  'begin',
  'restore',
  'invited',
  'join',
  'words',
  'check',
  'today',
  'invite',
  'write',
  'see',
  'sealed',
  'mine',
  'open',
  'answer',
  'between',
  'room',
  'note',
  'line',
  'guide',
  'name',
  'light',
  'privacy',
  'operator',
  'devices',
  'device',
  'remove',
  'agreement',
  'leave',
  'delete',
  'lock',
] as const;
export type Place = (typeof places)[number];

export interface Route {
  place: Place;
  /** What follows the place: a counter, a note's id. */
  of: string | null;
}

/** The route that a fragment names. An unknown one is home: the welcome or today, which the app decides. */
export function parseRoute(fragment: string): Route {
  const [place = '', of = ''] = fragment.replace(/^#\/?/, '').split('/');
  const known = places.find((name) => name === place);
  return known
    ? { place: known, of: of === '' ? null : decodeURIComponent(of) }
    : { place: 'today', of: null };
}

export interface Invitation {
  /** The secret of a link, or a typed code. */
  secret: string;
  kind: 'person' | 'device';
}

/** The invitation in a fragment, or null. */
export function invitationIn(fragment: string): Invitation | null {
  const found = /^#(join|device)=([A-Za-z0-9_-]+)$/.exec(fragment);
  return found?.[2] ? { secret: found[2], kind: found[1] === 'device' ? 'device' : 'person' } : null;
}

const beforeBeginning: readonly Place[] = [
  'welcome',
  'begin',
  'restore',
  'invited',
  'join',
  'privacy',
  'operator',
];

/** Nobody lives here yet: only the ways in. Somebody does: no way in again, except an invitation. */
export function admitted(route: Route, stage: 'none' | 'locked' | 'ready'): Route {
  // A locked phone shows its lock whatever the address; opened, it goes on where it was.
  if (stage === 'locked') return route;
  const allowed =
    stage === 'none'
      ? beforeBeginning.includes(route.place)
      : !['welcome', 'begin', 'restore'].includes(route.place);
  if (allowed) return route;
  // Who has begun is shown the twelve words first.
  const home = route.place === 'begin' ? 'words' : 'today';
  return { place: stage === 'none' ? 'welcome' : home, of: null };
}

export function go(path: string, how: 'push' | 'replace' = 'push'): void {
  if (how === 'push') location.hash = path;
  else location.replace(path);
}
