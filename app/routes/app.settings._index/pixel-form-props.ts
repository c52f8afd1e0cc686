import type { FormEventHandler } from "react";
import type { SaveTrouble } from "../../components/settings/settings-outcome.ts";
import type { FieldProblem } from "../../settings/types.ts";

/** What each form of the pixels gets. */
export type PixelFormProps = {
  readonly problems: readonly FieldProblem[];
  /** Why its last save came to nothing, if it is not the fault of a field. */
  readonly trouble: SaveTrouble | null;
  readonly busy: boolean;
  readonly onSubmit: FormEventHandler<HTMLFormElement>;
};
