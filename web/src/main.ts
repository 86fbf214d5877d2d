import { mount } from 'svelte';
import App from './App.svelte';
import { offerDemoPort } from './demo/port';
import { connect } from './records/client';
import { Face, nobody } from './screens/face.svelte';
import Insecure from './screens/insecure/Insecure.svelte';
import { keepShell } from './shell.svelte';
import './ui/base.css';
import { readLight, showLight } from './ui/light';

const lives = 'lives';

/**
 * The first page needs nothing from the worker: where nobody has lived yet, the welcome stands before it has come.
 * Where somebody has, the page waits, so that nobody sees a welcome flash by.
 */
async function begin(): Promise<void> {
  showLight(document.documentElement, readLight(localStorage));
  const target = document.getElementById('app') as HTMLElement;
  if (!window.isSecureContext) return void mount(Insecure, { target });
  const inFrame = window.parent !== window;
  const seen = connect();
  const face = new Face(seen, nobody);
  seen.onChange((change) => {
    if (change === 'standing' && face.standing.stage === 'ready') localStorage.setItem(lives, '1');
  });
  const known = face.refresh().then(() => {
    if (face.standing.stage === 'ready') localStorage.setItem(lives, '1');
  });
  if (localStorage.getItem(lives) !== null || inFrame) await known.catch(() => undefined);
  offerDemoPort(seen, window);
  const shell = inFrame ? null : keepShell();
  mount(App, { target, props: { face, shell, unmet: known } });
}

void begin();
