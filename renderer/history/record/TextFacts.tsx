import { Fact } from '../../ui/Fact.tsx';

/** A list of sentences. */
export function Sentences({ name, lines }: { name: string; lines: readonly string[] }) {
  if (lines.length === 0) return null;
  return (
    <Fact term={name}>
      <ul className="record-lines">
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </Fact>
  );
}

/** What a program wrote, as it is. */
export function Quoted({ name, lines }: { name: string; lines: readonly string[] }) {
  if (lines.length === 0) return null;
  return (
    <Fact term={name}>
      <pre className="record-quote">{lines.join('\n')}</pre>
    </Fact>
  );
}
