import { appSecretProof } from '@conversations/graph-simulator';
import { APP_SECRET, PAGE } from './receiver';

export interface GraphAnswer {
  status: number;
  headers: Headers;
  json: {
    message_id?: string;
    recipient_id?: string;
    error?: { code: number; error_subcode?: number; type: string; message: string; fbtrace_id: string };
    [name: string]: unknown;
  };
}

const answerOf = async (response: Response): Promise<GraphAnswer> => ({
  status: response.status,
  headers: response.headers,
  json: await response.json(),
});

/** Calls Graph as an app of one page does: token in the header, proof in the address. */
export class GraphCaller {
  constructor(
    private readonly url: string,
    private readonly token = PAGE.token,
    private readonly version = 'v26.0',
  ) {}

  address(path: string, params: Record<string, string> = {}): string {
    const proof = appSecretProof(this.token, APP_SECRET);
    return `${this.url}/${this.version}${path}?${new URLSearchParams({ ...params, appsecret_proof: proof }).toString()}`;
  }

  async get(path: string, params: Record<string, string> = {}): Promise<GraphAnswer> {
    return answerOf(await fetch(this.address(path, params), { headers: { Authorization: `Bearer ${this.token}` } }));
  }

  async post(path: string, body: object): Promise<GraphAnswer> {
    return answerOf(await this.raw(path, JSON.stringify(body), 'application/json'));
  }

  raw(path: string, body: string, contentType: string): Promise<Response> {
    const headers = { Authorization: `Bearer ${this.token}`, 'Content-Type': contentType };
    return fetch(this.address(path), { method: 'POST', headers, body });
  }

  send(psid: string, message: object, more: object = {}): Promise<GraphAnswer> {
    return this.post('/me/messages', { recipient: { id: psid }, messaging_type: 'RESPONSE', message, ...more });
  }

  async sendFile(psid: string, type: string, file: { bytes: Buffer; contentType: string; name: string }) {
    const form = new FormData();
    form.set('recipient', JSON.stringify({ id: psid }));
    form.set('messaging_type', 'RESPONSE');
    form.set('message', JSON.stringify({ attachment: { type, payload: {} }, metadata: 'prt_file' }));
    form.set('filedata', new Blob([new Uint8Array(file.bytes)], { type: file.contentType }), file.name);
    const headers = { Authorization: `Bearer ${this.token}` };
    return answerOf(await fetch(this.address('/me/messages'), { method: 'POST', headers, body: form }));
  }
}

/** What an error is told apart by. */
export const codes = ({ json }: GraphAnswer) => [json.error?.code, json.error?.error_subcode];
