/** The renderer alone, without the parser: a tenth of the package. */
declare module "@iarna/toml/stringify.js" {
  const stringify: { value(value: unknown): string };
  export default stringify;
}
