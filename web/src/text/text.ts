import texts from './en.json';

/** A text of the product, by the name under which en.json holds it. */
export type Key = keyof typeof texts;
export type Params = Record<string, string>;

/** A text and what stands in its places, for those who decide what is said without saying it. */
export interface Said {
  key: Key;
  params?: Params;
}

/** The text under `key`, with every `{place}` filled. A place that nobody filled stays visible on purpose. */
export function t(key: Key, params: Params = {}): string {
  return texts[key].text.replace(/\{(\w+)\}/g, (whole, place: string) => params[place] ?? whole);
}

export function say(said: Said): string {
  return t(said.key, said.params);
}

export function known(key: string): key is Key {
  return Object.hasOwn(texts, key);
}
