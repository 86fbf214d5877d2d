import { mount } from 'svelte';
import '../ui/base.css';
import './demo.css';
import Demo from './Demo.svelte';

mount(Demo, { target: document.getElementById('demo') as HTMLElement });
