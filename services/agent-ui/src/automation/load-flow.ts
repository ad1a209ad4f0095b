import { request } from '../data';
import { AutomationDocument } from '../generated/documents';
import { type PublishedFlow, publishedFlowOf } from './flow';

/** The newest version, or an earlier one; null when there is none. */
export async function loadFlow(version: number | null, signal?: AbortSignal): Promise<{ found: PublishedFlow | null }> {
  const { chatbotAutomation } = await request(AutomationDocument, { version }, { signal });
  return { found: chatbotAutomation && publishedFlowOf(chatbotAutomation) };
}
