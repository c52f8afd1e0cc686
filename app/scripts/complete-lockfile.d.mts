export function missingFrom(
  packages: Readonly<Record<string, { readonly optionalDependencies?: Readonly<Record<string, string>> }>>,
): readonly { readonly name: string; readonly version: string; readonly dev: boolean }[];
