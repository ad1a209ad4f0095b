/** How the data layer reaches the gateway; a page needs nothing but its own origin. */
export interface Transport {
  fetch(path: string, init: RequestInit): Promise<Response>;
  socketUrl: string;
  /** Default: the browser's WebSocket. */
  webSocketImpl?: unknown;
}

export function ownOrigin(): Transport {
  return {
    fetch: (path, init) => fetch(path, init),
    socketUrl: new URL('/graphql', location.href).href.replace(/^http/, 'ws'),
  };
}
