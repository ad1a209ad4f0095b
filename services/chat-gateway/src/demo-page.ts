type Lang = 'en' | 'fr';

const WORDS = {
  en: {
    shop: 'Maple & Thread',
    line: 'Shoes, jackets and bags that last.',
    home: 'Home',
    shoes: 'Shoes',
    jackets: 'Jackets',
    ask: 'A question about size, stock or delivery?',
    write: 'Write to us',
    other: 'Français',
    buy: 'In stock',
  },
  fr: {
    shop: 'Maple & Thread',
    line: 'Des chaussures, des vestes et des sacs qui durent.',
    home: 'Accueil',
    shoes: 'Chaussures',
    jackets: 'Vestes',
    ask: 'Une question sur la taille, le stock ou la livraison ?',
    write: 'Écrivez-nous',
    other: 'English',
    buy: 'En stock',
  },
} as const;

interface Item {
  name: Record<Lang, string>;
  price: Record<Lang, string>;
  tint: string;
  page: 'shoes' | 'jackets';
}

const price = (amount: number) => ({ en: `€${amount}`, fr: `${amount} €` });

const ITEMS: Item[] = [
  { name: { en: 'Trail boot', fr: 'Chaussure de marche' }, price: price(149), tint: 'moss', page: 'shoes' },
  { name: { en: 'City trainer', fr: 'Basket de ville' }, price: price(95), tint: 'sand', page: 'shoes' },
  { name: { en: 'Leather derby', fr: 'Derby en cuir' }, price: price(180), tint: 'clay', page: 'shoes' },
  { name: { en: 'Rain jacket', fr: 'Veste de pluie' }, price: price(210), tint: 'sea', page: 'jackets' },
  { name: { en: 'Wool coat', fr: 'Manteau en laine' }, price: price(290), tint: 'stone', page: 'jackets' },
  { name: { en: 'Down vest', fr: 'Doudoune sans manches' }, price: price(130), tint: 'plum', page: 'jackets' },
];

const PAGES = ['shoes', 'jackets'] as const;

/** A page of the demo shop with the widget on it; null when there is no such page. `page` null is its front page. */
export function demoPage(page: string | null, lang: Lang, siteId: string): string | null {
  const known = PAGES.find((name) => name === page);
  if (page !== null && known === undefined) return null;
  const words = WORDS[lang];
  const query = lang === 'fr' ? '?lang=fr' : '';
  const path = known === undefined ? '/demo' : `/demo/${known}`;
  const title = known === undefined ? words.shop : `${words[known]} – ${words.shop}`;
  const link = (to: string, text: string) =>
    `<a href="${to}${query}"${to === path ? ' aria-current="page"' : ''}>${text}</a>`;
  const items = ITEMS.filter((item) => known === undefined || item.page === known).map(
    (item) => `<li class="item ${item.tint}"><span class="picture"></span><h2>${item.name[lang]}</h2>
<p>${item.price[lang]} · ${words.buy}</p></li>`,
  );
  return `<!doctype html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title.replace('&', '&amp;')}</title>
<link rel="stylesheet" href="/demo/shop.css">
</head>
<body>
<header>
<strong>${words.shop.replace('&', '&amp;')}</strong>
<nav>${link('/demo', words.home)} ${link('/demo/shoes', words.shoes)} ${link('/demo/jackets', words.jackets)}
<a href="${path}${lang === 'fr' ? '' : '?lang=fr'}" lang="${lang === 'fr' ? 'en' : 'fr'}">${words.other}</a></nav>
</header>
<main>
<h1>${known === undefined ? words.line : words[known]}</h1>
<p>${words.ask} <button type="button" data-chat>${words.write}</button></p>
<ul>
${items.join('\n')}
</ul>
</main>
<script src="/demo/shop.js"></script>
<script src="/widget.js" data-site="${siteId}" data-locale="${lang}" async></script>
</body>
</html>
`;
}

/** How a page's own script uses the widget. */
export const demoScript = `window.Conversations ??= (...call) => (window.Conversations.q ??= []).push(call);
const button = document.querySelector('[data-chat]');
const label = button.textContent;
button.onclick = () => Conversations('open');
Conversations('on', 'unread', ({ count }) => {
  button.textContent = count > 0 ? label + ' (' + count + ')' : label;
});
`;

export const demoStyles = `
:root { color-scheme: light; --ink: #26231f; --paper: #faf8f4; --line: #e4dfd5; }
* { box-sizing: border-box; }
body { margin: 0; font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); }
header { display: flex; flex-wrap: wrap; gap: 12px 32px; align-items: baseline; padding: 20px 5vw; border-bottom: 1px solid var(--line); }
header strong { font: 600 20px/28px Georgia, serif; }
nav { display: flex; gap: 20px; flex: 1; }
nav a:last-child { margin-left: auto; }
a { color: inherit; text-underline-offset: 4px; }
a:not([aria-current]) { text-decoration-color: transparent; }
a:hover { text-decoration-color: currentColor; }
main { max-width: 1040px; margin: 0 auto; padding: 40px 5vw 120px; }
h1 { font: 600 32px/1.2 Georgia, serif; margin: 0 0 8px; }
ul { list-style: none; padding: 0; margin: 32px 0 0; display: grid; gap: 24px; grid-template-columns: repeat(auto-fill, minmax(240px, 1fr)); }
button { font: inherit; padding: 6px 14px; color: var(--paper); background: var(--ink); border: 0; border-radius: 6px; cursor: pointer; }
.item h2 { font-size: 16px; margin: 12px 0 0; }
.item p { margin: 0; color: #5d574e; }
.picture { display: block; aspect-ratio: 4 / 3; border-radius: 10px; background: linear-gradient(135deg, var(--a), var(--b)); }
.moss { --a: #8a9a72; --b: #54633f; }
.sand { --a: #e3d3b4; --b: #bfa677; }
.clay { --a: #c98e6b; --b: #8d5537; }
.sea { --a: #7fa6b5; --b: #3f6576; }
.stone { --a: #bdb8b0; --b: #7d776d; }
.plum { --a: #a58199; --b: #6a4660; }
`;
