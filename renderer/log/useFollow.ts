import { useEffect, useRef } from 'react';

/** How long after the last key, wheel or press a movement of the list is taken for the user's, ms. */
const OWN_MS = 600;
/** So near to its end the list is at its end, px. */
const NEAR = 6;

interface Options {
  readonly scroller: HTMLElement | null;
  readonly following: boolean;
  /** Whether the list ends where the log does. */
  readonly atEnd: boolean;
  onFollow(on: boolean): void;
}

/** Lets go of the log's end when the user moves up, and takes hold of it when they move down to it. */
export function useFollow({ scroller, following, atEnd, onFollow }: Options): void {
  const latest = useRef({ following, atEnd, onFollow });
  latest.current = { following, atEnd, onFollow };

  useEffect(() => {
    if (scroller === null) return;
    let last = scroller.scrollTop;
    let moved = Number.NEGATIVE_INFINITY;
    let held = false;
    const own = () => {
      moved = performance.now();
    };
    const onWheel = (event: WheelEvent) => {
      own();
      const scrolls = scroller.scrollHeight > scroller.clientHeight + NEAR;
      if (event.deltaY < 0 && scrolls && latest.current.following) latest.current.onFollow(false);
    };
    const onPress = () => {
      held = true;
    };
    const onRelease = () => {
      if (held) own();
      held = false;
    };
    const onScroll = () => {
      const by = scroller.scrollTop - last;
      last = scroller.scrollTop;
      if (!held && performance.now() - moved > OWN_MS) return;
      const left = scroller.scrollHeight - scroller.clientHeight - last;
      const now = latest.current;
      if (by < 0 && now.following && left > NEAR) now.onFollow(false);
      else if (by > 0 && !now.following && now.atEnd && left <= NEAR) now.onFollow(true);
    };
    const options = { passive: true };
    scroller.addEventListener('wheel', onWheel, options);
    scroller.addEventListener('pointerdown', onPress, options);
    scroller.addEventListener('scroll', onScroll, options);
    window.addEventListener('pointerup', onRelease, options);
    window.addEventListener('pointercancel', onRelease, options);
    return () => {
      scroller.removeEventListener('wheel', onWheel);
      scroller.removeEventListener('pointerdown', onPress);
      scroller.removeEventListener('scroll', onScroll);
      window.removeEventListener('pointerup', onRelease);
      window.removeEventListener('pointercancel', onRelease);
    };
  }, [scroller]);
}
