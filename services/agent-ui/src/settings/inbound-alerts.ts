import { useEffect, useEffectEvent } from 'react';
import { useLocation } from 'wouter';
import { onInboundMessage, type InboundMessage } from '../data';
import { useText } from '../i18n';
import { notificationsAreOn, playSound, soundIsOn } from './alerts';

const FOCUSED = 'conversations.focused-tab';
/** Milliseconds in which the other tabs hear of the same message. */
const SAME_MESSAGE = 3_000;

/** Runs in one tab only: the first that hears of the message; the others find it taken. */
async function inOneTab(name: string, run: () => void): Promise<void> {
  await navigator.locks.request(`conversations.alert.${name}`, { ifAvailable: true }, async (lock) => {
    if (lock === null) return;
    run();
    await new Promise((done) => setTimeout(done, SAME_MESSAGE));
  });
}

/** Somebody looks at one of the tabs: its screen says enough. */
async function aTabHasFocus(): Promise<boolean> {
  const { held = [] } = await navigator.locks.query();
  return held.some(({ name }) => name === FOCUSED);
}

function holdFocusLock(): () => void {
  let release: (() => void) | null = null;
  const focus = (): void => {
    if (release !== null) return;
    const freed = new Promise<void>((done) => (release = done));
    void navigator.locks.request(FOCUSED, { mode: 'shared' }, () => freed);
  };
  const blur = (): void => {
    release?.();
    release = null;
  };
  if (document.hasFocus()) focus();
  window.addEventListener('focus', focus);
  window.addEventListener('blur', blur);
  return () => {
    blur();
    window.removeEventListener('focus', focus);
    window.removeEventListener('blur', blur);
  };
}

/** Sound and notification for a customer's message, for those who asked for them. */
export function useInboundAlerts(): void {
  const text = useText();
  const [, navigate] = useLocation();

  const hear = useEffectEvent(async ({ conversation }: InboundMessage) => {
    const message = `${conversation.id}.${conversation.version}`;
    if (soundIsOn()) void inOneTab(`sound.${message}`, () => void playSound());
    if (!notificationsAreOn() || (await aTabHasFocus())) return;
    void inOneTab(`notification.${message}`, () => {
      const shown = new Notification(conversation.title, {
        body: conversation.lastMessage?.text.slice(0, 200) ?? text.settings.newMessage,
        tag: conversation.id,
      });
      shown.onclick = () => {
        window.focus();
        navigate(`/inbox/${conversation.id}`);
        shown.close();
      };
    });
  });

  useEffect(() => {
    const releaseFocus = holdFocusLock();
    const stopHearing = onInboundMessage((message) => void hear(message));
    return () => {
      stopHearing();
      releaseFocus();
    };
  }, []);
}
