/** @file What a person does with a phone, by the roles and names that they see or hear. */

const button = (page, name) =>
  page.getByRole('button', { name }).or(page.getByRole('link', { name })).first();

export async function tap(page, name) {
  await button(page, name).click();
}

export async function title(page, name) {
  await page.getByRole('heading', { level: 1, name }).first().waitFor();
}

export async function beginAlone(page, origin, name) {
  await page.goto(origin);
  await tap(page, 'Begin alone');
  await page.getByLabel('Your name').fill(name);
  await tap(page, 'Begin');
  await title(page, 'Twelve words that open your room');
  const items = await page
    .getByRole('list', { name: 'Your twelve words' })
    .getByRole('listitem')
    .allInnerTexts();
  return items.map((item) => item.replace(/[^a-z]/g, ''));
}

/** Who runs the server is asked once, before the four words. */
export async function saysWhoRuns(page, answer = 'I don’t know') {
  await title(page, 'Who runs this server?');
  await page.getByLabel(answer).check();
  await tap(page, 'Go on');
}

/** Makes an invitation and gives its link. */
export async function invite(page) {
  await tap(page, /^Bring someone in/);
  await saysWhoRuns(page);
  return page.getByLabel('The link', { exact: true }).inputValue();
}

/** The typed code of an invitation, in the ring or below it. */
export async function typedCode(page) {
  const code = page.getByText(/^[0-9A-Z]{6} [0-9A-Z]{6} [0-9A-Z]{6}$/).filter({ visible: true });
  return code.first().innerText();
}

/** Whether it may be let known that one waits. */
export async function agrees(page, answer = 'Yes, it may be known') {
  await title(page, 'May the other know that one waits?');
  await page.getByLabel(answer).check();
  await tap(page, 'Keep it so');
}

export async function fourWords(page) {
  const list = page.getByRole('list', { name: 'Four words' });
  await list.waitFor();
  return list.getByRole('listitem').allInnerTexts();
}

/** Writes one true thing up to the page on which it is sealed. */
export async function write(page, text) {
  await tap(page, /^(Write mine|Write one true thing|Write another)$/);
  await page.getByRole('textbox').fill(text);
  await tap(page, /^See it as .* will$/);
  await page.getByText(text).waitFor();
}

export async function give(page, text) {
  await write(page, text);
  await tap(page, 'Seal it');
}

export async function keepLine(page, text) {
  await page.getByRole('link', { name: 'My room' }).click();
  await tap(page, 'Write a line');
  await page.getByRole('textbox').fill(text);
  await tap(page, 'Keep it');
  await page.getByText(text).waitFor();
}

export async function today(page) {
  await page.getByRole('link', { name: 'Today' }).first().click();
}
