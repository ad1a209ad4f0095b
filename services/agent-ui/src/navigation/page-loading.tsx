import { useText } from '../i18n';

/** While a page's code comes; nothing is drawn, because it takes a moment only. */
export function PageLoading() {
  return (
    <p className="only-read" role="status">
      {useText().navigation.loading}
    </p>
  );
}
