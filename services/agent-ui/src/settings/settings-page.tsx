import { Link } from 'wouter';
import { useText } from '../i18n';
import { GeneralSettings } from './general-settings';
import { InstallationSettings } from './installation-settings';
import { NotFound } from '../navigation/not-found';
import { Page } from './page';
import { ProfileSettings } from './profile-settings';
import css from './settings-page.module.css';

/** /settings, /settings/profile, /settings/installation */
export default function SettingsPage({ section }: { section: string | null }) {
  const text = useText().settings;
  const sections = [
    { path: null, label: text.general, body: <GeneralSettings /> },
    { path: 'profile', label: text.profile, body: <ProfileSettings /> },
    { path: 'installation', label: text.installation, body: <InstallationSettings /> },
  ];
  const shown = sections.find(({ path }) => path === section);
  if (shown === undefined) return <NotFound />;
  return (
    <Page title={text.title}>
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
      {shown.body}
    </Page>
  );
}
