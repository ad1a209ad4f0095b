import type { FormField, FormFieldKey } from '@conversations/contracts';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { ChatSession } from './chat-session';
import { FIELDS, type FormValues } from './form';
import type { Catalogue } from './i18n/en';
import type { Locale } from './i18n/locale';
import type { WaitingForm } from './timeline';

type Trouble = 'missing' | 'wrong';
type Troubles = Partial<Record<FormFieldKey, Trouble>>;

interface FormProps {
  asked: WaitingForm;
  session: ChatSession;
  locale: Locale;
  live: boolean;
}

/** A form that waits for its answer. Whether a value is good is the gateway's to say; here only what the browser can tell. */
export function AskedFormView({ asked, session, locale: { text }, live }: FormProps) {
  const { formId, fields, submitLabel, passed } = asked;
  const unsent = session.outbox.answersTo(formId).at(-1);
  const refused = unsent?.refused === undefined ? null : (unsent.field ?? '');
  const pending = unsent !== undefined && refused === null;
  /** Refused, and at no field that could be mended. */
  const astray = refused !== null && !fields.some(({ key }) => key === refused);
  const { troubled } = session.delivery;
  const [values, setValues] = useState<FormValues>(() => unsent?.form?.values ?? session.forms.draftOf(formId));
  const [troubles, setTroubles] = useState<Troubles>({});
  const [wanted, setWanted] = useState(Object.keys(values).length > 0);
  const form = useRef<HTMLFormElement>(null);
  const focusNext = useRef(false);
  const holdsFocus = () => form.current?.contains(document.activeElement) === true;

  // Before it is drawn: what the visitor mends on seeing the refusal must not be written over.
  useLayoutEffect(() => {
    if (refused === null) return;
    setValues(unsent?.form?.values ?? {});
    setTroubles({ [refused]: 'wrong' });
    focusNext.current = holdsFocus();
  }, [unsent?.clientId, refused]);
  useEffect(() => {
    if (focusNext.current) form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
    focusNext.current = false;
  }, [troubles]);
  // Answered: the keyboard stays in the conversation.
  useEffect(
    () => () => {
      if (holdsFocus()) form.current?.closest<HTMLElement>('[role=log]')?.focus();
    },
    [],
  );

  const change = (key: FormFieldKey, value: string) => {
    const changed = { ...values, [key]: value };
    setValues(changed);
    setTroubles(({ [key]: _, ...others }) => others);
    session.forms.keepDraft({ formId, values: changed });
  };
  const submit = (event: Event) => {
    event.preventDefault();
    if (pending) {
      session.retry();
      return;
    }
    const found = form.current === null ? {} : troublesOf(fields, form.current);
    focusNext.current = true;
    setTroubles(found);
    if (Object.keys(found).length === 0) session.submit(formId, values);
  };

  if (passed && !wanted && unsent === undefined) {
    return (
      <button
        class="small"
        type="button"
        onClick={() => {
          setWanted(true);
        }}
      >
        {text.fillIn}
      </button>
    );
  }
  return (
    <form
      class="ask"
      noValidate
      ref={form}
      onSubmit={submit}
      onFocusIn={() => {
        setWanted(true);
      }}
    >
      {fields.map((field) => (
        <Field
          key={field.key}
          field={field}
          value={(pending ? unsent.form?.values[field.key] : values[field.key]) ?? ''}
          trouble={troubles[field.key]}
          text={text}
          readOnly={pending}
          onInput={(value) => {
            change(field.key, value);
          }}
        />
      ))}
      <button class="submit" type="submit" aria-disabled={pending}>
        <bdi>{submitLabel}</bdi>
      </button>
      <p role="status" class={astray || (pending && live && troubled) ? 'danger' : ''}>
        {astray && text.wrongValue}
        {pending && (live ? (troubled ? text.notSent : text.sending) : text.waiting)}
      </p>
    </form>
  );
}

interface FieldProps {
  field: FormField;
  value: string;
  trouble: Trouble | undefined;
  text: Catalogue;
  readOnly: boolean;
  onInput: (value: string) => void;
}

function Field({ field: { key, label, required }, value, trouble, text, readOnly, onInput }: FieldProps) {
  const id = `ask-${key}`;
  const wrong = { email: text.wrongAddress, phone: text.wrongNumber, name: text.wrongValue, company: text.wrongValue };
  return (
    <div>
      <label for={id}>
        <bdi>{label}</bdi>
        {required && (
          <span class="danger" aria-hidden="true">
            {' *'}
          </span>
        )}
      </label>
      <input
        {...FIELDS[key]}
        id={id}
        name={key}
        dir="auto"
        required={required}
        readOnly={readOnly}
        value={value}
        aria-invalid={trouble !== undefined}
        aria-describedby={trouble && `${id}-trouble`}
        onInput={(event) => {
          onInput(event.currentTarget.value);
        }}
      />
      {trouble && (
        <p class="danger" id={`${id}-trouble`}>
          {trouble === 'missing' ? text.missing : wrong[key]}
        </p>
      )}
    </div>
  );
}

function troublesOf(fields: readonly FormField[], form: HTMLFormElement): Troubles {
  const troubles: Troubles = {};
  for (const { key, required } of fields) {
    const input = form.elements.namedItem(key);
    if (!(input instanceof HTMLInputElement)) continue;
    if (required && input.value.trim() === '') troubles[key] = 'missing';
    else if (input.validity.typeMismatch) troubles[key] = 'wrong';
  }
  return troubles;
}
