import { expect } from '@playwright/test';
import { addNote, ask, expectAccessible, signUp, TIDES, test } from './student';

test('an answer is written again and a question asked otherwise, and what stood there before stays', async ({
  page,
}) => {
  await signUp(page, 'Vera');
  await addNote(page, 'tides.md', TIDES);
  await ask(page, 'When does a spring tide happen?');
  const answers = page.getByRole('group', { name: 'Versions of this answer' });
  const questions = page.getByRole('group', { name: 'Versions of this question' });
  const asked = page.getByRole('article', { name: 'You asked' }).locator('p').first();
  await expect(answers).toHaveCount(0);

  await page.getByRole('button', { name: 'Answer again', exact: true }).click();
  await expect(answers).toContainText('Version 2 of 2');
  await page.getByRole('button', { name: 'Answer again, but differently' }).click();
  await page.getByRole('menuitem', { name: 'Shorter' }).click();
  await expect(answers).toContainText('Version 3 of 3');
  await expect(page.getByText('shorter', { exact: true })).toBeVisible();

  const earlier = page.getByRole('button', { name: 'Earlier version of the answer' });
  await earlier.click();
  await expect(answers).toContainText('Version 2 of 3');
  await expect(page.getByText('shorter', { exact: true })).toHaveCount(0);
  // A key pressed again walks on.
  await expect(earlier).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(answers).toContainText('Version 1 of 3');
  await expectAccessible(page);

  const pencil = page.getByRole('button', { name: 'Edit the question' });
  await pencil.click();
  const field = page.getByRole('textbox', { name: 'The question in other words' });
  await expect(field).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(pencil).toBeFocused();
  await pencil.click();
  await field.fill('When does a neap tide happen?');
  await expectAccessible(page);
  await page.keyboard.press('Enter');
  await expect(questions).toContainText('Version 2 of 2');
  await expect(asked).toHaveText('When does a neap tide happen?');
  await expect(answers).toHaveCount(0);

  await page.getByRole('button', { name: 'Earlier version of the question' }).click();
  await expect(asked).toHaveText('When does a spring tide happen?');
  await expect(answers).toContainText('of 3');

  await page.reload();
  await expect(asked).toHaveText('When does a spring tide happen?');
  await expect(questions).toContainText('Version 1 of 2');
});
