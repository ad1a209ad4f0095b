import type { ThreadView, WorldView } from '../src/views';
import { call } from './api';
import { span } from './span';
import type { Language, Text } from './text';

interface Props {
  text: Text;
  language: Language;
  world: WorldView;
  thread: ThreadView | undefined;
  page: WorldView['pages'][number] | undefined;
  readsAtOnce: boolean;
  setReadsAtOnce: (on: boolean) => void;
  act: (work: Promise<unknown>) => void;
}

/** Clock, person, page, faults: what no customer can do, and a test has to. */
export function Controls(props: Props) {
  const { text, thread, page } = props;
  return (
    <aside class="card controls" aria-label={text.title}>
      <ClockControl {...props} />
      {thread && <PersonControl {...props} person={thread.person} />}
      {page && <PageControl {...props} page={page} />}
      <FaultControl {...props} />
    </aside>
  );
}

const HOUR_MS = 3_600_000;

function ClockControl({ text, language, world, thread, act }: Props) {
  const { now, ahead } = world.clock;
  const moved = Math.abs(ahead) >= 60_000;
  const shift = ahead > 0 ? text.ahead(span(ahead)) : text.behind(span(ahead));
  const time = new Date(now).toLocaleString(language, { dateStyle: 'medium', timeStyle: 'short' });
  return (
    <section>
      <h2>{text.clock}</h2>
      <p class="time">{time}</p>
      <p class="muted">{moved ? shift : text.realTime}</p>
      <div class="buttons">
        {[-25, 1, 25].map((hours) => (
          <button key={hours} type="button" onClick={() => act(call('POST', '/clock', { moveBy: hours * HOUR_MS }))}>
            {hours > 0 ? '+' : '−'}
            {text.hours(Math.abs(hours))}
          </button>
        ))}
        <button type="button" onClick={() => act(call('POST', '/clock', { state: 'real' }))}>
          {text.backToNow}
        </button>
      </div>
      {thread && <WindowState {...{ text }} thread={thread} now={now} />}
    </section>
  );
}

function WindowState({ text, thread, now }: { text: Text; thread: ThreadView; now: number }) {
  const { closesAt } = thread;
  if (closesAt === null) return <p class="window">{text.windowNever}</p>;
  if (closesAt <= now) return <p class="window closed">{text.windowClosed}</p>;
  return <p class="window open">{text.windowOpen(span(closesAt - now))}</p>;
}

function PersonControl({ text, person, readsAtOnce, setReadsAtOnce, act }: Props & { person: ThreadView['person'] }) {
  const change = (changed: object) => act(call('PATCH', `/people/${person.psid}`, changed));
  return (
    <section>
      <h2>{text.person}</h2>
      <select
        aria-label={text.person}
        value={person.reachable}
        onChange={({ currentTarget }) => change({ reachable: currentTarget.value })}
      >
        {Object.entries(text.reachable).map(([value, name]) => (
          <option key={value} value={value}>
            {name}
          </option>
        ))}
      </select>
      <Switch name={text.phoneOff} on={person.phoneOff} set={(phoneOff) => change({ phoneOff })} />
      <Switch name={text.readAtOnce} on={readsAtOnce} set={setReadsAtOnce} />
    </section>
  );
}

function PageControl({ text, page, act }: Props & { page: WorldView['pages'][number] }) {
  const change = (changed: object) => act(call('PATCH', `/pages/${page.id}`, changed));
  return (
    <section>
      <h2>{text.pageState}</h2>
      <Switch name={text.tokenRevoked} on={page.tokenRevoked} set={(tokenRevoked) => change({ tokenRevoked })} />
      <Switch name={text.restricted} on={page.restricted} set={(restricted) => change({ restricted })} />
      <Switch name={text.humanAgent} on={page.humanAgent} set={(humanAgent) => change({ humanAgent })} />
    </section>
  );
}

function FaultControl({ text, world, act }: Props) {
  const { faults, webhooks } = world;
  return (
    <>
      <section>
        <h2>{text.faults}</h2>
        <div class="buttons tall">
          {Object.entries(text.faultNames).map(([kind, name]) => (
            <button key={kind} type="button" onClick={() => act(call('POST', '/faults', { kind, times: 1 }))}>
              {name}
            </button>
          ))}
        </div>
        <p class="muted" role="status">
          {faults.length === 0 ? text.noFaults : text.armed(faults.length)}
        </p>
        {faults.length > 0 && (
          <button type="button" onClick={() => act(call('DELETE', '/faults'))}>
            {text.clearFaults}
          </button>
        )}
      </section>
      <section>
        <h2>{text.webhooks}</h2>
        <p class="muted">{text.webhookState(webhooks.sent, webhooks.failing)}</p>
        {webhooks.switchedOff.length > 0 && <p class="window closed">{text.switchedOff}</p>}
      </section>
    </>
  );
}

function Switch({ name, on, set }: { name: string; on: boolean; set: (on: boolean) => void }) {
  return (
    <label class="switch">
      <input type="checkbox" checked={on} onChange={({ currentTarget }) => set(currentTarget.checked)} />
      {name}
    </label>
  );
}
