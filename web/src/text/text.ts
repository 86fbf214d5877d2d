import texts from './en.json';

/** A text of the product, by the name under which en.json holds it. */
export type Key = keyof typeof texts;
export type Params = Record<string, string>;

/** A text and what stands in its places, for those who decide what is said without saying it. */
export interface Said {
  key: Key;
  params?: Params;
}

/** Someone who gave no name is still spoken of; at the head of a sentence with a capital. */
function headed(place: string, template: string): string {
  const nameless = place === texts.someone.text && template.startsWith('{');
  return nameless ? place.charAt(0).toUpperCase() + place.slice(1) : place;
}

/** The text under `key`, with every `{place}` filled. A place that nobody filled stays visible on purpose. */
export function t(key: Key, params: Params = {}): string {
  const template: string = texts[key].text;
  return template.replace(/\{(\w+)\}/g, (whole, place: string, at: number) => {
    const filled = params[place] ?? whole;
    return at === 0 ? headed(filled, template) : filled;
  });
}

export function say(said: Said): string {
  return t(said.key, said.params);
}

export function known(key: string): key is Key {
  return Object.hasOwn(texts, key);
}
