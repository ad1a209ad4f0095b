import { readableOn } from './readable-on';

const SVG = 'http://www.w3.org/2000/svg';
const SPEECH =
  'M4 5.5A1.5 1.5 0 0 1 5.5 4h13A1.5 1.5 0 0 1 20 5.5v9a1.5 1.5 0 0 1-1.5 1.5H11l-4.6 4v-4h-.9A1.5 1.5 0 0 1 4 14.5z';
const DOWN = 'M6 9.5l6 6 6-6';

/** Everything is fixed and under one shadow root: the host page neither moves nor styles it, and needs no style permission. */
const CSS = `:host{all:initial!important;color-scheme:light dark!important}
button{all:unset;position:fixed;z-index:2147483000;right:calc(20px + env(safe-area-inset-right));bottom:calc(20px + env(safe-area-inset-bottom));width:56px;height:56px;border-radius:50%;cursor:pointer;background:var(--bg,light-dark(#3a53d0,#8fa3ff));color:var(--on,light-dark(#fff,#10131f));box-shadow:0 1px 2px #0003,0 6px 20px #0003;display:grid;place-items:center;transition:transform .15s}
button:hover{transform:scale(1.05)}
button:focus-visible{outline:3px solid light-dark(#3a53d0,#a6b6ff);outline-offset:3px}
svg{width:26px;height:26px;fill:none;stroke:currentColor;stroke-width:1.75;stroke-linecap:round;stroke-linejoin:round}
b{all:unset;position:absolute;top:-4px;right:-4px;min-width:22px;height:22px;padding:0 6px;box-sizing:border-box;border-radius:11px;background:light-dark(#d92d20,#ff6b5e);color:light-dark(#fff,#10131f);font:600 12px/22px system-ui,sans-serif;text-align:center}
b:empty{display:none}
iframe{all:unset;position:fixed;z-index:2147483000;right:calc(20px + env(safe-area-inset-right));bottom:calc(88px + env(safe-area-inset-bottom));width:384px;height:min(640px,100dvh - 108px);border-radius:14px;box-shadow:0 0 0 1px light-dark(#e2e3e9,#2a2d36),0 12px 40px #0004;background:light-dark(#f6f6f8,#111216);visibility:hidden;opacity:0;transform:translateY(8px);transition:opacity .15s,transform .15s,visibility .15s}
.open iframe{visibility:visible;opacity:1;transform:none}
@media (max-width:479.98px){iframe{inset:0;width:100%;height:100dvh;border-radius:0}.open button{visibility:hidden}}
@media (prefers-reduced-motion:reduce){*{transition:none!important}}
@media (forced-colors:active){button,iframe{outline:1px solid CanvasText}}`;

/** The button and the iframe's place in the host page. */
export function createLauncher(french: boolean, color: string | null) {
  const host = document.createElement('conversations-widget');
  host.role = 'complementary';
  host.ariaLabel = 'Chat';
  const root = host.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(CSS);
  root.adoptedStyleSheets = [sheet];

  const box = document.createElement('div');
  const button = document.createElement('button');
  const icon = document.createElementNS(SVG, 'svg');
  const path = document.createElementNS(SVG, 'path');
  const badge = document.createElement('b');
  icon.ariaHidden = 'true';
  badge.ariaHidden = 'true';
  icon.append(path);
  button.append(icon, badge);
  box.append(button);
  root.append(box);
  if (color !== null) {
    box.style.setProperty('--bg', color);
    box.style.setProperty('--on', readableOn(color));
  }

  let open = false;
  let count = 0;
  const draw = () => {
    box.className = open ? 'open' : '';
    path.setAttribute('d', open ? DOWN : SPEECH);
    badge.textContent = open || count === 0 ? '' : count > 9 ? '9+' : String(count);
    button.ariaExpanded = String(open);
    const name = french ? (open ? 'Fermer' : 'Ouvrir') + ' la discussion' : (open ? 'Close' : 'Open') + ' chat';
    const unread = french ? 'non lu' + (count > 1 ? 's' : '') : 'unread';
    button.ariaLabel = open || count === 0 ? name : `${name}, ${String(count)} ${unread}`;
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
      box.append(frame);
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
