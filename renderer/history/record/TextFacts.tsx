import { Fact } from '../../ui/Fact.tsx';

/** Lists sentences under a term. */
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

/** Quotes what a program wrote, under a term. */
export function Quoted({ name, lines }: { name: string; lines: readonly string[] }) {
  if (lines.length === 0) return null;
  return (
    <Fact term={name}>
      <pre className="record-quote">{lines.join('\n')}</pre>
    </Fact>
  );
}
