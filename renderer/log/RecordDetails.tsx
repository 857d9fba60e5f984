import { stripAnsi } from '#shared/ansi.ts';
import type { LogRecord, Stream } from '#shared/contract.ts';
import { CopyButton } from '../ui/CopyButton.tsx';
import { ColoredLine } from './ColoredLine.tsx';
import { LogText } from './LogText.tsx';
import { changeFilters } from './logViewStore.ts';
import { textOf } from './recordText.ts';
import { localTime, sinceStart, utcTime } from './recordTimes.ts';
import type { RowLook } from './rowLook.ts';
import type { Span } from './searchHighlights.ts';
import './recordDetails.css';

interface Props {
  readonly stream: Stream;
  readonly record: LogRecord;
  readonly look: RowLook;
  /** What a search found in its first line. */
  readonly found: readonly Span[];
}

/** Shows everything about a record. */
export function RecordDetails({ stream, record, look, found }: Props) {
  const { line, lines, level, target, module, spans, message, fields, raw, extra } = record;
  return (
    <div className="record-details">
      <dl className="detail-facts">
        <Detail name={record.time === null ? 'came' : 'written'}>
          {dateOf(record.time ?? record.arrived)} {localTime(record.time ?? record.arrived)} <Dim>local</Dim>{' '}
          {utcTime(record.time ?? record.arrived)} <Dim>UTC</Dim>{' '}
          {sinceStart((record.time ?? record.arrived) - look.started)} <Dim>in the run</Dim>
        </Detail>
        <Detail name="level">{level ?? 'none'}</Detail>
        {target === null ? null : (
          <Detail name="target">
            <LogText text={target} />
            <FilterLink stream={stream} target={module ?? target} />
          </Detail>
        )}
        <Detail name={lines > 1 ? 'lines' : 'line'}>
          {lines > 1 ? `${line + 1}\u2013${line + lines}` : line + 1}
        </Detail>
      </dl>
      {spans.map((span, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the spans of one record never change places
        <Table key={i} title={`span ${span.name}`} fields={span.fields} />
      ))}
      {fields.length === 0 ? null : <Table title="fields" fields={fields} />}
      {/* Lines that are one as written, such as in JSON. */}
      {extra.length === 0 && message.includes('\n') ? <Text title="message" text={message} /> : null}
      <div className="detail-part">
        <h3>
          as written <CopyButton text={textOf(record)} what="record" />
        </h3>
        <pre className="detail-text colored">
          {look.colors && found.length === 0 ? (
            <ColoredLine text={raw} />
          ) : (
            <LogText text={stripAnsi(raw)} found={found} />
          )}
        </pre>
      </div>
    </div>
  );
}

const dateOf = (at: number): string =>
  new Date(at).toLocaleDateString('en', { year: 'numeric', month: 'short', day: 'numeric' });

function Detail({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

const Dim = ({ children }: { children: string }) => <span className="dim">{children}</span>;

function FilterLink({ stream, target }: { stream: Stream; target: string }) {
  return (
    <button type="button" className="link" onClick={() => changeFilters(stream, { target })}>
      only {target}
    </button>
  );
}

function Text({ title, text }: { title: string; text: string }) {
  return (
    <div className="detail-part">
      <h3>{title}</h3>
      <pre className="detail-text">
        <LogText text={text} />
      </pre>
    </div>
  );
}

function Table({ title, fields }: { title: string; fields: LogRecord['fields'] }) {
  return (
    <table className="detail-table">
      <caption>{title}</caption>
      <tbody>
        {fields.map(({ name, value }, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the fields of one record never change places
          <tr key={i}>
            <th scope="row">
              <LogText text={name} />
            </th>
            <td>
              <LogText text={value} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
