/** Between the admin's shell and the App Bridge stand-in inside the app's iframe. The protocol is our own. */
export type SaveBarState = {
  readonly visible: boolean;
  readonly saveLabel: string;
  readonly discardLabel: string | null;
};
export type NavLink = { readonly href: string; readonly label: string; readonly isHome: boolean };

export type Ask =
  | { readonly name: "idToken" }
  | { readonly name: "extensions" }
  | { readonly name: "scopes" }
  | { readonly name: "loading"; readonly data: boolean }
  | {
      readonly name: "toast";
      readonly data: {
        readonly id: string;
        readonly message: string;
        readonly isError: boolean;
        readonly duration: number;
      };
    }
  | { readonly name: "hideToast"; readonly data: string }
  | { readonly name: "title"; readonly data: string }
  | { readonly name: "nav"; readonly data: readonly NavLink[] }
  | { readonly name: "saveBar"; readonly data: SaveBarState }
  | { readonly name: "leaveConfirmation" }
  | { readonly name: "location"; readonly data: string }
  | { readonly name: "redirect"; readonly data: string };

export type FromApp = { readonly appBridge: true; readonly id: number } & Ask;

export type ToApp =
  | { readonly appBridge: true; readonly kind: "answer"; readonly id: number; readonly value: unknown }
  | { readonly appBridge: true; readonly kind: "navigate"; readonly href: string }
  | { readonly appBridge: true; readonly kind: "saveBar"; readonly press: "save" | "discard" };
