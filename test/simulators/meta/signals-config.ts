/**
 * The per-pixel script that fbevents.js waits for before it sends anything. `isBlocked` is Meta's veto: the pixel looks
 * healthy but sends nothing.
 */
export function signalsConfig(metaPixelId: string, isBlocked: boolean): string {
  const veto = isBlocked
    ? 'config.set(id, "prohibitedPixels", { lockWebpage: true, blockReason: "source_category" });'
    : "";
  return `(function () {
  var id = ${JSON.stringify(metaPixelId)};
  window.fbq.registerPlugin(id, {
    __fbEventsPlugin: 1,
    plugin: function (fbq, instance, config) { ${veto} instance.configLoaded(id); }
  });
})();
`;
}
