import type { ReactNode } from 'react';
import './fact.css';

interface Props {
  readonly term: ReactNode;
  /** The term is the name of a setting, which may be long. */
  readonly setting?: boolean;
  readonly children: ReactNode;
}

/** Shows one line of facts: a term and its description. */
export const Fact = ({ term, setting = false, children }: Props) => (
  <div className={setting ? 'fact setting' : 'fact'}>
    <dt>{term}</dt>
    <dd>{children}</dd>
  </div>
);
