import { mount } from 'svelte';
import App from '../../src/App.svelte';
import { Face } from '../../src/screens/face.svelte';
import '../../src/ui/base.css';
import { clock } from '../../src/ui/clock.svelte';
import { readLight, showLight } from '../../src/ui/light';
import { evening, MemorySeen, scenarios } from './memory';

const query = new URLSearchParams(location.search);
const scenario = scenarios.find((name) => name === query.get('scenario')) ?? 'none';
if (query.has('large')) document.documentElement.style.fontSize = '200%';
clock.offset = evening - Date.now();
showLight(document.documentElement, readLight(localStorage));
const seen = new MemorySeen(scenario);
if (query.has('draft')) {
  await seen.saveDraft(
    'truth',
    'You make plans without me.\n\nOn Friday I heard about the trip from your sister, and I felt overlooked.',
  );
}
mount(App, {
  target: document.getElementById('app') as HTMLElement,
  props: { face: new Face(seen, await seen.standing()) },
});
