import { make, put } from "./polaris-setup.ts";

type Field = {
  /** What a form sends; null sends nothing. */
  value(): string | FormData | null;
  /** Follows the attributes; `isReset` puts back what they say. */
  update(isReset: boolean): void;
};

/** Draws a field's control, and calls `changed` when a person changed it. */
export type FieldDrawing = (host: HTMLElement, root: ShadowRoot, changed: () => void) => Field;

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** Label, control, details and error, joined by ids inside the element's own shadow. */
function frame(host: HTMLElement, root: ShadowRoot, control: Control) {
  const label = make("label", { for: "control" });
  const details = make("div", { id: "details", class: "details" });
  const error = make("div", { id: "error", class: "error" });
  control.id = "control";
  const isTick = control instanceof HTMLInputElement && control.type === "checkbox";
  root.append(...(isTick ? [control, label] : [label, control]), details, error);
  return () => {
    label.textContent = host.getAttribute("label");
    label.className = host.getAttribute("labelaccessibilityvisibility") === "exclusive" ? "only-read" : "";
    details.textContent = host.getAttribute("details");
    details.hidden = details.textContent === "";
    error.textContent = host.getAttribute("error");
    error.hidden = error.textContent === "";
    const descriptions = [details, error].filter(({ hidden }) => !hidden).map(({ id }) => id);
    put(control, "aria-describedby", descriptions.join(" "));
    put(control, "aria-invalid", host.hasAttribute("error") ? "true" : null);
    put(control, "aria-label", host.getAttribute("accessibilitylabel"));
    put(control, "aria-required", host.hasAttribute("required") ? "true" : null);
    control.disabled = host.hasAttribute("disabled");
  };
}

/** A `change` stays inside a shadow by itself, an `input` does not. */
function listen(host: HTMLElement, control: Control, changed: () => void): void {
  control.addEventListener("input", changed);
  control.addEventListener("change", () => {
    changed();
    host.dispatchEvent(new Event("change", { bubbles: true }));
  });
}

const COPIED = ["placeholder", "maxlength", "minlength", "min", "max", "step", "inputmode", "autocomplete", "rows"];

const text =
  (type: string): FieldDrawing =>
  (host, root, changed) => {
    const control = type === "textarea" ? make("textarea") : make("input", { type });
    const follow = frame(host, root, control);
    let isTouched = false;
    listen(host, control, () => {
      isTouched = true;
      changed();
    });
    return {
      value: () => control.value,
      update: (isReset) => {
        follow();
        for (const name of COPIED) put(control, name, host.getAttribute(name));
        control.readOnly = host.hasAttribute("readonly");
        if (isReset) isTouched = false;
        if (!isTouched) control.value = host.getAttribute("value") ?? "";
      },
    };
  };

const tick =
  (role: "checkbox" | "switch"): FieldDrawing =>
  (host, root, changed) => {
    const control = make("input", role === "switch" ? { type: "checkbox", role } : { type: "checkbox" });
    const follow = frame(host, root, control);
    let isTouched = false;
    listen(host, control, () => {
      isTouched = true;
      changed();
    });
    return {
      value: () => (control.checked ? (host.getAttribute("value") ?? "on") : null),
      update: (isReset) => {
        follow();
        if (isReset) isTouched = false;
        if (!isTouched) control.checked = host.hasAttribute("checked");
      },
    };
  };

/** The page's `s-option`s as options, in their groups. */
const optionsIn = (host: Element): (HTMLOptionElement | HTMLOptGroupElement)[] =>
  [...host.children].flatMap((child) => {
    if (child.localName === "s-option-group") {
      const group = make("optgroup", { label: child.getAttribute("label") ?? "" }, ...optionsIn(child));
      group.disabled = child.hasAttribute("disabled");
      return [group];
    }
    if (child.localName !== "s-option") return [];
    const option = make("option", { value: child.getAttribute("value") ?? "" }, child.textContent);
    option.disabled = child.hasAttribute("disabled");
    option.defaultSelected = child.hasAttribute("selected");
    return [option];
  });

const select: FieldDrawing = (host, root, changed) => {
  const control = make("select");
  const follow = frame(host, root, control);
  let chosen: string | null = null;
  listen(host, control, () => {
    chosen = control.value;
    changed();
  });
  const update = (isReset: boolean): void => {
    follow();
    if (isReset) chosen = null;
    control.replaceChildren(...optionsIn(host));
    const value = chosen ?? host.getAttribute("value");
    if (value !== null) control.value = value;
  };
  const watch = { subtree: true, childList: true, characterData: true, attributes: true };
  new MutationObserver(() => {
    update(false);
    changed();
  }).observe(host, watch);
  return { value: () => control.value, update };
};

const choices: FieldDrawing = (host, root, changed) => {
  const legend = make("legend");
  const error = make("div", { id: "error", class: "error" });
  const list = make("div");
  root.append(make("fieldset", {}, legend, list, error));
  const inputs = (): HTMLInputElement[] => [...list.querySelectorAll("input")];
  const draw = (): void => {
    const type = host.hasAttribute("multiple") ? "checkbox" : "radio";
    const rows = [...host.querySelectorAll("s-choice")].map((choice, index) => {
      const input = make("input", { type, name: "choice", id: `choice-${index}` });
      input.value = choice.getAttribute("value") ?? "";
      input.checked = choice.hasAttribute("selected");
      input.disabled = choice.hasAttribute("disabled") || host.hasAttribute("disabled");
      input.addEventListener("input", changed);
      input.addEventListener("change", () => host.dispatchEvent(new Event("change", { bubbles: true })));
      return make("div", {}, input, make("label", { for: input.id }, choice.textContent));
    });
    list.replaceChildren(...rows);
  };
  return {
    value: () => {
      const sent = new FormData();
      for (const { checked, value } of inputs()) if (checked) sent.append(host.getAttribute("name") ?? "", value);
      return sent;
    },
    update: (isReset) => {
      legend.textContent = host.getAttribute("label");
      error.textContent = host.getAttribute("error");
      if (isReset || inputs().length !== host.querySelectorAll("s-choice").length) draw();
    },
  };
};

export const FIELDS: Readonly<Record<string, FieldDrawing>> = {
  "s-checkbox": tick("checkbox"),
  "s-choice-list": choices,
  "s-email-field": text("email"),
  "s-money-field": text("text"),
  "s-number-field": text("number"),
  "s-password-field": text("password"),
  "s-search-field": text("search"),
  "s-select": select,
  "s-switch": tick("switch"),
  "s-text-area": text("textarea"),
  "s-text-field": text("text"),
  "s-url-field": text("url"),
};
