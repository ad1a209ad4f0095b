import { useConversation } from '../data';
import { Banner } from '../design';
import { useText } from '../i18n';
import { useViewer } from '../session';
import css from './composer.module.css';
import { ReplyBox } from './reply-box';

/** Where an agent answers the open conversation; a viewer is told who may. */
export function Composer({ conversationId }: { conversationId: string }) {
  const text = useText().composer;
  const { agent } = useViewer();
  const conversation = useConversation(conversationId);
  if (conversation === undefined) return null;
  if (agent.role === 'VIEWER')
    return (
      <div className={css.composer}>
        <Banner tone="info">{text.viewer}</Banner>
      </div>
    );
  // Another conversation is another box: no caret, menu or notice of one may reach the next.
  return <ReplyBox key={conversationId} conversation={conversation} />;
}
