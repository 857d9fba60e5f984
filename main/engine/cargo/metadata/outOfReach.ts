/**
 * Does cargo say that something has to come from the network that can't be had now? Its words since 1.71
 * (`cargo/src/cargo/sources/registry`, `sources/git`, `util/network`).
 */
export const isOutOfReach = (stderr: string): boolean =>
  /failed to (download|get|fetch|load source|query replaced source)|unable to update|spurious network error|--offline (was specified|flag)|in (the )?offline mode|offline was specified|can't checkout from|attempting to make an HTTP request|Could(n't| not) (resolve|connect)|index .* not found, try running/i.test(
    stderr,
  );
