import type { ToFrame, ToLoader } from './frame-messages';

/**
 * The iframe's side of the talk with the loader. Only the host page's exact origin, which the loader gave in the address,
 * hears and is heard; the gateway's `frame-ancestors` decides which pages may be host at all.
 */
export class HostLink {
  private count = 0;

  constructor(private readonly hostOrigin: string) {}

  listen(receive: (message: ToFrame) => void): void {
    addEventListener('message', (event: MessageEvent<ToFrame>) => {
      if (event.source === parent && event.origin === this.hostOrigin) receive(event.data);
    });
    this.post({ t: 'ready' });
  }

  store(key: string, value: string | null): void {
    this.post({ t: 'store', key, value });
  }

  swap(key: string, from: string | null, value: string | null): void {
    this.post({ t: 'store', key, from, value });
  }

  unread(count: number): void {
    if (count !== this.count) this.post({ t: 'event', name: 'unread', detail: { count } });
    this.count = count;
  }

  /** The visitor's answer to a form is stored. */
  submitted(formId: string): void {
    this.post({ t: 'event', name: 'form', detail: { formId } });
  }

  close(): void {
    this.post({ t: 'close' });
  }

  private post(message: ToLoader): void {
    parent.postMessage(message, this.hostOrigin);
  }
}
