import type { DataOf, MessageContract } from '@conversations/contracts';
import { AUTOMATION_ID, ConversationHandedOff, MessageAdded } from '@conversations/contracts';
import { newId } from '@conversations/runtime';
import type { Activity } from '../conversation/activity.entity';
import type { Conversation } from '../conversation/conversation.entity';
import type { Message, MessageDraft } from '../conversation/message.entity';
import type { Effect } from './run-flow';

/** Whoever stores what the bot did, and the events that tell of it. */
interface Stored {
  addMessage(message: Message): void;
  addActivity(activity: Activity): void;
  announce<C extends MessageContract>(contract: C, conversation: Conversation, data: DataOf<C>): void;
}

/** Does in the conversation what its flow says, in order. */
export function performEffects(
  effects: readonly Effect[],
  { conversation, botName, at }: { conversation: Conversation; botName: string; at: Date },
  stored: Stored,
): void {
  const bot = { kind: 'automation' as const, id: AUTOMATION_ID, name: botName };
  const say = (stepId: string, text: string, form: MessageDraft['form']) => {
    const message = conversation.say({
      id: newId('msg'),
      // The database's own word that no step is done twice.
      idempotencyKey: botKey(conversation.id, stepId),
      channel: 'chat',
      direction: 'OUTBOUND',
      author: bot,
      text,
      attachments: [],
      clientMessageId: null,
      form,
      createdAt: at,
    });
    stored.addMessage(message);
    const data = { conversation: conversation.snapshot(), message: message.snapshot() };
    stored.announce(MessageAdded, conversation, data);
  };
  for (const effect of effects) {
    if (effect.kind === 'SAY') say(effect.stepId, effect.text, null);
    else if (effect.kind === 'ASK') {
      const { stepId: formId, prompt, fields, submitLabel } = effect;
      say(formId, prompt, { formId, fields, submitLabel });
    } else {
      if (effect.text !== null) say(effect.stepId, effect.text, null);
      const activity = conversation.handOff(bot, at);
      stored.addActivity(activity);
      const data = { conversation: conversation.snapshot(), activity: activity.snapshot() };
      stored.announce(ConversationHandedOff, conversation, data);
    }
  }
}

/** Idempotency key of what the bot says in a step. */
export const botKey = (conversationId: string, stepId: string) => `bot:${conversationId}:${stepId}`;
