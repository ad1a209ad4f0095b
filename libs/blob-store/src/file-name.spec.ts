import { contentDisposition } from './content-disposition';
import { cleanFileName } from './file-name';

describe('security row 3: a name from outside', () => {
  test.each([
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\ann\\photo.png', 'photo.png'],
    ['a\u0000b\r\nContent-Type: text/html\r\n\r\n.txt', 'html.txt'],
    ['invoice\u202Egnp.exe', 'invoicegnp.exe'],
    ['zero\u200Bwidth\uFEFF.pdf', 'zerowidth.pdf'],
    ['...', 'file'],
    ['', 'file'],
    ['\uD800', '\uFFFD'],
    ['Rechnung für Zoë 🙂.pdf', 'Rechnung für Zoë 🙂.pdf'],
    ['<img src=x onerror=alert(1)>.png', '<img src=x onerror=alert(1)>.png'],
    ['=cmd|calc!A1.csv', '=cmd|calc!A1.csv'],
  ])('%j is shown as %j', (given, shown) => {
    expect(cleanFileName(given)).toBe(shown);
  });

  test('of 5 kB is cut to 200 characters and keeps its ending', () => {
    const name = cleanFileName(`${'é'.repeat(5_000)}.pdf`);
    expect(Array.from(name)).toHaveLength(200);
    expect(name.endsWith('é.pdf')).toBe(true);
  });

  test('stands in a header as ASCII and, whole, percent-encoded', () => {
    expect(contentDisposition('attachment', `Zoë's "report" (1)\r\n.pdf`)).toBe(
      `attachment; filename="Zo_'s _report_ (1)__.pdf"; filename*=UTF-8''Zo%C3%AB%27s%20%22report%22%20%281%29%0D%0A.pdf`,
    );
  });
});
