import { Banner, Button, SkeletonRows } from '../design';
import { useText } from '../i18n';
import { useViewer } from '../session';
import { failureText } from './change-problem';
import { ChannelList } from './channel-list';
import { useInstalledChannels } from './installed-channels';
import { Section } from './page';
import SetupSteps from './setup-steps';

export function InstallationSettings() {
  const text = useText().settings;
  const { agent } = useViewer();
  return (
    <>
      {agent.role === 'ADMIN' && (
        <Section title={text.connectedTitle} hint={text.connectedHint}>
          <Connected />
        </Section>
      )}
      <Section title={text.channelsTitle} hint={text.channelsHint}>
        <SetupSteps />
      </Section>
    </>
  );
}

function Connected() {
  const text = useText().settings;
  const known = useInstalledChannels();
  if (known.error !== null && known.data === null)
    return (
      <Banner
        tone="danger"
        action={
          <Button size="small" onClick={known.reload}>
            {text.tryAgain}
          </Button>
        }
      >
        {failureText(text, known.error)}
      </Banner>
    );
  if (known.data === null) return <SkeletonRows count={2} label={text.loading} />;
  return <ChannelList channels={known.data} />;
}
