import { isOver } from './attachment-link';
import { fileSize } from './file-size';

test('an address is over shortly before its time, and when there is none', () => {
  const url = '/widget/v1/attachments/up_1?visitor=vis_1&until=1000&mac=x';
  expect(isOver(url, 900_000)).toBe(false);
  expect(isOver(url, 995_000)).toBe(true);
  expect(isOver('', 0)).toBe(true);
});

test('a size is written as in the language', () => {
  expect(fileSize(512, 'en')).toBe('512 bytes');
  expect(fileSize(1_433_600, 'en')).toBe('1.4 MB');
  expect(fileSize(1_433_600, 'fr').replace(/\s/g, ' ')).toBe('1,4 Mo');
  expect(fileSize(20_000, 'fr').replace(/\s/g, ' ')).toBe('20 ko');
});
