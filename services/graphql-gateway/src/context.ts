import type { InputOf, MessageSnapshot, OutputOf, RequestContract } from '@conversations/contracts';
import { Messaging } from '@conversations/messaging';
import { Inject, Injectable } from '@nestjs/common';
import { Accounts } from './auth/accounts';
import type { SignedIn } from './auth/agent';
import { AgentDirectory } from './auth/agent-directory';
import { Invitations } from './auth/invitations';
import { GatewaySettings, SETTINGS } from './config';
import { AgentActivities } from './live/agent-activities';
import { EventLog } from './live/event-log';
import { VisitorPresence } from './live/visitor-presence';
import { MailContent } from './mail/mail-content';
import { createLoaders, type Loaders } from './loaders';
import { MessengerProfiles } from './messenger-profiles';

/** What every resolver gets. Made anew for each operation; for pushed events, for each batch of them. */
export interface GatewayContext {
  viewer: SignedIn;
  loaders: Loaders;
  /** Where the request came from; empty for what is pushed. */
  address: string;
  agents: AgentDirectory;
  accounts: Accounts;
  invitations: Invitations;
  presence: VisitorPresence;
  messengerProfiles: MessengerProfiles;
  activities: AgentActivities;
  log: EventLog;
  mails: MailContent;
  publicOrigin: string;
  /** A message that need not be asked for: what is pushed is in the log already. Nothing for requests, which read the database. */
  recentMessage: (id: string) => MessageSnapshot | undefined;
  ask: <C extends RequestContract>(contract: C, input: InputOf<C>) => Promise<OutputOf<C>>;
}

/** The signed-in agent as the one who does something. */
export const actor = ({ viewer }: GatewayContext) => ({
  kind: 'agent' as const,
  id: viewer.agent.id,
  name: viewer.agent.displayName,
});

@Injectable()
export class Contexts {
  constructor(
    private readonly messaging: Messaging,
    private readonly agents: AgentDirectory,
    private readonly accounts: Accounts,
    private readonly invitations: Invitations,
    private readonly presence: VisitorPresence,
    private readonly messengerProfiles: MessengerProfiles,
    private readonly activities: AgentActivities,
    private readonly log: EventLog,
    private readonly mails: MailContent,
    @Inject(SETTINGS) private readonly settings: GatewaySettings,
  ) {}

  /** For one operation over HTTP. */
  create(viewer: SignedIn, address: string): GatewayContext {
    return { ...this.parts(viewer, createLoaders(this.messaging)), address, recentMessage: () => undefined };
  }

  /** For one pushed event. */
  forPush(viewer: SignedIn, loaders: Loaders): GatewayContext {
    return { ...this.parts(viewer, loaders), address: '', recentMessage: (id) => this.log.recentMessage(id) };
  }

  private parts(viewer: SignedIn, loaders: Loaders): Omit<GatewayContext, 'address' | 'recentMessage'> {
    return {
      viewer,
      loaders,
      agents: this.agents,
      accounts: this.accounts,
      invitations: this.invitations,
      presence: this.presence,
      messengerProfiles: this.messengerProfiles,
      activities: this.activities,
      log: this.log,
      mails: this.mails,
      publicOrigin: this.settings.PUBLIC_ORIGIN,
      ask: (contract, input) => this.messaging.request(contract, input),
    };
  }
}
