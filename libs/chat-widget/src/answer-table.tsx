import type { AnsweredForm } from '@conversations/contracts';

/** What the visitor answered to a form, to read. */
export function AnswerTable({ form }: { form: AnsweredForm }) {
  return (
    <dl>
      {form.answers.map(({ key, label, value }) => (
        <div key={key}>
          <dt dir="auto">{label}</dt>
          <dd dir="auto">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
