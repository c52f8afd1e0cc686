/** Who else sends to a pixel, and what to do about it. */
export const otherSenders = {
  "facebook-channel":
    "Shopify’s Facebook & Instagram app sends to it. Disconnect the pixel there, under Data sharing, or here.",
  "theme-code": "A Meta Pixel snippet is in your theme. Remove it from the theme’s code.",
  "tag-manager": "Google Tag Manager is on your pages and most likely sends to it. Remove the Meta tag there.",
  "another-script": "Another app or script on your pages sends to it. Look for a second Meta Pixel app.",
  "conversions-api-gateway":
    "Meta’s Conversions API Gateway copies every browser event to the server. Switch it off for this pixel in Events Manager.",
} as const;
