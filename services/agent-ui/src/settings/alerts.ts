import { readChoice, storeChoice } from '../i18n/stored-choice';

const SOUND = 'conversations.sound';
const NOTIFICATIONS = 'conversations.notifications';

export const soundIsOn = (): boolean => readChoice(SOUND, ['on', 'off'], 'off') === 'on';
export const setSound = (on: boolean): void => storeChoice(SOUND, on ? 'on' : 'off');

export const notificationsAreOn = (): boolean =>
  readChoice(NOTIFICATIONS, ['on', 'off'], 'off') === 'on' &&
  'Notification' in window &&
  Notification.permission === 'granted';
export const setNotifications = (on: boolean): void => storeChoice(NOTIFICATIONS, on ? 'on' : 'off');

/** `refused`: the browser will not ask again; only its own settings can change that. */
export async function askForNotifications(): Promise<'granted' | 'refused' | 'unsupported'> {
  if (!('Notification' in window)) return 'unsupported';
  return (await Notification.requestPermission()) === 'granted' ? 'granted' : 'refused';
}

let audio: AudioContext | null = null;

/** Two short tones. Browsers stay silent until the page was clicked or typed in once. */
export async function playSound(): Promise<void> {
  audio ??= new AudioContext();
  if (audio.state === 'suspended') await audio.resume();
  const begin = audio.currentTime;
  for (const [pitch, after] of [
    [660, 0],
    [880, 0.12],
  ] as const) {
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0.0001, begin + after);
    volume.gain.exponentialRampToValueAtTime(0.12, begin + after + 0.02);
    volume.gain.exponentialRampToValueAtTime(0.0001, begin + after + 0.25);
    tone.connect(volume).connect(audio.destination);
    tone.start(begin + after);
    tone.stop(begin + after + 0.3);
  }
}
