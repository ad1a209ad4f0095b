import { useState } from 'preact/hooks';
import type { WorldView } from '../src/views';
import { call } from './api';
import { Avatar } from './avatar';
import type { Text } from './text';

interface Props {
  text: Text;
  world: WorldView;
  psid: string | undefined;
  choose: (psid: string) => void;
  act: (work: Promise<unknown>) => void;
}

export function People({ text, world, psid, choose, act }: Props) {
  const pageName = (id: string) => world.pages.find((page) => page.id === id)?.name ?? id;
  return (
    <nav class="card people" aria-label={text.people}>
      <h2>{text.people}</h2>
      <ul>
        {world.people.map((person) => (
          <li key={person.psid}>
            <button
              type="button"
              class="person"
              aria-current={person.psid === psid ? 'true' : undefined}
              onClick={() => choose(person.psid)}
            >
              <Avatar psid={person.psid} />
              <span>
                <strong>{`${person.firstName} ${person.lastName}`.trim()}</strong>
                <small>{pageName(person.pageId)}</small>
              </span>
            </button>
          </li>
        ))}
      </ul>
      <NewPerson {...{ text, world, choose, act }} />
    </nav>
  );
}

function NewPerson({ text, world, choose, act }: Omit<Props, 'psid'>) {
  const [firstName, setFirstName] = useState('');
  const [lastName, setLastName] = useState('');
  const [pageId, setPageId] = useState(world.pages[0]?.id ?? '');
  const [profile, setProfile] = useState('full');
  const create = async () => {
    const person = await call<{ psid: string }>('POST', '/people', { firstName, lastName, pageId, profile });
    setFirstName('');
    setLastName('');
    choose(person.psid);
  };
  return (
    <details open={world.people.length === 0}>
      <summary>{text.newPerson}</summary>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          act(create());
        }}
      >
        <label>
          {text.firstName}
          <input required value={firstName} onInput={({ currentTarget }) => setFirstName(currentTarget.value)} />
        </label>
        <label>
          {text.lastName}
          <input value={lastName} onInput={({ currentTarget }) => setLastName(currentTarget.value)} />
        </label>
        <label>
          {text.page}
          <select value={pageId} onChange={({ currentTarget }) => setPageId(currentTarget.value)}>
            {world.pages.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <label>
          {text.profile}
          <select value={profile} onChange={({ currentTarget }) => setProfile(currentTarget.value)}>
            {Object.entries(text.profiles).map(([value, name]) => (
              <option key={value} value={value}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <button type="submit" class="main">
          {text.create}
        </button>
      </form>
    </details>
  );
}
