export function HomePage() {
  return <h1>Ghostlight</h1>;
}
