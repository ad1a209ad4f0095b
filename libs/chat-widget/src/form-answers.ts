import type { AnsweredForm } from '@conversations/contracts';
import { cleanText } from './clean-text';
import { answersTo, type FilledForm, type FormValues, readFilled } from './form';
import type { HostLink } from './host-link';
import type { Outbox, Unsent } from './outbox';
import { parsed } from './parsed';
import type { Thread } from './thread';

const KEY = 'form';

/** What the visitor typed into forms and sent; the host page's storage keeps it over reloads. */
export class FormAnswers {
  private draft: FilledForm | null;

  constructor(
    private readonly host: HostLink,
    private readonly outbox: Outbox,
    stored: Readonly<Record<string, string>>,
  ) {
    this.draft = readFilled(parsed(stored[KEY]));
  }

  draftOf(formId: string): FormValues {
    return this.draft?.formId === formId ? this.draft.values : {};
  }

  keepDraft(draft: FilledForm): void {
    this.draft = draft;
    this.host.store(KEY, JSON.stringify(draft));
  }

  submit(formId: string, values: FormValues): void {
    const cleaned = Object.entries(values).map(([key, value]) => [key, cleanText(value).trim()] as const);
    this.outbox.addForm({ formId, values: Object.fromEntries(cleaned) });
    this.forgetDraft();
  }

  /** As the thread shows a sent answer that is stored now. */
  stored({ form }: Unsent, thread: Thread): { form?: AnsweredForm } {
    const asked = thread.messages.find(({ askedForm }) => askedForm?.formId === form?.formId)?.askedForm;
    return form === undefined || asked === undefined ? {} : { form: answersTo(asked, form.values) };
  }

  /** Another visitor was not asked. */
  beginAnew(): void {
    this.outbox.removeForms();
    this.forgetDraft();
  }

  private forgetDraft(): void {
    this.draft = null;
    this.host.store(KEY, null);
  }
}
