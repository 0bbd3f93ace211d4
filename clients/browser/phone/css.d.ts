declare module "*.css" {
  /** The style sheet's text: the build puts it into the script. */
  const text: string;
  export default text;
}
