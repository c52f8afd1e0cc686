import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Demographics, hashedIdentity } from "../../app/normalize/identity.ts";
import { normalizedPhone } from "../../app/normalize/phone.ts";
import type { Person } from "../../app/shopify/types.ts";
import { NOBODY } from "../fixtures/orders/nobody.ts";

const TODAY = new Date("2026-11-23T12:00:00Z");
type Known = Partial<Person> & Partial<Demographics>;
const hashed = (known: Known) => hashedIdentity({ ...NOBODY, ...known });
const DIGEST_OF_NOTHING = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

// Each digest is written out, so that no change to a rule can change what is expected of it.
describe("a value, its key and the digest that leaves the shop", () => {
  test.each<[string, keyof ReturnType<typeof hashed>, Known, string]>([
    [
      "em in capitals",
      "em",
      { emails: [" John_Smith@Gmail.com "] },
      "62a14e44f765419d10fea99367361a727c12365e2520f32218d505ed9aa0f62f",
    ],
    [
      "em with letters of other scripts",
      "em",
      { emails: ["José@München.example"] },
      "88ef808ccff3903afc8b3846b712bbfd5d306c04047390db7cab6a97c5404f41",
    ],
    [
      "ph without its country code",
      "ph",
      { phones: ["(650)555-1212"], country: "US" },
      "e323ec626319ca94ee8bff2e4c87cf613be6ea19919ed1364124e16807ab3176",
    ],
    [
      "ph with a trunk zero",
      "ph",
      { phones: ["020 7946 0018"], country: "GB" },
      "99a4599795d24445a5be21117f375c1bbe9e795daf7f62666686ce081e1f32dc",
    ],
    [
      "ph with the trunk zero in brackets",
      "ph",
      { phones: ["+44 (0)20 7946 0018"], country: "US" },
      "99a4599795d24445a5be21117f375c1bbe9e795daf7f62666686ce081e1f32dc",
    ],
    [
      "ph dialled from abroad",
      "ph",
      { phones: ["0049 30 901820"] },
      "c03f76216358b07b09a300613908002987efc1ae9a2ef2a85d57d5a971bf821a",
    ],
    [
      "fn with an apostrophe and a hyphen",
      "fn",
      { firstName: "O’Brien-Smith" },
      "16765783f9c8c8a3accf27f1abb877688cb5904c21a4a7afb5f125bcfcb246ba",
    ],
    [
      "fn of two words",
      "fn",
      { firstName: "Jean Luc" },
      "7fef38066db9900f992fa9926eea8cc648f44c2af50c4d511c415422196c8ef5",
    ],
    ["ln composed", "ln", { lastName: "Valéry" }, "08e1996b5dd49e62a4b4c010d44e4345592a863bb9f8e3976219bac29417149c"],
    [
      "ln decomposed",
      "ln",
      { lastName: "Vale\u0301ry" },
      "08e1996b5dd49e62a4b4c010d44e4345592a863bb9f8e3976219bac29417149c",
    ],
    [
      "ln of one syllable",
      "ln",
      { lastName: "정" },
      "8fa8cd9c440be61d0151429310034083132b35975c4bea67fdd74158eb51db14",
    ],
    ["ge in words", "ge", { gender: " Female " }, "252f10c83610ebca1a059c0bae8255eba2f95be4d1d7bcfa89d7248a82d9f111"],
    [
      "db as Americans write it",
      "db",
      { birthDate: "2/16/1997", enteredAt: TODAY },
      "01acdbf6ec7b4f478a225f1a246e5d6767eeab1a7ffa17f025265b5b94f40f0c",
    ],
    ["ct of two words", "ct", { city: "New York" }, "350c754ba4d38897693aa077ef43072a859d23f613443133fecbbd90a3512ca5"],
    [
      "ct with a tilde",
      "ct",
      { city: "São Paulo" },
      "3eda1428ae1aece064071f8d40f08fe2bc59ffa66c171a163caf15122ec4d7f0",
    ],
    ["ct in characters", "ct", { city: "東京" }, "130016b2599bf7e5978cae78e528c67f29aa47eaa2490ffedd729df334a2790c"],
    [
      "ct with a full stop and a number",
      "ct",
      { city: "St. Louis 2" },
      "8dbc7435042903a874e14ce5148c5c27c31f97ba090f5f5b7cf3b7f0bdcd219b",
    ],
    [
      "st by its name in the United States",
      "st",
      { province: "California", country: "US" },
      "6959097001d10501ac7d54c0bdb8db61420f658f2922cc26e46d536119a31126",
    ],
    [
      "st by its name elsewhere",
      "st",
      { province: "New South Wales", country: "AU" },
      "96236847af45f93f09c6ba2627cdb8da07e395f009d0e42f782cffb119cc24da",
    ],
    [
      "st with an accent",
      "st",
      { province: "Québec", country: "CA" },
      "985fc4414a8088567da1a2863f12ed37db60a00e1b6bd81b2a0b7906791b1b86",
    ],
    [
      "zp of nine digits",
      "zp",
      { zip: "94035-1234", country: "US" },
      "1794327a4d443904421f5ca1f3d72d0a62ba2f0770d80755ec2220fc0efb052e",
    ],
    [
      "zp of the United Kingdom",
      "zp",
      { zip: "M1 1AE", country: "GB" },
      "1dc694c2070e697769fb959b50671d76cafd430d8ca191fbdd0affcaea344ac5",
    ],
    [
      "zp with a dash elsewhere",
      "zp",
      { zip: "00-950", country: "PL" },
      "157c5bb53cacd69115a429c3a9257890995f3410caf57a12e1959f70c7b3fbec",
    ],
    ["country", "country", { country: "US" }, "79adb2a2fce5c6ba215fe5f27f532d4e7edbac4b6a5e09e1ef3a08084a904621"],
    [
      "country by its other code",
      "country",
      { country: "UK" },
      "0b407281768f0e833afef47ed464b6571d01ca4d53c12ce5c51d1462f4ad6677",
    ],
    [
      "external_id",
      "external_id",
      { customerId: "4206822293653" },
      "679d2d7a5ebc57c7d1873200cafebc936d160e31652a2104e22c8a3e490ab7c7",
    ],
    [
      "external_id of two words",
      "external_id",
      { customerId: "User 42" },
      "fb44d98b9d56bbe49028eacc8574f5715178e6d3470d276a1697de3df68e7579",
    ],
  ])("%s", (_what, key, known, digest) => {
    expect(hashed(known)[key]).toEqual([digest]);
  });

  test("several emails and phone numbers of one order are one list each", () => {
    expect(
      hashed({ emails: ["ada@example.com", "John_Smith@gmail.com"], phones: ["+44 20 7946 0018", "+49 30 901820"] }),
    ).toEqual({
      em: [
        "b5fc85e55755f9e0d030a10ab4429b6b2944855f9a0d60077fe832becbc41d72",
        "62a14e44f765419d10fea99367361a727c12365e2520f32218d505ed9aa0f62f",
      ],
      ph: [
        "99a4599795d24445a5be21117f375c1bbe9e795daf7f62666686ce081e1f32dc",
        "c03f76216358b07b09a300613908002987efc1ae9a2ef2a85d57d5a971bf821a",
      ],
    });
  });

  test("any input gives only digests, and never the digest of an empty string", () => {
    const typed = fc.option(fc.oneof(fc.string({ unit: "grapheme" }), fc.constantFrom("", " ", "-", "+", "\u200b")));
    const anyone = fc.record({
      emails: fc.array(fc.oneof(fc.emailAddress(), fc.string())),
      phones: fc.array(fc.string()),
      firstName: typed,
      lastName: typed,
      city: typed,
      province: typed,
      zip: typed,
      country: fc.option(fc.oneof(fc.constantFrom("US", "GB", "DE"), fc.string())),
      customerId: typed,
      gender: typed,
      birthDate: typed,
      enteredAt: fc.constant(TODAY),
    });
    fc.assert(
      fc.property(anyone, (person) => {
        const lists = Object.values(hashedIdentity(person));
        expect(lists.every((list) => list.length > 0 && new Set(list).size === list.length)).toBe(true);
        expect(lists.flat().filter((digest) => !/^[0-9a-f]{64}$/.test(digest))).toEqual([]);
        expect(lists.flat()).not.toContain(DIGEST_OF_NOTHING);
      }),
      { numRuns: 2000 },
    );
  });

  test("a phone number in E.164 stays unchanged", () => {
    for (const number of ["16505551212", "442079460018", "4930901820", "551155256325", "81332225555"]) {
      expect(normalizedPhone(`+${number}`, "US")).toBe(number);
    }
  });
});
