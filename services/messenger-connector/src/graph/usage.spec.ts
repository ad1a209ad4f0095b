import { backoffOf } from './usage';

const business = (use: object) =>
  new Headers({ 'x-business-use-case-usage': JSON.stringify({ '104': [{ type: 'messenger', ...use }] }) });

it.each([
  ['no headers', new Headers(), 0],
  ['little use', business({ call_count: 28, total_cputime: 25, total_time: 25 }), 0],
  ['nearly all', business({ call_count: 96 }), 500],
  ['a block for five minutes', business({ call_count: 100, estimated_time_to_regain_access: 5 }), 300_000],
  ['all of the app’s', new Headers({ 'x-app-usage': '{"call_count":100,"total_time":1,"total_cputime":1}' }), 500],
  ['a header that is no JSON', new Headers({ 'x-app-usage': 'no' }), 0],
  ['a header of another form', new Headers({ 'x-business-use-case-usage': '[1]' }), 0],
])('%s', (_name, headers, backoffMs) => {
  expect(backoffOf(headers)).toBe(backoffMs);
});
