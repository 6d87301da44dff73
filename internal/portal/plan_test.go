package portal

import (
	"testing"

	"tonghop/internal/portal/client"
)

// plans are the forms of a plan and of its results, asked of the agencies of twoQuarters.
const plans = `
definition: kq
version: "1"
title: Kết quả
calendar: civil
plan: giao
indicators:
  - {code: "1", name: Số lượt người, unit: lượt người, type: int, by: place}
  - {code: 2KH, name: Kinh phí kế hoạch, unit: triệu đồng, type: int, roll: {time: last}}
  - {code: "2", name: Kinh phí, unit: triệu đồng, type: int, plan: 2KH}
  - {code: "3", name: Số lớp, type: int}
sheets:
  - {sheet: Biểu 1, shape: places-down, places: [30/district]}
  - {sheet: Biểu 2, shape: indicators-down}
---
definition: giao
version: "1"
title: Giao kế hoạch
calendar: civil
indicators:
  - {code: "1", name: Số lượt người, unit: lượt người, type: int, by: place}
sheets:
  - {sheet: Biểu 1, shape: places-down, places: [30/district]}
---
request: kq-q1
title: Kết quả quý I
definition: kq
version: "1"
register: tinh
registerVersion: "1"
place: "30"
issuer: {name: Sở Nội vụ}
period: 2021-Q1
due: {date: 2021-03-31, wording: before}
agencies: [a, b]
---
request: giao-2021
title: Kế hoạch năm 2021
definition: giao
version: "1"
register: tinh
registerVersion: "1"
place: "30"
issuer: {name: Sở Nội vụ}
period: "2021"
due: {date: 2021-03-31, wording: before}
agencies: [a, b]
`

// withPlans applies plans, and hands results and plans in.
func (w *world) withPlans() *world {
	w.t.Helper()
	c := w.withQuarters().client("")
	if _, err := c.Apply(w.t.Context(), "documents", "ke-hoach.yaml", []byte(plans)); err != nil {
		w.t.Fatal(err)
	}
	for _, f := range [][3]string{
		{"giao-2021", "a", `{"values": [{"place": "288", "indicator": "1", "value": "400"}, {"place": "290", "indicator": "1", "value": "100"}]}`},
		{"kq-q1", "a", `{"values": [{"place": "288", "indicator": "1", "value": "120"}, {"indicator": "2KH", "value": "10"}, {"indicator": "2", "value": "4"}, {"indicator": "3", "value": "1"}]}`},
		{"kq-q1", "b", `{"values": [{"place": "290", "indicator": "1", "value": "90"}]}`},
	} {
		receipt, err := c.Upload(w.t.Context(), f[0], f[1], client.File{Media: client.MediaJSON, Body: []byte(f[2])}, true, "")
		if err != nil {
			w.t.Fatal(err)
		}
		if _, err := c.Settled(w.t.Context(), receipt.Upload); err != nil {
			w.t.Fatal(err)
		}
	}
	return w
}

// TestPlanOnPages: the page, the flat sheet and the API say what the plan is, how much of it is done,
// and what has none.
func TestPlanOnPages(t *testing.T) {
	w := newWorld(t).withPlans()
	const page = "/so-lieu/kq-q1?against=plan"
	for _, lang := range languages {
		for _, query := range []string{"", "&by=place", "&by=place&indicator=1&top=1&least=true&topBy=index", "&by=both&search=luot"} {
			w.wellMade(withLang(page+query, lang), lang)
		}
	}
	_, b := w.do("GET", page, "", nil)
	mustContain(t, string(b), "So với kế hoạch năm 2021: đã nghe 1/2 báo cáo, TẠM TÍNH.", "<code>2</code>: <code>2KH</code>.", "Không có kế hoạch: <code>3</code>",
		"<span class=\"cap\">kế hoạch, năm 2021</span>", ">500<", "<td>42%</td>", "<td>40%</td>")
	_, b = w.do("GET", page+"&by=place&indicator=1&top=1&topBy=index", "", nil)
	mustContain(t, string(b), "1 tỷ lệ % so với kế hoạch lớn nhất; <code>1</code>: 1/2", ">90</a>", "<td>90%</td>", `value="index" selected`)
	_, b = w.do("GET", page, "", nil, "Cookie", languageCookie+"=en")
	mustContain(t, string(b), "Held against the plan of ", "Without a plan")

	_, b = w.do("GET", "/api/v1/requests/kq-q1/rollup.xlsx?by=&against=plan", "", nil)
	got := sheetTexts(t, b)
	for ref, want := range map[string]string{
		"B3": "Số lượt người (lượt người)", "C3": "Số lượt người, kế hoạch: năm 2021, 1/2 báo cáo, TẠM TÍNH (lượt người)",
		"D3": "Số lượt người, tăng giảm so với kế hoạch (lượt người)", "E3": "Số lượt người, bằng bao nhiêu % kế hoạch (%)", "E4": "42",
		"F3": "Kinh phí kế hoạch (triệu đồng)", "G3": "Kinh phí (triệu đồng)", "H3": "Kinh phí, kế hoạch (chỉ tiêu 2KH) (triệu đồng)", "J4": "40", "K3": "Số lớp",
	} {
		if got[ref] != want {
			t.Errorf("%s: got %q, want %q", ref, got[ref], want)
		}
	}
	// A new plan changes what it is held against: the answer is not the old one.
	res, _ := w.do("GET", "/api/v1/requests/kq-q1/rollup?by=&against=plan", "", nil)
	tag := res.Header.Get("ETag")
	c := w.client("")
	receipt, err := c.Upload(t.Context(), "giao-2021", "b", client.File{Media: client.MediaJSON, Body: []byte(`{"values": [{"place": "290", "indicator": "1", "value": "20"}]}`)}, true, "")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Settled(t.Context(), receipt.Upload); err != nil {
		t.Fatal(err)
	}
	res, b = w.do("GET", "/api/v1/requests/kq-q1/rollup?by=&against=plan", "", nil, "If-None-Match", tag)
	if res.StatusCode != 200 {
		t.Fatalf("status %d", res.StatusCode)
	}
	mustContain(t, string(b), `"value":"520"`)
}
