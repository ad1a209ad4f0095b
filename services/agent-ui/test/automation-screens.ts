import type { Page } from 'playwright-core';
import { answering, AWAY, type Screen } from './screen';

const automation = async (page: Page) => {
  await page.goto('/settings/automation');
  await page.locator('[data-step]').first().waitFor();
};
/** Publishes a version as the signed-in admin, behind the page's back. */
const publishes = (page: Page, botName: string) =>
  page.evaluate(async (name) => {
    const ask = async (query: string, variables: object) => {
      const answer = await fetch('/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query, variables }),
      });
      return (await answer.json()) as { data: { chatbotAutomation: { version: number } } };
    };
    const { data } = await ask('{ chatbotAutomation { version } }', {});
    const input = {
      ...{ expectedVersion: data.chatbotAutomation.version, enabled: false, botName: name },
      trigger: { kind: 'VISITOR_SENDS_FIRST_MESSAGE' },
      steps: [{ message: { id: 'hello', text: 'Hello! We answer within a day.' } }, { wait: { seconds: 30 } }],
    };
    await ask(
      'mutation ($input: SaveChatbotAutomationInput!) { saveChatbotAutomation(input: $input) { errors { code } } }',
      { input },
    );
  }, botName);

export const mainAutomationScreens: Record<string, Screen> = {
  'chatbot automation': { agent: 'admin', show: automation },
};

export const otherAutomationScreens: Record<string, Screen> = {
  'chatbot automation for those who are no admin': { show: automation },
  'chatbot automation that cannot be published': {
    agent: 'admin',
    show: async (page) => {
      await automation(page);
      for (const box of await page.locator('[data-step] textarea').all()) await box.fill(' ');
      await page.locator('main header button').last().click();
      await page.getByRole('alert').waitFor();
    },
  },
  'a step to add': {
    agent: 'admin',
    show: async (page) => {
      await automation(page);
      await page.locator('[data-gap] [aria-haspopup=menu]').last().click();
      await page.getByRole('menu').waitFor();
    },
  },
  'versions of the chatbot automation': {
    agent: 'admin',
    show: async (page) => {
      await automation(page);
      await page.locator('main header button').first().click();
      await page.locator('[role=dialog] li').first().waitFor();
    },
  },
  'earlier version of the chatbot automation': {
    agent: 'admin',
    show: async (page) => {
      await page.goto('/settings/automation?version=1');
      await page.locator('details summary').click();
      await page.locator('[data-step]').first().waitFor();
    },
  },
  'broken chatbot automation': {
    agent: 'admin',
    show: async (page) => {
      await answering((route) => route.fulfill({ status: 503, json: AWAY }))(page);
      await page.goto('/settings/automation');
      await page.getByRole('alert').first().waitFor({ timeout: 20_000 });
    },
  },
  'two admins at the chatbot automation': {
    agent: 'admin',
    show: async (page) => {
      await automation(page);
      await page.locator('[data-step] textarea').first().fill('Hello! Write to us, we are fast.');
      await page.locator('[data-step] [data-part=down]').first().click();
      await publishes(page, 'Robin');
      await page.locator('main [role=status] button').first().click();
      await page.locator('main ins').first().waitFor();
    },
  },
};
