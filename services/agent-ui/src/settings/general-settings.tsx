import { useState } from 'react';
import { outbox, useBrowserKeeps } from '../data';
import { Button, ConfirmDialog, Select, useToasts } from '../design';
import { chooseLanguage, LANGUAGES, readLanguageChoice, useText, type LanguageChoice } from '../i18n';
import { setSingleKeys, singleKeysAreOn } from '../navigation/shortcuts';
import { useViewer } from '../session';
import { AlertSettings } from './alert-settings';
import { Choices, Switch } from './choices';
import { Section } from './page';
import { chooseTheme, readTheme, type Theme } from './theme';

export function GeneralSettings() {
  const text = useText().settings;
  return (
    <>
      <Appearance />
      <Language />
      <AlertSettings />
      <Keyboard />
      <SignOutSection label={text.signOut} />
    </>
  );
}

function Appearance() {
  const text = useText().settings;
  const [theme, setTheme] = useState(readTheme);
  return (
    <Section title={text.appearance}>
      <Choices<Theme>
        label={text.appearance}
        value={theme}
        options={[
          { value: 'system', label: text.themeSystem },
          { value: 'light', label: text.themeLight },
          { value: 'dark', label: text.themeDark },
        ]}
        onChange={(chosen) => {
          chooseTheme(chosen);
          setTheme(chosen);
        }}
      />
    </Section>
  );
}

function Language() {
  const text = useText().settings;
  const [choice, setChoice] = useState<LanguageChoice>(readLanguageChoice);
  return (
    <Section title={text.language}>
      <Select<LanguageChoice>
        label={text.language}
        value={choice}
        options={[
          { value: 'system', label: text.languageOfBrowser },
          { value: 'en', label: LANGUAGES.en },
          { value: 'fr', label: LANGUAGES.fr },
        ]}
        onChange={(chosen) => {
          setChoice(chosen);
          void chooseLanguage(chosen);
        }}
      />
    </Section>
  );
}

function Keyboard() {
  const text = useText().settings;
  const [on, setOn] = useState(singleKeysAreOn);
  return (
    <Section title={text.keyboard}>
      <Switch
        label={text.singleKeys}
        hint={text.singleKeysHint}
        on={on}
        onChange={(next) => {
          setSingleKeys(next);
          setOn(next);
        }}
      />
    </Section>
  );
}

function SignOutSection({ label }: { label: string }) {
  const text = useText().settings;
  const viewer = useViewer();
  const toasts = useToasts();
  const [busy, setBusy] = useState(false);
  const [unsent, setUnsent] = useState(0);
  const keeps = useBrowserKeeps();
  async function leave() {
    setUnsent(0);
    setBusy(true);
    if (await viewer.signOut()) return;
    setBusy(false);
    toasts.show({ text: text.signOutFailed, tone: 'danger' });
  }
  return (
    <Section title={text.session} hint={text.signedInAs(viewer.agent.displayName, viewer.agent.email)}>
      <Button
        icon="sign-out"
        busy={busy}
        onClick={() => {
          const count = outbox.count();
          if (count > 0) setUnsent(count);
          else void leave();
        }}
      >
        {label}
      </Button>
      <ConfirmDialog
        open={unsent > 0}
        title={text.unsentTitle}
        danger
        confirmLabel={label}
        onConfirm={() => void leave()}
        onCancel={() => setUnsent(0)}
      >
        {keeps ? text.unsentKept(unsent) : text.unsentLost(unsent)}
      </ConfirmDialog>
    </Section>
  );
}
