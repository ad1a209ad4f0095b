export const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Outgoing mail</title>
<link rel="stylesheet" href="/catcher.css">
</head>
<body>
<header>
  <h1>Outgoing mail</h1>
  <p>Everything this installation sends. Nothing is delivered.</p>
  <input id="search" type="search" placeholder="Search" aria-label="Search mails" autocomplete="off">
  <button id="clear" type="button">Delete all</button>
</header>
<main>
  <nav aria-label="Mails"><ul id="list"></ul><p id="none" hidden>No mail yet. Answer a conversation by email.</p></nav>
  <article id="mail" aria-live="polite" hidden>
    <h2 id="subject"></h2>
    <dl id="facts"></dl>
    <ul id="files" aria-label="Files"></ul>
    <div role="tablist" aria-label="View">
      <button role="tab" type="button" data-view="html">HTML</button>
      <button role="tab" type="button" data-view="text">Text</button>
      <button role="tab" type="button" data-view="headers">Headers</button>
      <button role="tab" type="button" data-view="raw">Source</button>
    </div>
    <iframe id="frame" title="The mail" sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe>
    <pre id="plain" tabindex="0" hidden></pre>
  </article>
</main>
<script src="/catcher.js"></script>
</body>
</html>
`;

export const STYLE = `
:root { --page: #f6f7f9; --card: #fff; --line: #dfe3e8; --text: #1c2127; --quiet: #5b6470; --accent: #3557d6; --chosen: #e8edfc; }
@media (prefers-color-scheme: dark) {
  :root { --page: #15171b; --card: #1e2126; --line: #343941; --text: #eceef1; --quiet: #a6afba; --accent: #9db2ff; --chosen: #29314d; }
}
* { box-sizing: border-box }
[hidden] { display: none !important }
body { margin: 0; height: 100vh; display: flex; flex-direction: column; background: var(--page); color: var(--text);
  font: 14px/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif }
header { display: flex; align-items: center; gap: 16px; padding: 12px 20px; background: var(--card); border-bottom: 1px solid var(--line) }
h1 { font-size: 16px; margin: 0 }
header p { margin: 0; color: var(--quiet); flex: 1 }
input, button { font: inherit; color: inherit; background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 6px 12px }
input { width: 220px }
button { cursor: pointer }
button:hover { border-color: var(--quiet) }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 1px }
main { flex: 1; display: grid; grid-template-columns: minmax(260px, 380px) 1fr; min-height: 0 }
nav { overflow: auto; border-right: 1px solid var(--line); background: var(--card) }
nav p { padding: 40px 24px; color: var(--quiet); text-align: center }
ul { list-style: none; margin: 0; padding: 0 }
#list button { display: grid; grid-template-columns: 1fr auto; gap: 0 12px; width: 100%; text-align: left; border: 0; border-radius: 0;
  border-bottom: 1px solid var(--line); padding: 12px 20px; background: none }
#list button[aria-current=true] { background: var(--chosen) }
#list strong, #list span { overflow: hidden; text-overflow: ellipsis; white-space: nowrap }
#list span, #list time { color: var(--quiet) }
article { display: flex; flex-direction: column; min-width: 0; padding: 20px 24px }
h2 { font-size: 20px; margin: 0 0 12px; overflow-wrap: anywhere }
dl { display: grid; grid-template-columns: auto 1fr; gap: 2px 16px; margin: 0 0 12px }
dt { color: var(--quiet) }
dd { margin: 0; overflow-wrap: anywhere }
#files { display: flex; flex-wrap: wrap; gap: 8px; margin-bottom: 12px }
#files a { display: block; border: 1px solid var(--line); border-radius: 8px; padding: 4px 10px; background: var(--card); color: var(--accent); text-decoration: none }
[role=tablist] { display: flex; gap: 4px; margin-bottom: 8px }
[role=tab] { border-color: transparent; background: none; color: var(--quiet) }
[role=tab][aria-selected=true] { background: var(--chosen); color: var(--text) }
iframe, pre { flex: 1; min-height: 0; width: 100%; margin: 0; border: 1px solid var(--line); border-radius: 12px; background: var(--card) }
iframe { color-scheme: light dark }
pre { overflow: auto; padding: 16px; white-space: pre-wrap; overflow-wrap: anywhere; font: 13px/1.5 ui-monospace, SFMono-Regular, Menlo, monospace }
@media (max-width: 720px) {
  header p { display: none } header h1 { flex: 1 } input { width: 120px }
  main { grid-template-columns: 1fr; grid-template-rows: 40% 60% } nav { border-right: 0; border-bottom: 1px solid var(--line) }
}
`;

export const SCRIPT = `
'use strict';
const $ = (id) => document.getElementById(id);
const tabs = [...document.querySelectorAll('[role=tab]')];
let mails = [], chosen = null, view = 'html', detail = null, shown = '';
const people = (list) => list.map(({ name, address }) => name ? name + ' <' + address + '>' : address).join(', ');
const element = (tag, text) => Object.assign(document.createElement(tag), { textContent: text });

