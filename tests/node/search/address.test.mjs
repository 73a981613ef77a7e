// The address of the search page holds its state, and a bad address is no bad state.
import assert from "node:assert/strict";
import test from "node:test";

import { addressOf, stateOf, toggled } from "../../../site_overrides/assets/shanhai/search/address.js";

const EMPTY = { query: "", filters: {}, sort: "", page: 1 };
const at = (search, hash = "") => stateOf({ search, hash });

test("an address and its state lead to each other", () => {
  for (const state of [
    EMPTY,
    { query: "教育 “对口 帮扶” -旅游", filters: { province: ["guizhou", "yunnan"], year: ["", "2019"] }, sort: "date", page: 3 },
    { query: "a&b=c#d %", filters: { county: ["guizhou/tongren/yanhe"] }, sort: "oldest", page: 1 },
  ]) {
    assert.deepEqual(at(addressOf(state)), state);
  }
});

test("where the address cannot be changed, the state stands behind the hash and wins", () => {
  assert.deepEqual(at("?q=old", "#?q=new&page=2"), { ...EMPTY, query: "new", page: 2 });
  assert.deepEqual(at("?q=old", "#p3"), { ...EMPTY, query: "old" });
});

test("what an address names wrongly is as if it were not there", () => {
  assert.deepEqual(at("?page=-1&sort=best&colour=red&theme=&q=%20%20"), EMPTY);
  assert.deepEqual(at("?page=x&province=a&province=a").filters, { province: ["a"] });
});

test("a value is chosen and taken away again, and both lead to the first page", () => {
  const start = { ...EMPTY, query: "教育", page: 4 };
  const one = toggled(start, "province", "guizhou");
  assert.deepEqual(one, { ...start, page: 1, filters: { province: ["guizhou"] } });
  const two = toggled(one, "province", "yunnan");
  assert.deepEqual(two.filters, { province: ["guizhou", "yunnan"] });
  assert.deepEqual(toggled(toggled(two, "province", "guizhou"), "province", "yunnan").filters, {});
  assert.deepEqual(start.filters, {});
});
