import { ButtonLink, EmptyState } from '../design';
import { useText } from '../i18n';

export function NotFound() {
  const text = useText().navigation;
  return (
    <EmptyState
      icon="info"
      heading="h1"
      title={text.notFound}
      action={
        <ButtonLink href="/inbox" variant="primary">
          {text.toInbox}
        </ButtonLink>
      }
    >
      {text.notFoundHint}
    </EmptyState>
  );
}
