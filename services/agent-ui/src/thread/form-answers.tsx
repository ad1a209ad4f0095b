import type { ThreadMessage } from '../data';
import { useText } from '../i18n';
import css from './form-answers.module.css';

/** What a visitor answered to the chatbot's form. */
export function FormAnswers({ form }: { form: NonNullable<ThreadMessage['form']> }) {
  const text = useText().thread;
  return (
    <table className={css.table}>
      <caption className="only-read">{text.formTitle}</caption>
      <thead className="only-read">
        <tr>
          <th scope="col">{text.question}</th>
          <th scope="col">{text.answer}</th>
        </tr>
      </thead>
      <tbody>
        {form.answers.map(({ key, label, value }) => (
          <tr key={key}>
            <th scope="row">{label}</th>
            <td dir="auto">{value === '' ? <span className={css.none}>{text.noAnswer}</span> : value}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
