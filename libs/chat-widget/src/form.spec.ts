import { answersTo } from './form';

test('an answer is drawn as the gateway stores it: in the form’s order, trimmed, without what is empty', () => {
  const form = {
    formId: 'address',
    submitLabel: 'Send',
    fields: [
      { key: 'name', label: 'Your name', required: false },
      { key: 'email', label: 'Email', required: true },
      { key: 'phone', label: 'Phone', required: false },
    ] as const,
  };
  const values = { email: ' ann@example.com ', name: 'Ann', phone: '  ', company: 'never asked' };
  expect(answersTo({ ...form, fields: [...form.fields] }, values)).toEqual({
    formId: 'address',
    answers: [
      { key: 'name', label: 'Your name', value: 'Ann' },
      { key: 'email', label: 'Email', value: 'ann@example.com' },
    ],
  });
});