function renderList() {
  const words = $('search').value.trim().toLowerCase();
  const found = mails.filter((mail) => (mail.subject + people(mail.from) + people(mail.to) + mail.recipients).toLowerCase().includes(words));
  const state = JSON.stringify([found.map(({ id }) => id), chosen]);
  if (state === shown) return;
  shown = state;
  const focused = document.activeElement?.dataset?.id;
  $('list').replaceChildren(...found.map((mail) => {
    const row = document.createElement('li'), button = document.createElement('button'), time = element('time', new Date(mail.at).toLocaleTimeString());
    button.type = 'button';
    button.dataset.id = mail.id;
    button.setAttribute('aria-current', String(mail.id === chosen));
    button.append(element('strong', people(mail.to) || mail.recipients.join(', ')), time, element('span', mail.subject || '(no subject)'), element('span', mail.files ? '📎 ' + mail.files : ''));
    button.onclick = () => choose(mail.id);
    row.append(button);
    return row;
  }));
  if (focused) document.querySelector('[data-id="' + focused + '"]')?.focus();
  $('none').hidden = found.length > 0;
}

async function choose(id) {
  chosen = id;
  location.hash = id;
  renderList();
  const answer = await fetch('/api/mails/' + id);
  detail = answer.ok ? await answer.json() : null;
  $('mail').hidden = !detail;
  if (!detail) return;
  if (!detail.hasHtml && view === 'html') view = 'text';
  $('subject').textContent = detail.subject || '(no subject)';
  const facts = [['From', people(detail.from)], ['To', people(detail.to)], ['Cc', people(detail.cc)], ['Reply to', people(detail.replyTo)],
    ['Sent', new Date(detail.at).toLocaleString()], ['Return path', detail.sender], ['Delivered to', detail.recipients.join(', ')]];
  $('facts').replaceChildren(...facts.filter(([, text]) => text).flatMap(([name, text]) => [element('dt', name), element('dd', text)]));
  $('files').replaceChildren(...detail.attachments.map((file) => {
    const row = document.createElement('li'), link = element('a', file.filename + ' · ' + Math.ceil(file.byteSize / 1024) + ' kB');
    link.href = '/api/mails/' + id + '/attachments/' + file.index;
    row.append(link);
    return row;
  }));
  showView();
}

async function showView() {
  for (const tab of tabs) tab.setAttribute('aria-selected', String(tab.dataset.view === view));
  $('frame').hidden = view !== 'html';
  $('plain').hidden = view === 'html';
  if (view === 'html') $('frame').src = '/api/mails/' + chosen + '/html';
  else if (view === 'text') $('plain').textContent = detail.text;
  else if (view === 'headers') $('plain').textContent = detail.headers.join('\\n');
  else $('plain').textContent = await (await fetch('/api/mails/' + chosen + '/raw')).text();
}

for (const tab of tabs) tab.onclick = () => { view = tab.dataset.view; showView(); };
$('search').oninput = renderList;
$('clear').onclick = async () => {
  await fetch('/api/mails', { method: 'DELETE' });
  chosen = null;
  history.replaceState(null, '', '/');
  $('mail').hidden = true;
  await load();
};

async function load() {
  const answer = await fetch('/api/mails').catch(() => null);
  if (!answer?.ok) return;
  mails = (await answer.json()).mails;
  renderList();
  if (!chosen && mails[0]) await choose(mails.some(({ id }) => id === location.hash.slice(1)) ? location.hash.slice(1) : mails[0].id);
}
setInterval(load, 1500);
load();
`;
