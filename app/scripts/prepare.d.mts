/** What is brought up to date before a command runs. A step with `inputs` runs again when one of these paths changed. */
export declare const STEPS: {
  readonly extensions: { readonly inputs: readonly string[]; readonly ignores: RegExp };
};
