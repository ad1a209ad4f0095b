import { answerSubject } from './mail-subject';

it.each([
  ['Where is my order?', 'Re: Where is my order?'],
  ['Re: Where is my order?', 'Re: Where is my order?'],
  ['RE: Re : AW: Where?', 'Re: Where?'],
  ['Re[2]: Where?', 'Re: Where?'],
  ['Recipe: cake', 'Re: Recipe: cake'],
  ['a\r\nBcc: b@c.example', 'Re: a Bcc: b@c.example'],
])('%j is answered under %j', (subject, answered) => {
  expect(answerSubject(subject, 'en')).toBe(answered);
});

it('what has no subject gets a general one in the language of the other side', () => {
  expect(answerSubject(null, 'en')).toBe('Your conversation with us');
  expect(answerSubject('Re: ', 'fr')).toBe('Votre conversation avec nous');
});

it('a long one is cut between characters', () => {
  const answered = answerSubject('😀'.repeat(400), 'en');
  expect(answered.length).toBeLessThanOrEqual(500);
  expect(answered.isWellFormed()).toBe(true);
});
