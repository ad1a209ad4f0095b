import { useCallback, type ReactNode } from 'react';
import { request } from '../data';
import { Icon } from '../design';
import { FirstConversationsDocument, type ChannelKind } from '../generated/documents';
import { useText } from '../i18n';
import { CopyButton } from './copy-button';
import css from './first-run.module.css';
import { type InstalledChannel, useInstalledChannels } from './installed-channels';
import { useLoaded, type Loaded } from './use-loaded';

interface StepState {
  done: boolean;
  label: string;
  detail?: string;
}

const ASK_AGAIN = 15_000;

const webChatUsed = async (signal: AbortSignal): Promise<boolean> =>
  (await request(FirstConversationsDocument, {}, { signal })).byChat.nodes.length > 0;

/** The three ways in, each with what is known of it now. */
export default function SetupSteps() {
  const text = useText().settings;
  const chat = useLoaded(useCallback(webChatUsed, []), ASK_AGAIN);
  const known = useInstalledChannels();
  const address = known.data?.find(({ kind }) => kind === 'WEB_CHAT')?.address ?? null;
  const snippet = snippetFor(address ?? 'https://chat.example.com');
  const chatState: StepState = {
    done: chat.data === true,
    label: chat.data === true ? text.chatArrived : chat.data === false ? text.chatWaiting : text.stateUnknown,
  };
  return (
    <ol className={css.steps}>
      <Step number={1} name={text.installWidget} state={chatState}>
        <p>{text.installWidgetHint}</p>
        <pre className={css.code}>{snippet}</pre>
        <CopyButton text={snippet} />
        {address === null && <p>{text.snippetAddress}</p>}
      </Step>
      <Step number={2} name={text.connectMailbox} state={useChannelState(known, 'EMAIL')}>
        <p>{text.connectMailboxHint}</p>
      </Step>
      <Step number={3} name={text.connectMessenger} state={useChannelState(known, 'MESSENGER')}>
        <p>{text.connectMessengerHint}</p>
      </Step>
    </ol>
  );
}

const snippetFor = (origin: string): string =>
  `<script async src="${origin}/widget.js"\n  data-site="site_demo"></script>`;

/** A channel that no service answers for is not part of the installation; that is no fault. */
function useChannelState({ data, error }: Loaded<readonly InstalledChannel[]>, kind: ChannelKind): StepState {
  const text = useText().settings;
  if (error?.kind === 'forbidden') return { done: false, label: text.onlyAdminsSee };
  if (error?.kind === 'unavailable') return { done: false, label: text.notInstalled };
  if (data === null) return { done: false, label: text.stateUnknown };
  const channel = data.find((candidate) => candidate.kind === kind);
  if (channel === undefined) return { done: false, label: text.notInstalled };
  const detail = channel.detail ?? undefined;
  if (channel.health === 'OK') return { done: true, label: text.connected(channel.address ?? channel.name) };
  return { done: false, label: text.health[channel.health], detail };
}

function Step({
  number,
  name,
  state,
  children,
}: {
  number: number;
  name: string;
  state: StepState;
  children: ReactNode;
}) {
  return (
    <li className={css.step}>
      <span className={state.done ? `${css.number ?? ''} ${css.done ?? ''}` : css.number} aria-hidden>
        {state.done ? <Icon name="check" size={20} /> : number}
      </span>
      <div className={css.name}>
        <h3 style={{ font: 'inherit' }}>{name}</h3>
        <span className={css.state} role="status">
          {state.label}
        </span>
      </div>
      <div className={css.body}>
        {state.detail !== undefined && <p>{state.detail}</p>}
        {!state.done && children}
      </div>
    </li>
  );
}
