import { z } from 'zod';
import { AutomationVersion } from './automation';
import { defineEvent } from './define';
import { exampleStamp } from './examples';

/** Without the steps: a flow may be large, and whoever shows it asks for it. */
export const AutomationPublished = defineEvent('automation.published.v1', z.object({ automation: AutomationVersion }), {
  summary: 'A new version of the chatbot automation was published; new conversations follow it from now on.',
  example: {
    automation: {
      id: 'automation',
      version: 2,
      enabled: true,
      publishedBy: exampleStamp.by,
      publishedAt: exampleStamp.at,
    },
  },
});
