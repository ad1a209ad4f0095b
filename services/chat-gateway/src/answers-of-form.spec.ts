import type { AskedForm } from '@conversations/contracts';
import { answersTo } from './answers-of-form';

const form: AskedForm = {
  formId: 'address',
  submitLabel: 'Envoyer',
  fields: [
    { key: 'name', label: 'Nom', required: false },
    { key: 'email', label: 'Adresse', required: true },
    { key: 'company', label: 'Société', required: true },
  ],
};

test('answers stand in the order and under the labels of the form, without what was left empty', () => {
  expect(answersTo(form, { company: ' Okafor Ltd ', email: 'ann@example.com', name: ' ' })).toEqual([
    { key: 'email', label: 'Adresse', value: 'ann@example.com' },
    { key: 'company', label: 'Société', value: 'Okafor Ltd' },
  ]);
});

test('what the form requires has to be there, and nothing that it does not ask', () => {
  const refusalOf = (values: Parameters<typeof answersTo>[1]): unknown => {
    try {
      return answersTo(form, values);
    } catch (error) {
      return error;
    }
  };
  expect(refusalOf({ email: 'ann@example.com' })).toMatchObject({ field: 'company' });
  expect(refusalOf({ email: 'ann@example.com', company: ' ' })).toMatchObject({ field: 'company' });
  expect(refusalOf({ email: 'ann@example.com', company: 'x', phone: '+33 1' })).toMatchObject({ field: 'phone' });
});
