import type { Plan } from '#shared/contract.ts';
import type { Image, Mapped } from '../../process/images.ts';
import { withoutOlderCopies } from '../../process/runningImage.ts';
import type { ImageComparison } from './imageComparison.ts';
import type { ReloadEnd } from './reloadEnd.ts';

/** What was seen of a reload that is over. */
export interface Observed {
  /** Modules that were stale, and now have the file on disk mapped. */
  swapped: string[];
  /** Modules of the plan whose old image is still mapped. */
  stayed: string[];
  /** Modules that went, or are in the plan, and have neither the old image mapped nor the file on disk. */
  missing: string[];
  /** Modules of which older copies are mapped beside the new one, and how many. */
  olderCopies: { module: string; count: number }[];
  /** Modules that were seen to go and come back with the code that they had. */
  returned: string[];
  /** What the plan left out and has the file on disk mapped all the same, the pinned among it. */
  fresh: string[];
  /** Libraries that went along with a module, and those of the plan of which that can't be seen. */
  along: string[];
  unseenAlong: string[];
  /** The old images of those that stayed, wherever they are mapped. */
  held: { module: string; image: Image }[];
  /** The process that serves, and descendants of it that can't be looked at. */
  server: number | null;
  hidden: readonly number[];
  /** It has said that it serves. */
  served: boolean;
  end: ReloadEnd | 'gone';
}

interface Moved {
  plan: Plan;
  /** Modules in stack order, bottom-up. */
  order: readonly string[];
  /** Modules that went, and those that came. */
  gone: ReadonlySet<string>;
  arrived: ReadonlySet<string>;
  comparison: ImageComparison;
  /** What is mapped at the end. */
  images: Mapped;
}

/** Sorts the modules by what became of them. Pure. */
export function sortModules({
  plan,
  order,
  gone,
  arrived,
  comparison,
  images,
}: Moved): Pick<Observed, 'swapped' | 'stayed' | 'missing' | 'olderCopies' | 'returned' | 'fresh' | 'held'> {
  const isSwapped = (module: string): boolean => comparison.isSwapped(module, images);
  const swapped = order.filter((module) => comparison.wasStale(module) && isSwapped(module));
  const concerned = new Set([...plan.load, ...order.filter((module) => gone.has(module))]);
  const left = [...concerned].filter((module) => !isSwapped(module));
  const held = left.flatMap((module) =>
    comparison.oldImages(module, images).map((image) => ({ module, image })),
  );
  const stayed = left.filter((module) => held.some((each) => each.module === module));
  return {
    swapped,
    stayed,
    missing: left.filter((module) => !stayed.includes(module)),
    olderCopies: swapped.flatMap((module) => {
      const mapped = images.get(module) ?? [];
      const count = mapped.length - withoutOlderCopies(mapped).length;
      return count === 0 ? [] : [{ module, count }];
    }),
    returned: order.filter(
      (module) =>
        gone.has(module) &&
        arrived.has(module) &&
        (plan.unchanged.includes(module) || !comparison.wasStale(module)) &&
        isSwapped(module),
    ),
    fresh: [...plan.restart, ...plan.leftBehind].filter(isSwapped),
    held,
  };
}
