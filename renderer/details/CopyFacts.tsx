import type { ModuleStatus } from '#shared/contract.ts';
import { clock } from '#shared/time.ts';
import { Fact } from '../ui/Fact.tsx';
import { copyName, olderCopies, witnessOf } from './imageTexts.ts';

interface Props {
  readonly image: NonNullable<ModuleStatus['image']>;
  readonly now: number;
}

/** Shows what is mapped: the copy that the server made, how it is identified, and which build it is of. */
export function CopyFacts({ image, now }: Props) {
  const name = copyName(image);
  const older = olderCopies(image);
  return (
    <>
      {name === null ? null : (
        <Fact term="Copy">
          <span className="path" title={image.copy?.path}>
            {name}
          </span>
          {older === null ? null : <span className="deleted">{older}</span>}
        </Fact>
      )}
      {name === null ? null : <Fact term="Known by">{witnessOf(image) ?? 'nothing'}</Fact>}
      {image.builtAt === undefined ? null : <Fact term="Runs">the build of {clock(image.builtAt, now)}</Fact>}
    </>
  );
}
