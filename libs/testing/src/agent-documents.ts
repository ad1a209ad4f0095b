/** The documents that {@link AgentClient} uses, each as small as its callers need. */
const MESSAGE = /* GraphQL */ `
  fragment MessageFields on Message {
    id
    clientMessageId
    channel
    direction
    text
    attachments {
      id
      filename
      contentType
      byteSize
      downloadUrl
      thumbnailUrl
    }
    createdAt
    delivery {
      state
    }
    author {
      __typename
      ... on Agent {
        displayName
      }
      ... on Visitor {
        displayName
      }
      ... on Contact {
        displayName
      }
      ... on MessengerProfile {
        displayName
      }
    }
  }
`;

const CONVERSATION = /* GraphQL */ `
  fragment ConversationFields on Conversation {
    id
    version
    status
    unread
    waitingForReply
    title
    lastChannel
    lastActivityAt
    assignee {
      id
      displayName
    }
    read {
      at
      by {
        displayName
      }
    }
    lastMessage {
      ...MessageFields
    }
  }
  ${MESSAGE}
`;

const ACTIVITY = /* GraphQL */ `
  fragment ActivityFields on ConversationActivity {
    id
    kind
    stamp {
      at
      by {
        displayName
      }
    }
    assignee {
      displayName
    }
  }
`;

const errors = 'errors { code message }';

export const INBOX = /* GraphQL */ `
  query Inbox($filter: ConversationFilter, $first: Int, $after: String) {
    conversations(filter: $filter, first: $first, after: $after) {
      nodes {
        ...ConversationFields
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
  ${CONVERSATION}
`;

export const TIMELINE = /* GraphQL */ `
  query Timeline($id: ID!, $before: String) {
    conversation(id: $id) {
      ...ConversationFields
      timeline(last: 100, before: $before) {
        nodes {
          __typename
          ...MessageFields
          ...ActivityFields
        }
        pageInfo {
          hasPreviousPage
          startCursor
        }
      }
    }
  }
  ${CONVERSATION}
  ${ACTIVITY}
`;

export const OPEN = /* GraphQL */ `
  mutation Open($input: OpenConversationInput!) {
    openConversation(input: $input) { conversation { ...ConversationFields } cursor ${errors} }
  }
  ${CONVERSATION}
`;

export const SEND = /* GraphQL */ `
  mutation Send($input: SendMessageInput!) {
    sendMessage(input: $input) { message { ...MessageFields } conversation { id version status } cursor ${errors} }
  }
  ${MESSAGE}
`;

const change = (verb: string, input: string) => /* GraphQL */ `
  mutation Change($input: ${input}!) {
    ${verb}(input: $input) { conversation { ...ConversationFields } cursor ${errors} }
  }
  ${CONVERSATION}
`;
export const COMPLETE = change('completeConversation', 'ConversationStatusInput');
export const REOPEN = change('reopenConversation', 'ConversationStatusInput');
export const MARK_UNREAD = change('markConversationUnread', 'ConversationStatusInput');
export const ASSIGN = change('assignConversation', 'AssignConversationInput');

export const INBOX_CHANGED = /* GraphQL */ `
  subscription InboxChanged($after: EventCursor) {
    inboxChanged(after: $after) {
      __typename
      ... on StreamEvent {
        cursor
      }
      ... on StreamReady {
        replaying
      }
      ... on ResyncRequired {
        reason
      }
      ... on ConversationUpserted {
        notify
        conversation {
          ...ConversationFields
        }
      }
      ... on InboxCountersChanged {
        inbox {
          unread
          open
          attention
        }
      }
      ... on VisitorPresenceChanged {
        visitor {
          id
          presence {
            state
          }
        }
      }
    }
  }
  ${CONVERSATION}
`;

export const CONVERSATION_CHANGED = /* GraphQL */ `
  subscription ConversationChanged($id: ID!, $after: EventCursor) {
    conversationChanged(id: $id, after: $after) {
      __typename
      ... on StreamEvent {
        cursor
      }
      ... on StreamReady {
        replaying
      }
      ... on ResyncRequired {
        reason
      }
      ... on TimelineItemAdded {
        edge {
          node {
            __typename
            ...MessageFields
            ...ActivityFields
          }
        }
      }
      ... on MessageChanged {
        message {
          ...MessageFields
        }
      }
      ... on ConversationUpserted {
        conversation {
          ...ConversationFields
        }
      }
      ... on VisitorPresenceChanged {
        visitor {
          id
          presence {
            state
          }
        }
      }
    }
  }
  ${CONVERSATION}
  ${ACTIVITY}
`;
