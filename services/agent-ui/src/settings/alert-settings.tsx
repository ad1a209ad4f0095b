import { useState } from 'react';
import { Banner, Button } from '../design';
import { useText } from '../i18n';
import { askForNotifications, notificationsAreOn, playSound, setNotifications, setSound, soundIsOn } from './alerts';
import { Switch } from './choices';
import { Section } from './page';

/** Nothing rings or pops up before somebody asked for it here. */
export function AlertSettings() {
  const text = useText().settings;
  const [sound, setSoundShown] = useState(soundIsOn);
  const [notifications, setNotificationsShown] = useState(notificationsAreOn);
  const [refused, setRefused] = useState<'refused' | 'unsupported' | null>(null);

  async function switchNotifications(on: boolean) {
    const answer = on ? await askForNotifications() : 'granted';
    setRefused(answer === 'granted' ? null : answer);
    const allowed = on && answer === 'granted';
    setNotifications(allowed);
    setNotificationsShown(allowed);
  }

  return (
    <Section title={text.alerts} hint={text.alertsHint}>
      <Switch
        label={text.notifications}
        hint={text.notificationsHint}
        on={notifications}
        onChange={(on) => void switchNotifications(on)}
      />
      {refused !== null && (
        <Banner tone="warn">{refused === 'refused' ? text.notificationsRefused : text.notificationsUnsupported}</Banner>
      )}
      <Switch
        label={text.sound}
        hint={text.soundHint}
        on={sound}
        onChange={(on) => {
          setSound(on);
          setSoundShown(on);
          if (on) void playSound();
        }}
      />
      {sound && (
        <Button size="small" icon="bell" onClick={() => void playSound()}>
          {text.playSound}
        </Button>
      )}
    </Section>
  );
}
