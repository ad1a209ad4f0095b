import { readableOn } from './readable-on';

const SVG = 'http://www.w3.org/2000/svg';
const SPEECH = 'M4 4h16v12h-9l-4.6 4v-4H4z';
/** The element that stands in the page. */
export const HOST = 'conversations-widget';
const DOWN = 'M6 9.5l6 6 6-6';

/**
 * Everything is fixed and under one shadow root: the host page neither moves nor styles it, and needs no style permission.
 * A transparent outline is what forced colours draw.
 */
const CSS = `:host{all:initial!important;color-scheme:light dark!important}
button,iframe{all:unset;position:fixed;z-index:2147483000;right:calc(20px + env(safe-area-inset-right));outline:1px solid transparent;transition:.15s;transition-property:opacity,transform,visibility}
button{bottom:calc(20px + env(safe-area-inset-bottom));width:56px;height:56px;border-radius:50%;cursor:pointer;background:var(--bg,light-dark(#3a53d0,#8fa3ff));color:var(--on,light-dark(#fff,#10131f));box-shadow:0 6px 20px #0004;display:grid;place-items:center}
button:hover{transform:scale(1.05)}
button:focus-visible{outline:3px solid light-dark(#3a53d0,#a6b6ff);outline-offset:3px}
svg{width:26px;height:26px;fill:none;stroke:currentColor;stroke-width:1.75;stroke-linecap:round;stroke-linejoin:round}
b{position:absolute;inset:-4px -4px auto auto;min-width:22px;height:22px;padding:0 6px;box-sizing:border-box;border-radius:11px;background:light-dark(#d92d20,#ff6b5e);color:light-dark(#fff,#10131f);font:600 12px/22px system-ui,sans-serif;text-align:center}
b:empty{display:none}
iframe{bottom:calc(88px + env(safe-area-inset-bottom));width:384px;height:min(640px,100dvh - 108px);border-radius:14px;box-shadow:0 0 0 1px light-dark(#e2e3e9,#2a2d36),0 12px 40px #0004;background:light-dark(#f6f6f8,#111216);visibility:hidden;opacity:0;transform:translateY(8px)}
:host([open]) iframe{visibility:visible;opacity:1;transform:none}
@media (width<480px){iframe{inset:0;width:100%;height:100dvh;border-radius:0}:host([open]) button{visibility:hidden}}
@media (prefers-reduced-motion:reduce){*{transition:none!important}}`;

/** The button and the iframe's place in the host page. */
export function createLauncher(french: boolean, color: string | null) {
  const host = document.createElement(HOST);
  host.role = 'complementary';
  host.ariaLabel = 'Chat';
  const root = host.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(CSS);
  root.adoptedStyleSheets = [sheet];

  const button = document.createElement('button');
  const icon = document.createElementNS(SVG, 'svg');
  const path = document.createElementNS(SVG, 'path');
  const badge = document.createElement('b');
  icon.ariaHidden = 'true';
  badge.ariaHidden = 'true';
  icon.append(path);
  button.append(icon, badge);
  root.append(button);
  if (color !== null) {
    host.style.setProperty('--bg', color);
    host.style.setProperty('--on', readableOn(color));
  }

  let open = false;
  let count = 0;
  const draw = () => {
    host.toggleAttribute('open', open);
    path.setAttribute('d', open ? DOWN : SPEECH);
    button.ariaExpanded = String(open);
    const news = open ? 0 : count;
    badge.textContent = news > 9 ? '9+' : String(news || '');
    const name = french ? (open ? 'Fermer' : 'Ouvrir') + ' la discussion' : (open ? 'Close' : 'Open') + ' chat';
    const unread = french ? 'non lu' + (news > 1 ? 's' : '') : 'unread';
    button.ariaLabel = name + (news ? `, ${String(news)} ${unread}` : '');
  };
  draw();

  return {
    host,
    button,
    holdsFocus: () => root.activeElement !== null,
    addFrame(src: string): HTMLIFrameElement {
      const frame = document.createElement('iframe');
      frame.title = french ? 'Discussion' : 'Chat';
      frame.src = src;
      root.append(frame);
      return frame;
    },
    show(wanted: boolean) {
      open = wanted;
      draw();
    },
    unread(unread: number) {
      count = unread;
      draw();
    },
  };
}
