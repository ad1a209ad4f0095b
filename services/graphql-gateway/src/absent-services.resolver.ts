import { UpstreamUnavailable } from '@conversations/messaging';
import type { Resolvers } from './generated/resolvers';

/**
 * Fields whose service is not part of this installation. They answer as they do while that service is down, so that a
 * client needs one way only to deal with its absence.
 */
const absent = (service: string) => () => {
  throw new UpstreamUnavailable(service);
};

export const absentServiceResolvers: Resolvers = {
  Query: {
    chatbotAutomation: absent('automation'),
  },
  Mutation: {
    saveChatbotAutomation: absent('automation'),
  },
  ChatbotAutomation: {
    version: absent('automation'),
    enabled: absent('automation'),
    trigger: absent('automation'),
    steps: absent('automation'),
  },
};
