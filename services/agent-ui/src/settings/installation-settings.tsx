import { useText } from '../i18n';
import { Section } from './page';
import SetupSteps from './setup-steps';

export function InstallationSettings() {
  const text = useText().settings;
  return (
    <Section title={text.channelsTitle} hint={text.channelsHint}>
      <SetupSteps />
    </Section>
  );
}
