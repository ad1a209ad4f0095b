export function App() {
  return <main>Conversations</main>;
}
