/**
 * A place in a source file as compilers, panics, backtraces and logs write it: `api/src/lib.rs:12:5`, with a column or
 * without. The lengths are limits for hostile text, which is searched through for it.
 */
export const PLACE =
  /(?<![\w./:@-])(?<file>[\w./@+-]{1,512}\.(?:rs|toml|lock|c|h|cc|cpp|hpp|cxx|s|S|asm|ld|py|sh|js|ts|json|ya?ml|md|txt|proto|sql|html|css)):(?<line>[1-9]\d{0,6})(?::(?<column>\d{1,5}))?(?![\w/])/g;
