import { Component, type ReactNode } from 'react';
import { Button, EmptyState } from '../design';
import { useText } from '../i18n';

interface Props {
  /** When it changes, what failed is tried again: another page may well work. */
  resetKey?: string;
  children: ReactNode;
}

/** A part that fails says so and offers a reload. Drafts and unsent messages are in the browser's storage, not in it. */
export class ErrorBoundary extends Component<Props, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override componentDidUpdate({ resetKey }: Props): void {
    if (this.state.failed && resetKey !== this.props.resetKey) this.setState({ failed: false });
  }

  override render(): ReactNode {
    return this.state.failed ? <PageFailed retry={() => this.setState({ failed: false })} /> : this.props.children;
  }
}

function PageFailed({ retry }: { retry: () => void }) {
  const text = useText().navigation;
  return (
    <div role="alert">
      <EmptyState
        icon="warning"
        title={text.failed}
        action={
          <span style={{ display: 'flex', gap: 8 }}>
            <Button variant="primary" onClick={() => window.location.reload()}>
              {text.reload}
            </Button>
            <Button onClick={retry}>{text.tryAgain}</Button>
          </span>
        }
      >
        {text.failedHint}
      </EmptyState>
    </div>
  );
}
