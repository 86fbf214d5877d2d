import type { Plugin } from 'vite';

interface Entry {
  text: string;
  context: string;
}

/** Keeps only what is shown: the context of a text is for whoever writes or translates, and never travels. */
export function textsOnly(): Plugin {
  return {
    name: 'seen-texts-only',
    enforce: 'pre',
    transform(code, id) {
      if (!id.endsWith('/src/text/en.json')) return null;
      const entries = Object.entries(JSON.parse(code) as Record<string, Entry>);
      return JSON.stringify(Object.fromEntries(entries.map(([key, { text }]) => [key, { text }])));
    },
  };
}
