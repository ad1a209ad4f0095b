import { lazy, Suspense } from 'react';
import { Link } from 'wouter';
import { SkeletonRows } from '../design';
import { useText } from '../i18n';
import { GeneralSettings } from './general-settings';
import { InstallationSettings } from './installation-settings';
import { NotFound } from '../navigation/not-found';
import { Page } from './page';
import { ProfileSettings } from './profile-settings';
import css from './settings-page.module.css';

const AutomationPage = lazy(() => import('../automation'));

/** /settings, /settings/profile, /settings/installation, /settings/automation */
export default function SettingsPage({ section }: { section: string | null }) {
  const { settings: text, automation } = useText();
  const sections = [
    { path: null, label: text.general, body: <GeneralSettings /> },
    { path: 'profile', label: text.profile, body: <ProfileSettings /> },
    { path: 'installation', label: text.installation, body: <InstallationSettings /> },
    { path: 'automation', label: automation.name, body: <AutomationPage />, wide: true },
  ];
  const shown = sections.find(({ path }) => path === section);
  if (shown === undefined) return <NotFound />;
  return (
    <Page title={text.title} wide={shown.wide}>
      <nav className={css.sections} aria-label={text.title}>
        {sections.map(({ path, label }) => (
          <Link
            key={label}
            className={css.link}
            href={path === null ? '/settings' : `/settings/${path}`}
            aria-current={path === section ? 'page' : undefined}
          >
            {label}
          </Link>
        ))}
      </nav>
      <Suspense fallback={<SkeletonRows count={4} label={text.loading} />}>{shown.body}</Suspense>
    </Page>
  );
}
