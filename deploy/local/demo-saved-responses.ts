import { AgentClient, DEMO_AGENTS } from '@conversations/testing';
import { type LocalStack } from './local-stack';

interface SampleCategory {
  name: string;
  responses: [title: string, body: string][];
}

const SAMPLES: SampleCategory[] = [
  {
    name: 'Delivery',
    responses: [
      [
        'Delivery times',
        'Orders placed before 2 pm leave our warehouse the same day. Delivery takes 2 to 3 working days in France and Belgium, and 3 to 5 elsewhere in Europe.',
      ],
      [
        'Tracking link',
        'Your parcel has left our warehouse. You can follow it with the link in the confirmation mail; it shows the first movement within 24 hours.',
      ],
      [
        'Suivi du colis',
        "Votre colis a quitté notre entrepôt. Vous pouvez le suivre avec le lien qui figure dans l'e-mail de confirmation.",
      ],
    ],
  },
  {
    name: 'Returns and exchanges',
    responses: [
      [
        'Exchange for another size',
        'Of course! Send the article back within 30 days with the label that comes with the parcel, and tell us the size you would like. The exchange is free.',
      ],
      [
        'Refund under way',
        'We have your return, thank you. The refund goes to the card you paid with and takes 3 to 5 working days.',
      ],
      [
        'Étiquette de retour',
        'Je vous prépare une étiquette de retour : vous la recevrez par e-mail dans quelques minutes. Vous avez 30 jours pour déposer le colis en point relais.',
      ],
    ],
  },
  {
    name: 'Greetings',
    responses: [
      [
        'Thank you and goodbye',
        'Goodbye {{contact.firstName|for now}}, and thank you for writing to us. Come back whenever you have a question!',
      ],
      ['Merci et à bientôt', 'Merci pour votre message. Très bonne journée, et à bientôt !'],
    ],
  },
];

const CREATE_CATEGORY = /* GraphQL */ `
  mutation ($input: CreateSavedResponseCategoryInput!) {
    made: createSavedResponseCategory(input: $input) {
      category {
        id
      }
      errors {
        code
        message
      }
    }
  }
`;
const CREATE_RESPONSE = /* GraphQL */ `
  mutation ($input: CreateSavedResponseInput!) {
    made: createSavedResponse(input: $input) {
      errors {
        code
        message
      }
    }
  }
`;

interface Made {
  made: { category?: { id: string } | null; errors: { code: string; message: string }[] };
}

/** A few saved responses in three categories, through the agents' API, when there is no category yet. Says how many. */
export async function seedSavedResponses({ installation, gatewayUrl }: LocalStack): Promise<number> {
  const signIn = (agent: 'admin' | 'amelie') =>
    AgentClient.signIn({ urls: [gatewayUrl], email: DEMO_AGENTS[agent], password: installation.demoPassword });
  const [admin, amelie] = await Promise.all([signIn('admin'), signIn('amelie')]);
  const { savedResponseCategories: existing } = await admin.request<{ savedResponseCategories: unknown[] }>(
    '{ savedResponseCategories { id } }',
  );
  if (existing.length > 0) return 0;
  const make = async (agent: AgentClient, document: string, input: Record<string, unknown>) => {
    const { made } = await agent.request<Made>(document, { input });
    const [error] = made.errors;
    if (error) throw new Error(`${error.code} ${error.message}`);
    return made;
  };

  let count = 0;
  for (const { name, responses } of SAMPLES) {
    const { category } = await make(admin, CREATE_CATEGORY, { name });
    for (const [title, body] of responses) {
      await make(amelie, CREATE_RESPONSE, { title, body, categoryId: category?.id ?? null });
      count += 1;
    }
  }
  return count;
}
