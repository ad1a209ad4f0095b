import { pluralIn } from '../plural';

const plural = pluralIn('en');

/** Personalization tags. */
export const tags = {
  label: 'Tags in this text',
  open: (number: number) =>
    plural(number, { one: '1 tag cannot be filled in.', other: `${String(number)} tags cannot be filled in.` }),
  select: 'Select in the text:',
  noValue: 'Not known here. Write the words yourself, or give a fallback: {{…|there}}',
  unknown: 'There is no such tag.',
  use: (tag: string) => `Use ${tag}`,
  keepAsText: 'Send it as text',
  sentAs: 'is sent as',
  nothing: '(nothing)',
  insert: 'Insert a tag',
  names: {
    'contact.firstName': 'First name of the person',
    'contact.name': 'Name of the person',
    'contact.company': 'Company of the person',
    'contact.email': 'Email address of the person',
    'agent.firstName': 'Your first name',
    'agent.name': 'Your name',
  },
};
