import { expect, test } from "vitest";
import { metaPixelIdIn } from "../../app/settings/meta-pixel-id.ts";
import { parsePixelInput } from "../../app/settings/validate-settings.ts";

const ID = "1234567890123456";

test.each([
  ` ${ID}\n`,
  `https://business.facebook.com/events_manager2/list/dataset/${ID}/overview?business_id=9876543210`,
  `https://business.facebook.com/events_manager2/list/dataset/${ID}`,
  `https://www.facebook.com/events_manager2/list/pixel/${ID}/settings?act=555555555&business_id=9876543210`,
  `business.facebook.com/events_manager2/list/pixel/${ID}/test_events`,
  `https://business.facebook.com/events_manager2/overview?business_id=9876543210&selected_data_sources=${ID}`,
  `https://business.facebook.com/events_manager2/overview?selected_data_sources=PIXEL%3A${ID}&act=555555555`,
  `https://business.facebook.com/events_manager2/diagnostics?asset_id=${ID}&business_id=9876543210`,
  `https://business.facebook.com/latest/settings/events_dataset_and_pixel?business_id=98765&selected_asset_id=${ID}`,
  `https://business.facebook.com/settings/events-dataset-and-pixel/${ID}?business_id=9876543210`,
  `http://adsmanager.facebook.com/events_manager2/list/pixel/${ID}/overview`,
])("%s names the pixel, in the browser and at the server", (typed) => {
  expect(metaPixelIdIn(typed)).toBe(ID);
  const parsed = parsePixelInput({ pixelId: typed, token: "", testEventCode: "" });
  expect(parsed).toMatchObject({ ok: true, value: { metaPixelId: ID } });
});

test.each([
  "https://business.facebook.com/events_manager2/list?business_id=9876543210",
  "https://business.facebook.com/events_manager2/overview?act=555555555",
  `https://business.facebook.com/events_manager2/overview?selected_data_sources=${ID}%2C6543210987654321`,
  `https://facebook.com.example/events_manager2/list/dataset/${ID}`,
  `https://notfacebook.com/events_manager2/list/dataset/${ID}`,
  `https://example.com/?next=https://business.facebook.com/events_manager2/list/dataset/${ID}`,
  "https://business.facebook.com/events_manager2/list/dataset/12",
  `my pixel ${ID}`,
  "https://",
  `https://business.facebook.com/${"a".repeat(5_000)}/dataset/${ID}`,
])("%s names none", (typed) => {
  expect(metaPixelIdIn(typed)).toBeNull();
  expect(parsePixelInput({ pixelId: typed, token: "", testEventCode: "" }).ok).toBe(false);
});
