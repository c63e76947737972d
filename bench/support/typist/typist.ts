import type { Page } from 'playwright-core';
import type { SpokenDictation } from '../alignment/speak-dictation.ts';
import type { DictatedUnit } from './dictations.ts';
import type { Hands } from './hands.ts';

/** How many seconds somebody keeps in mind while typing what was said before. */
const IN_MIND_S = 4;
/** A name is looked for beside the text after so many letters of it, as long as more than that are still to be typed. */
const LETTERS_BEFORE_NAME = 4;
const WORTH_TAKING = 4;

/** Types what is heard, behind the voice. Sentences begin small: the workbench makes the capital. */
export async function typeDictation(page: Page, hands: Hands, spoken: SpokenDictation): Promise<void> {
  const { text, words } = spoken;
  const heard = () =>
    page.evaluate(() => {
      const audio = document.querySelector('audio');
      return {
        atMs: (audio?.currentTime ?? 0) * 1000,
        paused: audio?.paused ?? true,
        over: audio?.ended ?? true,
      };
    });
  const position = (index: number) => words[index]?.endMs ?? 0;
  let end = 0;
  for (const [index, { start, end: wordEnd }] of words.entries()) {
    if (wordEnd <= end) continue;
    let now = await heard();
    if (!now.over && now.paused) await hands.press('Escape');
    while (!now.over && now.atMs < position(index)) {
      await page.waitForTimeout(40);
      now = await heard();
    }
    if (!now.over && !now.paused && now.atMs - position(index) > IN_MIND_S * 1000)
      await hands.press('Escape');
    // A name that was taken may end within this word, before its comma.
    if (end > start) {
      await hands.type(text.slice(end, wordEnd));
      end = wordEnd;
      continue;
    }
    const gap = text.slice(end, start);
    await hands.type(gap);
    const beginsSentence = end === 0 || /[.!?]$/.test(text.slice(0, end)) || gap.includes('\n');
    end = await typeWord(page, hands, text, start, wordEnd, beginsSentence);
  }
}

/** Types a word, or takes a name that is offered and goes on with it; gives the place in the text behind it. */
async function typeWord(
  page: Page,
  hands: Hands,
  text: string,
  start: number,
  end: number,
  beginsSentence: boolean,
): Promise<number> {
  for (let at = start; at < end; at += 1) {
    const letter = text.slice(at, at + 1);
    await hands.type(at === start && beginsSentence ? letter.toLowerCase() : letter);
    if (at + 1 - start < LETTERS_BEFORE_NAME || !/^[A-Z]/.test(text.slice(start, end))) continue;
    // The list of names follows a moment after the letter.
    const offered = await page
      .locator('.name-marked')
      .first()
      .textContent({ timeout: 150 })
      .catch(() => null);
    const name = offered?.trim() ?? '';
    const rest = text.slice(start);
    const taken = nameAt(rest, name);
    if (taken === 0 || taken - (at + 1 - start) < WORTH_TAKING) continue;
    await hands.press('Tab');
    return start + taken;
  }
  return end;
}

/** How much of the text the offered line covers: the name is what the line begins with. */
function nameAt(rest: string, offered: string): number {
  let length = 0;
  while (length < rest.length && rest[length] === offered[length]) length += 1;
  const isWhole = length > 0 && !/\w/.test(rest[length] ?? ' ') && /\w/.test(rest[length - 1] ?? '');
  return isWhole ? length : 0;
}

/** Goes through the units: accepts what is right, codes what is not, finishes. Gives how many codes were changed. */
export async function reviewUnits(page: Page, hands: Hands, said: readonly DictatedUnit[]): Promise<number> {
  await hands.press('Control+Enter');
  await page.waitForSelector('.unit-heading[aria-current]');
  let changed = 0;
  await hands.press('Enter');
  for (;;) {
    const unit = page.locator('li.unit[aria-current]');
    if ((await unit.count()) === 0) break;
    const [text, codes] = [
      (await unit.locator('.unit-text').textContent()) ?? '',
      await unit.locator('.chip:not(.chip-value)').allTextContents(),
    ];
    const right = said.find((place) => place.text.includes(text) || text.includes(place.text))?.code;
    if (right !== undefined && codes[0] !== right) {
      await hands.press('c');
      await hands.type(right.slice(0, 5).toLowerCase());
      await hands.press('Enter');
      changed += 1;
    }
    if (await page.locator('.review-open[data-done]').count()) break;
    await hands.press('Enter');
    if (await page.locator('.review-open[data-done]').count()) break;
  }
  await Promise.all([
    page.waitForURL((url) => !url.pathname.startsWith('/workbench'), { timeout: 30_000 }),
    hands.press('Enter'),
  ]);
  return changed;
}
