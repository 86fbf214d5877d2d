/** @file On a change of screen the focus goes to its title, once, when the title is there. */

let arriving = false;

/** The screen is about to change. */
export function depart(): void {
  arriving = true;
}

/** For every h1: takes the focus when one has come here from another screen. */
export function title(heading: HTMLElement): void {
  heading.tabIndex = -1;
  if (!arriving) return;
  arriving = false;
  heading.focus({ preventScroll: true });
  scrollTo(0, 0);
}
