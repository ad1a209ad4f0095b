import { useLocation, useSearch } from 'wouter';
import { Banner, Button, EmptyState, SkeletonRows } from '../design';
import { useText } from '../i18n';
import { useViewer } from '../session';
import { failureText } from '../settings/change-problem';
import { useAccounts } from '../settings/use-accounts';
import { WhoMay } from '../settings/who-may';
import css from './automation.module.css';
import { EarlierVersion } from './earlier-version';
import { FlowEditor } from './flow-editor';
import { useAutomation } from './use-automation';

const PATH = '/settings/automation';

/** The chatbot automation: edited and published by admins, read by all; which version is in the address. */
export function AutomationPage() {
  const { automation: text, settings } = useText();
  const canEdit = useViewer().agent.role === 'ADMIN';
  const { published, isLoaded, error, reload, take } = useAutomation();
  const [, navigate] = useLocation();
  const asked = new URLSearchParams(useSearch()).get('version');
  const version = asked === null ? null : Number(asked);
  const open = (to: number | null) => navigate(to === null ? PATH : `${PATH}?version=${String(to)}`);

  return (
    <div className={css.page}>
      {!canEdit && <Reader />}
      {published === null ? (
        error !== null ? (
          <Banner
            tone="danger"
            action={
              <Button size="small" onClick={reload}>
                {text.tryAgain}
              </Button>
            }
          >
            {text.failed} {failureText(settings, error)}
          </Banner>
        ) : isLoaded ? (
          <EmptyState icon="bot" title={text.none} action={<Button onClick={reload}>{text.tryAgain}</Button>}>
            {text.noneHint}
          </EmptyState>
        ) : (
          <SkeletonRows count={4} label={text.loading} />
        )
      ) : version !== null && version !== published.version ? (
        <EarlierVersion
          key={version}
          version={version}
          published={published}
          canEdit={canEdit}
          onPublished={take}
          onOpen={open}
        />
      ) : (
        <FlowEditor published={published} canEdit={canEdit} onPublished={take} onReload={reload} onOpen={open} />
      )}
    </div>
  );
}

function Reader() {
  const text = useText().automation;
  return <WhoMay accounts={useAccounts().data}>{text.adminsOnly}</WhoMay>;
}
