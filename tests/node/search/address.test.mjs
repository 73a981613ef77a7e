// The address of the search page holds its state, and a bad address is no bad state.
import assert from "node:assert/strict";
import test from "node:test";

import { addressOf, between, stateOf, toggled, yearRuns } from "../../../site_overrides/assets/shanhai/search/address.js";

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

test("years that follow each other stand in the address as a span", () => {
  const years = { ...EMPTY, filters: { year: ["2016", "2017", "2018", "2020", "2021", "undated"] } };
  const address = addressOf(years);
  assert.equal(address, "?year=undated&year=2016-2018&year=2020&year=2021");
  assert.deepEqual([...at(address).filters.year].sort(), years.filters.year);
  assert.deepEqual(yearRuns(at(address).filters.year), [["undated"], ["2016", "2017", "2018"], ["2020", "2021"]]);
});

test("a span that goes backwards names no year, and one without end names no more than a reader could mean", () => {
  assert.deepEqual(at("?year=2020-2010").filters, {});
  assert.ok(at("?year=0000-9999").filters.year.length <= 300);
});

test("years are chosen from one to another, in either order, in place of those before", () => {
  const start = { ...EMPTY, query: "教育", filters: { year: ["1999"], theme: ["education"] }, page: 3 };
  const chosen = between(start, "2018", "2016");
  assert.deepEqual(chosen, { ...start, page: 1, filters: { theme: ["education"], year: ["2016", "2017", "2018"] } });
  assert.deepEqual(between(start, "2016", "2016").filters.year, ["2016"]);
  assert.deepEqual(between(chosen, "", "").filters, { theme: ["education"] });
});
