import { useToasts } from '../design';
import { ChangeRefused, RequestError } from '../data';
import { useText } from '../i18n';

/** A change was put back: says so and why. Answers whether it was done. */
export function useReportRefusal(): (change: Promise<unknown>) => Promise<boolean> {
  const toasts = useToasts();
  const text = useText().thread;
  return async (change) => {
    try {
      await change;
      return true;
    } catch (error) {
      if (error instanceof ChangeRefused) {
        const [first] = error.errors;
        toasts.show({
          tone: 'danger',
          text: text.changeRefused(text.reasons[first?.code ?? ''] ?? text.reasonUnknown),
        });
      } else if (error instanceof RequestError) {
        // Signed out has a dialog of its own.
        if (error.kind !== 'signed-out') toasts.show({ tone: 'danger', text: text.changeFailed[error.kind] });
      } else throw error;
      return false;
    }
  };
}
