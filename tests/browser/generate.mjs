// Writes so many news texts into a folder, the same each time: people, places and bodies under several spellings.
//
//     node tests/browser/generate.mjs FOLDER [DOCUMENTS]

import fs from "node:fs";
import path from "node:path";

const [folder, many = "1000"] = process.argv.slice(2);

let state = 20_240_607;
const next = (below) => {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return Math.floor((state / 2 ** 32) * below);
};
const one = (list) => list[next(list.length)];

const GIVEN = "Omar Ahmad Ahmed Khalid Yusuf Youssef Ibrahim Hassan Hasan Mustafa Karim Kareem Viktor Victor Sergei Sergey Dmitri Dmitry Andrei Andrey Jean Marie Pierre Paolo Elena Anna Sofia Maria Juan José Carlos Nguyen Tran Wei Li Min Jun Amina Fatima Leila Layla Nadia Samir Sameer Tariq Tarek Rashid Rasheed".split(" ");
const BEGINNING = "Kab Vars Mar Or Dol Sam Zan Ter Hal Bor Lin Qad Rah Fes Gul Nov Pet Sol Tir Vel Wak Yar Zul Ash Bal Cor Dar Ell Far Ghan".split(" ");
const MIDDLE = "or ak en il um ad er os ul im ar ev".split(" ");
const END = "o ov enko i in ani awi escu ez sson elli off ari an".split(" ");
const surname = () => one(BEGINNING) + one(MIDDLE) + one(END);
const respelled = (name) => name.replace("ov", "off").replace("k", "q").replace("ee", "i").replace("y", "i");

const people = Array.from({ length: 1_500 }, () => [one(GIVEN), surname()]);
const places = Array.from({ length: 500 }, () => one(BEGINNING) + one(MIDDLE) + one(["abad", "grad", "stan", "ville", "ino", "burg", "a", "eh"]));
const known = "Idlib Damascus Aleppo Paris Moscow Kyiv Beirut Istanbul Ankara Cairo Tripoli Benghazi Sirte Baghdad Mosul Geneva London Berlin".split(" ");
const bodies = Array.from({ length: 250 }, () => `${one(["National", "People’s", "Northern", "United", "Free", "Democratic"])} ${one(["Front", "Council", "Union", "Movement", "Party", "Bank", "Institute"])} of ${one(places)}`);
const SAID = ["said on Monday", "told reporters", "denied it", "did not reply", "warned", "agreed after long talks"];

const sentence = () => {
  const [given, family] = one(people.slice(0, 60 + next(1_440)));
  const [other, kin] = one(people);
  const name = next(4) === 0 ? `${given} ${respelled(family)}` : `${given} ${family}`;
  const place = next(3) ? one(known) : one(places);
  switch (next(7)) {
    case 0: return `${name}, a deputy from ${place}, ${one(SAID)} that the road to ${one(known)} would stay shut for another week.`;
    case 1: return `The ${one(bodies)} named ${name} as its envoy, and ${family} left for ${place} the same evening.`;
    case 2: return `Fighting broke out near ${place} on Tuesday, residents said, and dozens of families fled towards ${one(known)}.`;
    case 3: return `${name} met ${other} ${kin} in ${place}. ${family} ${one(SAID)}.`;
    case 4: return `In a statement the ${one(bodies)} accused ${other} ${kin} of having sold grain from ${place} abroad.`;
    case 5: return `${name} ${one(SAID)}, and nobody in the hall expected anything else after so many months of silence and delay.`;
    default: return `Prices of bread and fuel have doubled since spring, and the queues grow longer every morning before the shops open.`;
  }
};

fs.mkdirSync(folder, { recursive: true });
for (let i = 0; i < Number(many); i++) {
  const paragraphs = Array.from({ length: 4 + next(5) }, () => Array.from({ length: 2 + next(4) }, sentence).join(" "));
  fs.writeFileSync(path.join(folder, `report-${String(i + 1).padStart(4, "0")}.txt`), `${paragraphs.join("\n\n")}\n`);
}
